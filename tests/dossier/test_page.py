"""The page as HTML: escaped, complete, linked both ways."""

import re
from html.parser import HTMLParser

import pytest

from evenhand.dossier import render_page
from evenhand.model.profile import Profile
from tests.dossier import sample


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(
        readings=sample.readings(), incidents=sample.incidents(), copies=sample.copies(), profile=Profile(),
        rules=sample.rules(),
    )  # fmt: skip


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_nothing_of_a_report_becomes_markup(page):
    tags = {tag for tag, _ in Elements(page).found}
    assert "script" not in tags
    assert "img" not in tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not [name for _, attrs in Elements(page).found for name in attrs if name.startswith("on")]


def test_characters_that_steer_direction_are_shown_not_obeyed(page):
    assert "\u202e" not in page
    assert "U+202E" in page
    assert "U+0007" in page


def test_every_link_within_the_page_leads_somewhere(page):
    elements = Elements(page).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids)), "an id may stand once only"
    links = {attrs["href"][1:] for _, attrs in elements if attrs.get("href", "").startswith("#")}
    assert links
    assert links <= set(ids)


def test_links_leave_the_page_only_for_the_ledger_and_the_originals(page):
    links = {attrs["href"] for _, attrs in Elements(page).found if "href" in attrs}
    assert all(re.match(r"#|ledger/[a-z]+\.jsonl?$|originals/[0-9a-f]{64}$", link) for link in links)
    assert "http-equiv" in page
    assert "default-src 'none'" in page


def test_claim_and_words_are_linked_both_ways(page):
    report = sample.readings()[0].report.id
    assert f'href="#e-{report}-c1"' in page, "from the words to the entry"
    assert f'href="#w-{report}-c1"' in page, "from the entry to the words"
    assert f'id="w-{report}-c1"' in page


def test_an_incident_shows_grade_reasons_and_what_would_change_it(page):
    for words in ("one side only", "rule O5: only interested origins", "an origin without an interest", "14 or more",
                  "Halden Army Command", "rule R2: denied", "shared text 0.93"):  # fmt: skip
        assert words in page


def test_what_could_not_be_read_is_listed_with_reason_and_cure(page):
    assert "language xx &lt;b&gt;not&lt;/b&gt; supported" in page
    assert "translate it" in page


def test_verdict_words_are_never_used_by_the_page_itself(page):
    ours = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert not re.search(r"\b(true|false|fake|guilty)\b", re.sub(r"<[^>]+>", " ", ours), re.I)


def test_the_same_records_give_the_same_bytes(page):
    again = render_page(
        readings=sample.readings(), incidents=sample.incidents(), copies=sample.copies(), profile=Profile(),
        rules=sample.rules(),
    )  # fmt: skip
    assert again == page


def test_a_case_without_incidents_or_reports_still_makes_a_page():
    empty = render_page(readings=[], incidents=[], copies=[], profile=Profile(), rules=sample.rules())
    assert "No report tells of an event" in empty
