"""The page in a real browser: nothing runs, nothing is requested, it fits a phone."""

import shutil

import pytest

from evenhand.dossier import write_page
from evenhand.model.profile import Profile
from tests.dossier import sample

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt install chromium)")

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run"]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def address(tmp_path):
    path = write_page(
        tmp_path / "index.html", readings=sample.readings(), incidents=sample.incidents(), copies=sample.copies(),
        profile=Profile(), rules=sample.rules(),
    )  # fmt: skip
    return path.as_uri()


@pytest.mark.parametrize("width", [390, 1280], ids=["phone", "desktop"])
def test_nothing_runs_and_nothing_is_requested(browser, address, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    requests, messages, dialogs = [], [], []
    page.on("request", lambda r: requests.append(r.url))
    page.on("console", lambda m: messages.append(m.text))
    page.on("pageerror", lambda e: messages.append(str(e)))
    page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
    page.goto(address)
    page.wait_for_timeout(200)
    assert requests == [address]
    assert messages == []
    assert dialogs == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "no sideways scrolling of the page"
    page.close()


def test_a_claim_leads_to_its_words_by_keyboard(browser, address):
    report = sample.readings()[0].report.id
    page = browser.new_page()
    page.goto(address)
    page.locator(f'#e-{report}-c1 a[href="#w-{report}-c1"]').focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#w-{report}-c1")
    assert page.locator(f"#w-{report}-c1").evaluate("e => e.nextElementSibling.textContent") == "struck"
    page.close()
