"""The pages as HTML: escaped, complete, linked both ways, and every link leads somewhere."""

import posixpath
import re
from html.parser import HTMLParser

import msgspec
import pytest

from evenhand.dossier import page as dossier_page
from evenhand.dossier import render, write_pages
from evenhand.model.incident import Answer
from evenhand.model.profile import Profile
from evenhand.model.report import Notice
from tests.dossier import sample

LEDGER = {"ledger/incidents.jsonl", "ledger/readings.jsonl", "ledger/manifest.json"}


def rendered(**changes) -> dict[str, str]:
    records = {"readings": sample.readings(), "incidents": sample.incidents(), "copies": sample.copies(),
               "profile": Profile(), "rules": sample.rules()}  # fmt: skip
    return {page.path: page.text for page in render(**(records | changes))}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return rendered()


@pytest.fixture(scope="module")
def html(pages) -> dict[str, str]:
    return {path: text for path, text in pages.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def incident(pages) -> str:
    return pages["incidents/i1.html"]


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_one_page_an_incident_a_report_and_a_pair(html):
    first, second, third = (reading.report.id for reading in sample.readings())
    assert set(html) == {
        "index.html", "incidents.html", "places.html", "reports.html", "method.html", "incidents/i1.html",
        f"reports/{first}.html", f"reports/{second}.html", f"reports/{third}.html", f"copies/{first}-{third}.html",
    }  # fmt: skip


def test_nothing_of_a_report_becomes_markup(html):
    for path, page in html.items():
        elements = Elements(page).found
        assert not {"script", "img", "i", "iframe"} & {tag for tag, _ in elements} - (
            {"i"} if "reports/" in path else set()
        )
        assert not [name for _, attrs in elements for name in attrs if name.startswith("on")], path
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in html.values())


def test_characters_that_steer_direction_are_shown_not_obeyed(html):
    assert not [path for path, page in html.items() if "\u202e" in page or "\x07" in page]
    assert any("U+202E" in page and "U+0007" in page for page in html.values())


def assert_links_lead_somewhere(pages: dict[str, str]) -> None:
    ids = {}
    links = []
    for path, page in pages.items():
        elements = Elements(page).found if path.endswith(".html") else []
        own = [attrs["id"] for _, attrs in elements if "id" in attrs]
        assert len(own) == len(set(own)), f"an id may stand once only: {path}"
        ids[path] = set(own)
        links += [(path, attrs["href"]) for _, attrs in elements if "href" in attrs]
    assert links
    for path, link in links:
        target, _, anchor = link.partition("#")
        assert not re.match(r"[a-z]+:|/", link), f"{path}: {link} leaves the folder"
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        if found in LEDGER or re.fullmatch(r"originals/[0-9a-f]{64}", found):
            continue
        assert found in pages, f"{path}: {link}"
        assert not anchor or anchor in ids[found], f"{path}: {link}"


def test_every_link_leads_somewhere(pages):
    assert_links_lead_somewhere(pages)


def test_every_page_forbids_scripts_and_requests(html):
    for page in html.values():
        assert "default-src 'none'" in page


def test_claim_and_words_are_linked_both_ways(pages):
    page = pages[f"reports/{sample.readings()[0].report.id}.html"]
    assert 'href="#e-c1"' in page, "from the words to the entry"
    assert 'href="#w-c1"' in page, "from the entry to the words"
    assert 'id="w-c1"' in page


def test_an_incident_shows_grade_reasons_and_what_would_change_it(incident):
    for words in ("one side only", "only interested origins", "an origin without an interest", "14 or more", "weak",
                  "Halden Army Command", "rule R2</a>: denied", "shared text 0.93", "no equivalence"):  # fmt: skip
        assert words in incident


def test_rules_meanings_and_mapping_stand_in_every_dossier(pages):
    page = pages["method.html"]
    for words in ('id="rule-O1"', "A party admits what harms it.", "It takes the admission back.", "not an equivalence",
                  "interested origins only", 'id="grade-party_only"'):  # fmt: skip
        assert words in page


