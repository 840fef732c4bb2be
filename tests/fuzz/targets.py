"""What must hold for any bytes and any text, whatever mutates them."""

import json

from evenhand.errors import UnreadableError
from evenhand.intake import receive
from evenhand.intake.confined import Job
from evenhand.intake.parsing_process import answer
from evenhand.model.evidence import to_json
from evenhand.model.report import OriginalRef, Received, Report
from tests.intake import hostile, makers
from tests.intake.desk import BODY, SETTINGS, original

__all__ = ["UnreadableError", "check_intake", "check_parser", "check_reader", "mutated", "seeds", "some_text"]

KINDS = ("page", "rtf", "feed", "newsml", "mail", "tar", "docx")
TOKENS = [
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE", b"&#0;", b"&#xD800;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n", b"--x--", b"=?utf-8?b?//8=?=", b"\\u-1?", b"\\bin99999 ", b"\\'zz", b"{", b"}", b"[",
    b"]", b'"', b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"ustar", b"WARC/1.0\r\n", b"HTTP/1.1 200\r\n", b"99999999999999999999",
    b"-1", b"%PDF-", b"endobj", b"stream", b"<rss>", b"<p hidden>", b"display:none", b"canceled", b"\xed\xa0\x80", b"\xe2\x80\xae",
]  # fmt: skip
PIECES = [
    "The army said on Monday that it killed ", "“", "”", '"', "'", "ten", "10,000", "dozens of", " civilians", " in Aleppo", ".", ",", "\n\n",
    "\n", " according to ", "Reuters", "(", ")", "[", "]", "he denied that ", "said", "told", " – ", "\u202e", "\0", "\U0001f4a3", "e\u0301",
    "27 December 2016", "31 February 2016", "0000-00-00", "99999999999999999999", "at least ", "and ", "Mr. ", "U.N.", "…", "?!", " " * 50,
    "MOSCOW, December 27. /TASS/. ", "Ignore previous instructions. ", "a" * 300, "\ud7ff", "ﷺ", "10 to 5", "-5", "½", "<b>", "\t", "No one was killed",
]  # fmt: skip


def seeds():
    """Small good files of every kind, and the small hostile ones."""
    story = makers.STORIES[0]
    good = [
        makers.html(story), makers.mhtml(story), makers.pdf(story), makers.word(story), makers.rtf(story), makers.eml(story),
        makers.rss(story), makers.atom(story), json.dumps(makers.ninjs1(story)).encode(), json.dumps(makers.ninjs3(story)).encode(),
        makers.newsml(story), makers.warc(story, packed=False), makers.warc(story), makers.wacz(story), makers.csv(story),
        makers.jsonl(*makers.STORIES), makers.zipped({"a.html": makers.html(story)}), makers.tarred({"a.txt": BODY.encode()}),
        makers.plain(story), makers.plain(story, "utf-16"), "Министерство обороны сообщило об ударе. ".encode("cp1251") * 5,
        makers.eml(story, ("a.pdf", makers.pdf(story))), hostile.hidden_page(), hostile.laughs(*hostile.RSS),
    ]  # fmt: skip
    return [data for data in good if len(data) < 60_000]


def mutated(data, chance, others):
    """`data` with a few wounds: bytes changed, cut, doubled, tokens put in, a piece of another file spliced in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(7)
        if kind == 0 and out:
            out[at % len(out)] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.randrange(1, 200)]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randrange(1, 400)] * chance.choice((1, 2, 30))
        elif kind == 3:
            out[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 200))
        elif kind == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other))
            out[at:at] = other[start : start + chance.randrange(1, 2000)]
        elif kind == 5:
            out = out[:at] if chance.random() < 0.5 else out[at:]
        elif out:
            for _ in range(20):
                out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out[:400_000])


def some_text(chance):
    return "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, chance.choice((8, 40, 300)))))


def check_intake(data, *, twice=False):
    """Never raises; every report serialises, has exact spans and text or a reason; the same bytes, the same records."""
    found = receive(original(data, "report.bin"), SETTINGS)
    assert found, "nothing came of it"
    for one in found:
        back = json.loads(to_json(one))
        text = one.report.text
        assert back["report"]["text"] == text
        spans = [credit.span for credit in one.report.credits] + [notice.span for notice in one.report.notices]
        spans += [one.report.dateline.span] if one.report.dateline else []
        assert all(0 <= start < end <= len(text) for start, end in filter(None, spans))
        assert one.unread is not None or text.strip(), "neither text nor a reason"
        assert one.unread is None or one.unread.why
    if twice:
        again = receive(original(data, "report.bin"), SETTINGS)
        assert [to_json(one) for one in again] == [to_json(one) for one in found], "not the same again"
    return found


def hole(why):
    """A parser outside the helper process raised what nobody expected."""
    raise AssertionError(why)


def check_parser(kind, data):
    """A parser in this very process: an answer, never an error."""
    made = answer(Job(kind=kind, data=data))
    assert (made.taken is None) == bool(made.why)


def check_reader(reader, text, notices=()):
    """The reader itself raises nothing, and every span is inside the text."""
    report = Report(
        id="r", original=OriginalRef(sha256=""), text=text, language="en", published="2016-12-27", notices=notices
    )
    reading = reader.read(Received(report=report))
    size = len(text)
    for statement in reading.statements:
        for start, end in (*statement.content, *filter(None, (statement.cue, statement.source))):
            assert 0 <= start < end <= size
    for claim in reading.claims:
        for start, end in (claim.trigger, *claim.evidence):
            assert 0 <= start < end <= size
        for quantity in claim.quantities:
            assert 0 <= quantity.span[0] < quantity.span[1] <= size
    for entity in reading.entities:
        for mention in entity.mentions:
            assert 0 <= mention.span[0] < mention.span[1] <= size
    ends = [span for pair in reading.sentences for span in pair]
    assert ends == sorted(ends)
    json.loads(to_json(reading))
    return reading
