"""Three invented reports, and makers of files that hold them in every format, shaped as those formats are met."""

import email.message
import email.policy
import gzip
import io
import json
import tarfile
import zipfile
from dataclasses import dataclass
from html import escape

import docx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True)
class Story:
    title: str
    paragraphs: tuple[str, ...]
    day: str
    outlet: str
    host: str
    site: str

    @property
    def text(self):
        return "\n".join(self.paragraphs)

    @property
    def url(self):
        return f"https://{self.host}/world/{self.day[:4]}/story"


STORIES = (
    Story(
        "Ten killed in shelling of Ansvel, monitors say",
        (
            "At least ten people, three of them children, were killed on Monday when shells hit the market of Ansvel, a "
            "group of monitors said, as the fighting in the north of the country went into its fifth day.",
            "The army did not comment on the report, which “could not be checked”, but a spokesman said that it would look "
            "into the matter & answer later — or not.",
            "A doctor at the town's hospital told reporters that “we have no blood left”.",
        ),
        "2016-12-27", "reuters", "www.reuters.com", "Reuters",
    ),
    Story(
        "Ministry denies strike on Drevash hospital",
        (
            "The Defence Ministry on Wednesday denied that its aircraft had struck a hospital in Drevash, and said that "
            "no sorties were flown over the city between 4 and 6 o'clock.",
            "Minister Ilko Varrin said the reports were “an invention of the other side's press”, without giving proof.",
            "Residents said they had pulled 14 bodies from under the rubble by nightfall.",
        ),
        "2017-03-15", "tass", "tass.com", "TASS",
    ),
    Story(
        "Aid convoy reaches Brenoth after three weeks of siege",
        (
            "Forty lorries with flour and medicine reached the besieged town of Brenoth on Friday, the first aid in three "
            "weeks, according to the harbour authority and two drivers.",
            "“People wept when they saw the first lorry,” said Amra Deslin, a teacher who had stayed in the town.",
            "The besieging forces searched every lorry and took out the surgical kits, the drivers said.",
        ),
        "2018-02-09", "varda_post", "vardapost.example", "Varda Post",
    ),
)  # fmt: skip


def html(story):
    body = "".join(f"<p>{escape(words)}</p>" for words in story.paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)} | {story.site}</title>'
        f'<link rel="canonical" href="{story.url}"><meta property="og:site_name" content="{story.site}">'
        f'<meta property="og:title" content="{escape(story.title)}">'
        f'<meta property="article:published_time" content="{story.day}T10:00:00Z"></head>'
        f'<body><nav><a href="/">Home</a></nav><article><h1>{escape(story.title)}</h1>{body}</article></body></html>'
    ).encode()


def mhtml(story):
    page = email.message.EmailMessage(policy=email.policy.SMTP)
    page["From"] = "<Saved by Blink>"
    page["Snapshot-Content-Location"] = story.url
    page["Subject"] = story.title
    page["Date"] = "Tue, 3 Mar 2020 10:00:00 -0000"
    page["MIME-Version"] = "1.0"
    page.set_content(html(story).decode(), subtype="html", cte="quoted-printable")
    page.make_related()
    next(page.iter_parts())["Content-Location"] = story.url
    page.add_related(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png")
    return page.as_bytes()


def pdf(story, *, layer=True, lines_of=80):
    """A page of Helvetica as a ministry's office suite lays it out: a bold title, wrapped lines, gaps between paragraphs."""
    commands, height = [], 780
    for size, words in ((16, story.title), *((11, words) for words in story.paragraphs)):
        line, wrapped = "", []
        for word in words.split():
            if len(line) + len(word) > lines_of:
                wrapped.append(line.strip())
                line = ""
            line += word + " "
        for one in (*wrapped, line.strip()):
            shown = one.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            commands.append(b"BT /F1 %d Tf 60 %d Td (%s) Tj ET" % (size, height, shown))
            height -= size + 3
        height -= 12
    stream = b"\n".join(commands) if layer else b"0 0 m 100 100 l S"
    made = f"D:{story.day.replace('-', '')}120000Z"
    title = b"<FEFF" + story.title.encode("utf-16-be").hex().encode() + b">"
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Title " + title + b" /Author (Press office) /CreationDate (" + made.encode() + b") >>",
        ]
    )


def pdf_of(objects, info=6):
    out, places = io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    end = b" /Info %d 0 R" % info if info else b""
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, end, start))
    return out.getvalue()


def word(story):
    document = docx.Document()
    document.core_properties.title = story.title
    document.core_properties.author = "Press office"
    document.core_properties.created = __import__("datetime").datetime.fromisoformat(story.day + "T09:00:00+00:00")
    document.add_heading(story.title, level=1)
    for words in story.paragraphs:
        document.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(story):
    def escaped(words):
        return "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in words.replace("\\", "\\\\"))

    year, month, day = story.day.split("-")
    made = f"{{\\creatim\\yr{year}\\mo{int(month)}\\dy{int(day)}\\hr9\\min5}}"
    head = f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}{{\\info{{\\title {escaped(story.title)}}}{made}}}"
    lines = [f"{{\\b {escaped(story.title)}}}\\par\n", *(f"{escaped(words)}\\par\n" for words in story.paragraphs)]
    return (head + "\\pard\\f0\\fs22 " + "".join(lines) + "}").encode("ascii")