def test_what_could_not_be_read_is_listed_with_reason_and_cure(pages):
    assert "language xx &lt;b&gt;not&lt;/b&gt; supported" in pages["index.html"]
    assert "translate it" in pages["index.html"]


def test_verdict_words_are_never_used_by_the_pages_themselves(html):
    for page in html.values():
        assert not re.search(r"\b(true|false|fake|guilty)\b", re.sub(r"<[^>]+>", " ", page), re.I)


def test_the_same_records_give_the_same_bytes(pages):
    assert rendered() == pages


def test_a_case_without_incidents_or_reports_still_makes_pages():
    empty = rendered(readings=[], incidents=[], copies=[])
    assert "No report tells of an event" in empty["index.html"]
    assert "No report tells of an event" in empty["incidents.html"]


def test_an_old_id_leads_to_the_incident(pages):
    renamed = [msgspec.structs.replace(sample.incidents()[0], aliases=("i0", "i1"))]
    found = rendered(incidents=renamed)
    assert set(found) - set(pages) == {"incidents/i0.html"}
    assert 'href="../incidents/i1.html"' in found["incidents/i0.html"]


def test_a_long_list_goes_on_over_pages(monkeypatch):
    monkeypatch.setattr(dossier_page, "ROWS", 40)
    first = sample.incidents()[0]
    contested = msgspec.structs.replace(first.questions, occurrence=Answer(grade="contested"))
    many = [
        msgspec.structs.replace(first, id=f"i{n}", questions=contested if n < 50 else first.questions)
        for n in range(90)
    ]
    found = rendered(incidents=many)
    lists = sorted(path for path in found if path.startswith("incidents") and "/" not in path)
    assert lists == ["incidents-2.html", "incidents-3.html", "incidents.html"]
    assert sum(found[path].count('<tr><th scope="row">') for path in lists) == 90
    assert found["index.html"].count('<tr><th scope="row">') < 70, "the first page stays short"
    assert 'href="incidents.html#g-contested"' in found["index.html"]
    assert 'href="incidents-2.html#g-party_only"' in found["index.html"]
    assert 'id="g-party_only"' in found["incidents-2.html"]
    assert_links_lead_somewhere(found)


def test_pages_of_an_earlier_run_are_removed_and_nothing_else(tmp_path):
    records = {"readings": sample.readings(), "copies": sample.copies(), "profile": Profile(), "rules": sample.rules()}
    old = write_pages(tmp_path, incidents=sample.incidents(), **records)
    (tmp_path / "incidents" / "notes.txt").write_text("mine")
    new = write_pages(tmp_path, incidents=[], **records)
    assert tmp_path / "incidents" / "i1.html" in set(old) - set(new)
    assert not (tmp_path / "incidents" / "i1.html").exists()
    assert (tmp_path / "incidents" / "notes.txt").exists()
    assert all(path.exists() for path in new)


def test_in_a_case_folder_the_originals_lie_beside_the_dossier(tmp_path):
    (tmp_path / "originals").mkdir()
    records = {"readings": sample.readings(), "copies": [], "profile": Profile(), "rules": sample.rules()}
    for out, link in ((tmp_path / "dossier", "../../originals/"), (tmp_path, "../originals/")):
        pages = write_pages(out, incidents=[], **records)
        report = next(path for path in pages if path.parent.name == "reports")
        assert f'href="{link}' in report.read_text("utf-8")


def test_what_to_know_of_a_report_stands_above_its_text_and_asides_are_marked():
    first, *others = sample.readings()
    notices = (
        Notice(kind="aside", what="a date line run into its headline", span=(0, 7)),
        Notice(kind="corrects", what="it replaces a.txt"),
    )
    told = msgspec.structs.replace(first, report=msgspec.structs.replace(first.report, notices=notices))
    page = rendered(readings=[told, *others])[f"reports/{first.report.id}.html"]
    assert "<b>corrects:</b> it replaces a.txt" in page
    assert '<span class="aside">KESTREL</span>' in page
