"""A redacted export from end to end: no name, part of one or detail is left in any member, however it is packed."""

import html
import io
import json
import posixpath
import re
import zipfile
from urllib.parse import unquote

import msgspec
import pytest
from click.testing import CliRunner

from evenhand.cli import cli
from evenhand.custody import open_case, verify
from evenhand.errors import ExportError
from evenhand.redacting import Person, Redactor
from evenhand.reviewing import Anchor, Decision
from evenhand.withholding import refuse_leaks

REPORTS = {
    "2024-03-04-Halima-Qassem-interview.txt":
        "ORLIN, March 4, 2024 (Reuters) - “Shells fell on our street in Orlin and killed my son Yusuf, 9, and two neighbours,” "
        "said Halima Qassem, a resident. QASSEM, reached at +963 944 123 456 or halima.qassem@mail.example, lives at "
        "Zahra Street 12. Halima’s house burned. The army said five people were killed in Orlin on Monday.",
    "plain.txt":
        "ORLIN, March 5, 2024 (AP) - Five people were killed when shells hit Orlin on Monday, the army said. "
        "Maria Zakharova, spokeswoman of the Russian Foreign Ministry, denied it.",
    "page.html":
        "<html><head><title>Halima Qa&#115;sem speaks</title></head><body><article><p>Halima Qassem told us on Tuesday that "
        "shells killed five people in Orlin on Monday, and that she had counted the dead herself in the street.</p><p>Her "
        "son Yusuf was among them, she said, and the whole quarter had heard the guns for an hour before.</p></article></body></html>",
}  # fmt: skip
PERSONS = """
[[persons]]
name = "Halima Qassem"
kind = "witness"
also = ["H. Kassim"]
details = ["Zahra Street 12"]

[[persons]]
name = "Yusuf Qassem"
kind = "minor"
"""
SEARCHED = [
    "Halima Qassem",
    "Halima",
    "Qassem",
    "Yusuf",
    "Zahra Street",
    "963 944",
    "944123456",
    "halima.qassem",
    "mail.example",
    "Kassim",
]


def run(*words):
    return CliRunner().invoke(cli, [str(word) for word in words], standalone_mode=False)


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("witness")
    reports = folder / "reports of Halima Qassem"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text, "utf-8")
    (reports / "meta.csv").write_text("file,url,outlet\nplain.txt,https://ap.example/plain,ap\n"
                                      "page.html,https://x.example/halima-qassem,\n")  # fmt: skip
    run("init", folder / "case", "--title", "The case of Halima Qassem", "--by", "Omar Analyst")
    run("add", folder / "case", reports, "--by", "Omar Analyst")
    decision = Decision(
        id="d1", who="Omar Analyst", at="2024-03-06T10:00:00Z", action="reject", why="Mrs Qassem says not",
        target=Anchor(kind="claim", item="c9", report="0" * 16, spans=((3, 9),), words=("Qassem",)),
    )  # fmt: skip
    open_case(folder / "case").log.append("decision", msgspec.to_builtins(decision), who="Omar Analyst")
    assert run("assess", folder / "case", "--jobs", 1, "--by", "Lena Editor").return_value == 0
    (folder / "persons.toml").write_text(PERSONS)
    result = run(
        "export",
        folder / "case",
        "--redact",
        folder / "persons.toml",
        "--to",
        "Yusuf Qassem",
        "-o",
        folder / "public.zip",
    )
    assert result.exception is None, result.exception
    return folder


def texts(data, name=""):
    """Every text in a file, packed or escaped."""
    yield name
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from texts(archive.read(member), member)
        return
    text = data.decode("utf-8", "replace")
    yield text
    yield html.unescape(text)
    yield unquote(text)
    yield re.sub(r"<[^>]*>", "", html.unescape(text))
    yield text.encode().decode("unicode_escape", "replace")


@pytest.mark.parametrize("words", [*SEARCHED, "Omar Analyst", "Lena Editor"])
def test_nothing_is_left_in_any_member(case, words):
    plain = words.casefold()
    for text in texts((case / "public.zip").read_bytes()):
        folded = text.casefold()
        assert plain not in folded, folded[max(0, folded.find(plain) - 80) :][:200]
        assert plain.replace(" ", "") not in re.sub(r"[\s\-_]", "", folded)


def test_what_may_be_named_is_still_there(case):
    text = "\n".join(texts((case / "public.zip").read_bytes()))
    assert "Maria Zakharova" in text
    assert "Witness 1" in text
    assert "Minor 2" in text
    assert "five people were killed" in text.casefold()


def test_hashes_and_addresses_that_could_be_tried_are_withheld(case):
    items = open_case(case / "case").items()
    text = "\n".join(texts((case / "public.zip").read_bytes()))
    named = [item.sha256 for item in items if item.file != "plain.txt"]
    assert [sha256 for sha256 in named if sha256 in text] == []
    assert next(item.sha256 for item in items if item.file == "plain.txt") in text
    assert "https://ap.example/plain" in text
    assert "x.example" not in text
    readings = [json.loads(line) for line in (case / "case/dossier/ledger/readings.jsonl").read_text().splitlines()]
    shown = [r["report"]["id"] for r in readings if r["report"]["id"] in text]
    assert len(shown) == 1