def eml(story, *attached):
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["Received"] = "from mx.example by mail.example; Mon, 1 Jan 2024 00:00:00 +0000"
    mail["From"] = f"{story.site} Newsroom <alerts@{story.host.removeprefix('www.')}>"
    mail["To"] = "desk@example.org"
    mail["Subject"] = story.title
    mail["Date"] = __import__("datetime").datetime.fromisoformat(story.day + "T23:30:00+03:00")
    mail["Message-ID"] = f"<{story.day}@{story.host}>"
    mail.set_content("\n\n".join(story.paragraphs))
    mail.add_alternative(html(story).decode(), subtype="html")
    for name, data in attached:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def rss(*stories):
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{s.url}</link><guid isPermaLink='false'>id-{s.day}</guid>"
        f"<pubDate>{_rfc822(s.day)}</pubDate><source url='https://{s.host}/feed'>{s.site}</source>"
        f"<description><![CDATA[{''.join(f'<p>{escape(words)}</p>' for words in s.paragraphs)}]]></description></item>"
        for s in stories
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>World desk</title>'
        f"<link>https://aggregator.example/</link><description>News</description><language>en-gb</language>{items}</channel></rss>"
    ).encode()


def atom(*stories):
    entries = "".join(
        f"<entry><title>{escape(s.title)}</title><link href='{s.url}'/><id>urn:{s.day}</id>"
        f"<published>{s.day}T23:30:00+03:00</published><updated>{s.day}T23:40:00+03:00</updated>"
        f"<content type='html'>{escape(''.join(f'<p>{escape(words)}</p>' for words in s.paragraphs))}</content></entry>"
        for s in stories
    )
    head = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>World</title><id>urn:x</id>'
    return f"{head}<updated>2020-01-01T00:00:00Z</updated>{entries}</feed>".encode()


def ninjs1(story, **more):
    return {
        "uri": f"http://{story.host}/item/{story.day}", "type": "text", "profile": "text", "version": "1",
        "versioncreated": f"{story.day}T10:00:00+00:00", "pubstatus": "usable", "urgency": 3, "language": "en",
        "headline": story.title, "byline": "A. Reporter", "located": "Ansvel", "copyrightholder": story.site,
        "body_text": story.text, **more,
    }  # fmt: skip


def ninjs3(story, **more):
    return {
        "uri": f"urn:newsml:{story.host}:{story.day}", "standard": {"name": "ninjs", "version": "3.1"}, "type": "text",
        "versionCreated": f"{story.day}T10:00:00+00:00", "firstCreated": "2001-01-01T00:00:00Z", "pubStatus": "usable",
        "language": "en-GB", "headlines": [{"role": "short", "value": "Short"}, {"role": "main", "value": story.title}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": "".join(f"<p>{escape(w)}</p>" for w in story.paragraphs)}],
        "infoSources": [{"name": story.site, "role": "publisher"}, {"name": "Interfax", "role": "source"}],
        "located": "Ansvel", **more,
    }  # fmt: skip


def newsml(story, status="usable", note=""):
    body = "".join(f"<p>{escape(words)}</p>" for words in story.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:{story.host}:{story.day}" version="2"
 standard="NewsML-G2" standardversion="2.29" xml:lang="en">
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_37.xml"/>
<rightsInfo><copyrightHolder literal="{story.site}"/></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal="{story.site}"><name>{story.site}</name></provider>
<versionCreated>{story.day}T12:00:00+00:00</versionCreated><pubStatus qcode="stat:{status}"/>
{f"<edNote>{note}</edNote>" if note else ""}</itemMeta>
<contentMeta><contentCreated>{story.day}T11:00:00+00:00</contentCreated><located qcode="city:1"><name>Ansvel</name></located>
<by>By A. Reporter</by><creditline>Interfax</creditline><language tag="en"/><headline>{escape(story.title)}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head>
<hedline><hl1>{escape(story.title)}</hl1></hedline></body.head><body.content>{body}</body.content></body></nitf></inlineXML>
</contentSet></newsItem>""".encode()


def warc(*stories, packed=True, media="text/html; charset=utf-8", make=html):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "a test"}))
    for story in stories:
        for url, kind, body in ((story.url, media, make(story)), (story.url + "/a.png", "image/png", b"\x89PNG")):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), length=len(body),
                                                          http_headers=headers))  # fmt: skip
    return out.getvalue()


def wacz(*stories, spoil=False):
    inner = warc(*stories)
    digest = __import__("hashlib").sha256(inner + (b"x" if spoil else b"")).hexdigest()
    table = {
        "profile": "data-package", "wacz_version": "1.1.1",
        "resources": [{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": f"sha256:{digest}", "bytes": len(inner)}],
    }  # fmt: skip
    return zipped(
        {"archive/data.warc.gz": inner, "datapackage.json": json.dumps(table).encode(), "pages/pages.jsonl": b"{}\n"}
    )


def csv(*stories):
    def cell(words):
        return '"' + words.replace('"', '""') + '"'

    rows = [[str(n), s.title, s.text, s.site, s.url, s.day] for n, s in enumerate(stories, 1)]
    return "\r\n".join(["id,headline,body,source,link,date", *(",".join(map(cell, row)) for row in rows)]).encode()


def jsonl(*stories):
    rows = ({"title": s.title, "text": s.text, "publisher": s.site, "url": s.url, "date": s.day} for s in stories)
    return "\n".join(map(json.dumps, rows)).encode()


def zipped(files, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def plain(story, encoding="utf-8"):
    head = f"{story.title}\n\nAnsvel, {_day_month(story.day)} ({story.site}) - "
    return (head + "\n\n".join(story.paragraphs)).encode(encoding)


def gz(data):
    return gzip.compress(data, mtime=0)


def _rfc822(day):
    moment = __import__("datetime").datetime.fromisoformat(day + "T23:30:00+03:00")
    return moment.strftime("%a, %d %b %Y %H:%M:%S +0300")


def _day_month(day):
    return __import__("datetime").date.fromisoformat(day).strftime("%b %d, %Y")
