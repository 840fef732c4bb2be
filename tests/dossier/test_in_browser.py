"""The pages in a real browser: nothing runs, nothing leaves the folder, they fit a phone, and axe finds no barrier."""

import re
import shutil
from pathlib import Path

import pytest

from evenhand.dossier import write_pages
from evenhand.model.profile import Profile
from tests.dossier import sample
from tests.journey.runs import varda

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt install chromium)")

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run"]  # fmt: skip
AXE = Path("tests/workbench/axe.min.js")  # one copy for the tests of both
KINDS = ["index", "incidents", "places", "reports", "method", "incident", "report", "copy"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dossier with spaces & <signs>")
    write_pages(
        out, readings=sample.readings(), incidents=sample.incidents(), copies=sample.copies(), profile=Profile(),
        rules=sample.rules(),
    )  # fmt: skip
    return out


def page_of(folder: Path, kind: str) -> Path:
    """One page of a kind: the largest, which has most on it."""
    inside = {"incident": "incidents", "report": "reports", "copy": "copies"}
    if kind not in inside:
        return folder / f"{kind}.html"
    return max((folder / inside[kind]).glob("*.html"), key=lambda path: (path.stat().st_size, path.name))


@pytest.mark.parametrize("case", ["hostile", "varda"])
def test_nothing_runs_nothing_leaves_the_folder_and_it_fits(browser, hostile, case):
    folder = hostile if case == "hostile" else varda().out
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    requests, messages = [], []
    page.on("request", lambda r: requests.append(r.url))
    page.on("requestfailed", lambda r: messages.append(f"failed: {r.url}"))
    page.on("console", lambda m: messages.append(m.text))
    page.on("pageerror", lambda e: messages.append(str(e)))
    page.on("dialog", lambda d: (messages.append(d.message), d.dismiss()))
    style = (folder / "assets" / "dossier.css").as_uri()
    for kind in KINDS:
        address = page_of(folder, kind).as_uri()
        requests.clear()
        page.goto(address)
        assert set(requests) <= {address, style}, kind
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", (
            "the style applies"
        )
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{kind} scrolls sideways at {width}"
    assert messages == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser, hostile, scheme):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    for kind in KINDS:
        page.goto(page_of(varda().out, kind).as_uri())
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
        assert found == [], kind
    page.close()


def test_every_statement_of_an_incident_is_one_click_from_its_words(browser):
    page = browser.new_page()
    page.goto(page_of(varda().out, "incident").as_uri())
    assert page.locator("blockquote a").count() >= 8
    for number in range(0, page.locator("blockquote a").count(), 12):
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")
        link = page.locator("blockquote a").nth(number)
        words = link.inner_text()
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/reports/**")
        text = page.locator(".text").evaluate(
            "e => { const c = e.cloneNode(1); c.querySelectorAll('a.ref').forEach(a => a.remove()); return c.textContent }"
        )
        said = re.sub(r"\s+", " ", words).strip(" …")
        assert said in re.sub(r"\s+", " ", text)
        target = page.evaluate("location.hash.slice(1)")
        assert page.locator(f'[id="{target}"]').count() == 1
        page.go_back()
    page.close()


def test_a_claim_leads_to_its_words_by_keyboard(browser, hostile):
    page = browser.new_page()
    page.goto((hostile / "reports" / f"{sample.readings()[0].report.id}.html").as_uri())
    page.locator('#e-c1 a[href="#w-c1"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#w-c1")
    assert page.locator("#w-c1").evaluate("e => e.nextElementSibling.textContent") == "struck"
    page.close()


def test_the_focus_is_seen(browser, hostile):
    page = browser.new_page()
    page.goto((hostile / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


def test_on_paper_the_navigation_is_gone_and_folded_parts_are_open(browser):
    page = browser.new_page(viewport={"width": 1000, "height": 1200})
    page.goto(page_of(varda().out, "incident").as_uri())
    page.emulate_media(media="print")
    assert page.locator(".top nav").evaluate("e => getComputedStyle(e).display") == "none"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    page.close()