def test_the_words_still_stand_where_the_records_say(case):
    with zipfile.ZipFile(case / "public.zip") as archive:
        collection = json.loads(archive.read("exports/annotations/annotations.jsonld"))
        readings = [json.loads(line) for line in archive.read("dossier/ledger/readings.jsonl").splitlines()]
    texts_of = {f"urn:sha256:{r['report']['text_sha256']}": r["report"]["text"] for r in readings}
    assert collection["total"] > 3
    for item in collection["first"]["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            position, quote = target["selector"]
            assert texts_of[target["source"]["id"]][position["start"] : position["end"]] == quote["exact"]


def test_every_link_of_a_page_leads_to_a_member(case):
    with zipfile.ZipFile(case / "public.zip") as archive:
        names = set(archive.namelist())
        pages = [name for name in names if name.endswith(".html")]
        assert len(pages) > 5
        for page in pages:
            for target in re.findall(r'(?:href|src)="([^"#:?]+)', archive.read(page).decode()):
                assert posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) in names, (page, target)


def test_it_is_whole_and_its_log_is_the_one_of_the_case(case):
    result = verify(case / "public.zip")
    assert (result.whole, result.kind, result.originals) == (True, "redacted bundle", 0)
    entries = open_case(case / "case").log.entries()
    with zipfile.ZipFile(case / "public.zip") as archive:
        shown = [json.loads(line) for line in archive.read("log-redacted.jsonl").splitlines()]
    assert [one["hash"] for one in shown] == [entry.hash for entry in entries[: len(shown)]]
    assert "salt" not in shown[0]
    assert {one["who"] for one in shown} == {"Analyst 1", "Analyst 2"}
    assert entries[-1].payload["as"] == "redacted"


def test_a_redacted_bundle_that_was_changed_is_found_and_never_taken_in(case, tmp_path):
    out = tmp_path / "changed.zip"
    with zipfile.ZipFile(case / "public.zip") as archive, zipfile.ZipFile(out, "w") as changed:
        for member in archive.namelist():
            data = archive.read(member)
            if member == "log-redacted.jsonl":
                data = b"".join(data.splitlines(keepends=True)[:2] + data.splitlines(keepends=True)[3:])
            changed.writestr(member, data)
    assert {("altered", "log-redacted.jsonl"), ("altered", "log entry 4")} <= {
        (f.kind, f.item) for f in verify(out).findings
    }
    assert "no originals" in str(run("import", case / "public.zip", tmp_path / "in").exception)


def test_the_key_stays_here_and_names_stay_the_same(case, tmp_path):
    key = case / "case" / ".evenhand" / "redaction.json"
    assert key.stat().st_mode & 0o077 == 0
    assert json.loads(key.read_text())["persons"] == {"Halima Qassem": "Witness 1", "Yusuf Qassem": "Minor 2"}
    secret = json.loads(key.read_text())["secret"]
    assert all(secret not in text for text in texts((case / "public.zip").read_bytes()))
    run("export", case / "case", "-o", tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as archive:
        assert not any("redaction" in name for name in archive.namelist())
    again = run(
        "export", case / "case", "--redact", "Yusuf Qassem", "--redact", "Halima Qassem", "-o", tmp_path / "again.zip"
    )
    assert "Halima Qassem: Witness 1" in again.stderr


@pytest.mark.parametrize(
    "form", ["csv", "xlsx", "geojson", "ftm", "prov", "plover", "annotations", "ucdp", "acled", "bagit"]
)
def test_every_format_can_be_redacted(case, tmp_path, form):
    result = run("export", case / "case", "--as", form, "--redact", case / "persons.toml", "-o", tmp_path / "out.zip")
    assert result.exception is None, result.exception
    for text in texts((tmp_path / "out.zip").read_bytes()):
        assert "qassem" not in text.casefold()
        assert "halima" not in text.casefold()


def test_persons_are_suggested_as_a_file_that_can_be_given(case, tmp_path):
    result = run("persons", case / "case")
    assert "Halima Qassem" in result.stdout
    assert "Zakharova" not in result.stdout
    (tmp_path / "p.toml").write_text(result.stdout)
    assert run("export", case / "case", "--redact", tmp_path / "p.toml", "-o", tmp_path / "x.zip").exception is None


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b"by Halima"), ("halima.txt", b"x"), ("a.html", b"Hali<b>ma</b>"), ("a.html", b"&#72;alima"), ("a.json", b'"\\u0048alima"'),
     ("a.txt", b"x=%48alima"), ("a.txt", b"mail a@b.example")],
    ids=["plain", "file name", "tags", "entity", "json", "percent", "e-mail"],
)  # fmt: skip
def test_what_is_left_stops_the_export(name, data):
    redactor = Redactor([Person(name="Halima Qassem")], {"Halima Qassem": "Person 1"})
    with pytest.raises(ExportError, match="nothing was written"):
        refuse_leaks({name: data}, redactor)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, data)
    with pytest.raises(ExportError, match="nothing was written"):
        refuse_leaks({"x.xlsx": packed.getvalue()}, redactor)


def test_escapes_and_cut_quotations_are_no_names():
    redactor = Redactor([Person(name="Islam Tal")], {"Islam Tal": "Person 1"})
    refuse_leaks({"x.jsonl": b'{"text":"one\\tAl said"}'}, redactor)
    context = b'{"exact": "said Islam Varga", "suffix": "said Islam", "prefix": "\\"Islam"}'
    refuse_leaks({"annotations/annotations.jsonld": context}, redactor)
    with pytest.raises(ExportError):
        refuse_leaks({"annotations/annotations.jsonld": b'{"exact": "said Islam"}'}, redactor)


def test_a_dossier_without_a_case_cannot_be_redacted(case, tmp_path):
    result = run("export", case / "case" / "dossier", "--as", "csv", "--redact", "X Y", "-o", tmp_path / "x")
    assert "not a case folder" in str(result.exception)
