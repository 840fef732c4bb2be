"""One payload in every field that anybody outside could have written: nothing of it becomes markup, on any page."""

import shutil
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from evenhand.dossier import render, write_pages
from evenhand.model.incident import CopyPair, Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.model.report import Notice
from tests.dossier import sample

PAYLOAD = (
    "\"'></title></style></svg><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7 * 7 }}&lt;b&gt;\u202e\x07"
)
# Fields that hold words of reports, of people, or of records made elsewhere. Ids, dates and codes come from ourselves.
WORDS = {
    "title", "file", "url", "outlet", "external_id", "locator", "agency", "place", "name", "role", "speaker_name",
    "speaker_org", "word", "neutral", "about", "why", "cure", "what", "of", "value", "origin", "would_change", "chain",
    "reasons", "for", "against", "origins",
}  # fmt: skip


def poisoned(node: Any, field: str = "") -> Any:
    """The record with the payload behind every word field; names stay apart, so that they still match."""
    if isinstance(node, dict):
        if field == "labels" and all(isinstance(users, list) for users in node.values()):
            return {f"{word}{PAYLOAD}": [user + PAYLOAD for user in users] for word, users in node.items()}
        return {key: poisoned(value, key) for key, value in node.items()}
    if isinstance(node, list):
        return [poisoned(value, field) for value in node]
    return node + PAYLOAD if isinstance(node, str) and field in WORDS else node


def through(record: Any, kind: type) -> Any:
    return msgspec.convert(poisoned(msgspec.to_builtins(record)), kind)


def records() -> dict[str, Any]:
    notice = Notice(kind="hidden", what="words that are not seen")
    readings = [
        msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, notices=(notice,)))
        for reading in sample.readings()
    ]
    return {
        "readings": [through(reading, Reading) for reading in readings],
        "incidents": [through(incident, Incident) for incident in sample.incidents()],
        "copies": [through(pair, CopyPair) for pair in sample.copies()],
        "profile": Profile(),
        "rules": sample.rules(),
    }


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {page.path: page.text for page in render(**records()) if page.path.endswith(".html")}


def test_the_payload_is_on_every_kind_of_page(pages):
    for path in ("index.html", "incidents.html", "places.html", "reports.html", "incidents/i1.html"):
        assert "alert(1)" in pages[path], path
    assert all("alert(1)" in page for path, page in pages.items() if path.startswith(("reports/", "copies/")))


def test_nothing_of_it_becomes_markup(pages):
    clean = {page.path: page.text for page in render(**(records() | {
        "readings": sample.readings(), "incidents": sample.incidents(), "copies": sample.copies()}))}  # fmt: skip
    for path, page in pages.items():
        tags = Tags(page)
        assert not tags.found & {"script", "img", "iframe", "object", "style"}, path
        assert not [name for name in tags.attributes if name.startswith("on") or name in ("src", "style", "srcdoc")], (
            path
        )
        assert "{{" not in page.replace("{{ 7 * 7 }}", ""), path
        assert "\u202e" not in page, path
        assert "\x07" not in page, path
        for tag in ("main", "svg", "title", "article"):  # nothing is closed early
            assert page.count(f"</{tag}>") == clean[path].count(f"</{tag}>") if path in clean else True, (path, tag)


def test_in_a_browser_nothing_of_it_runs(tmp_path):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed (apt install chromium)")
    from playwright.sync_api import sync_playwright

    written = write_pages(tmp_path, **records())
    messages = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("console", lambda m: messages.append(m.text))
        page.on("pageerror", lambda e: messages.append(str(e)))
        page.on("dialog", lambda d: (messages.append(d.message), d.dismiss()))
        page.on("requestfailed", lambda r: messages.append(r.url))
        for path in written:
            if path.suffix == ".html":
                page.goto(path.as_uri())
                assert page.locator("script, img").count() == 0, path
                assert page.locator("svg span").count() == 0, f"{path}: markup within a drawing"
        browser.close()
    assert messages == []
