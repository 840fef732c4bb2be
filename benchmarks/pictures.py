"""Take the pictures of README and docs anew from `make demo`'s pages: python -m benchmarks.pictures"""

import json
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main() -> None:
    """One picture a line: page, part of it (a CSS selector, or the window), name, width, height."""
    varda, tass = _widest("demo/varda"), _widest("demo/tass")
    report = next((ROOT / "demo/tass/reports").glob("*.html")).relative_to(ROOT).as_posix()
    shots = [
        ("demo/varda/index.html", "", "overview.png", 1280, 1180),
        (varda, "", "incident.png", 1280, 1240),
        (varda, "section[aria-labelledby=matrix]", "matrix.png", 1280, 900),
        (varda, "section[aria-labelledby=time]", "timeline.png", 900, 900),
        (tass, "section[aria-labelledby=place] .map", "map.png", 900, 900),
        (report, "", "report.png", 1280, 980),
        (varda, "", "phone.png", 390, 844),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        for path, part, name, width, height in shots:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((ROOT / path).as_uri())
            _take(page, part, PICTURES / name)
            page.close()
        browser.close()


def _widest(folder: str) -> str:
    """The page of the incident that most reports tell of."""
    lines = (ROOT / folder / "ledger/incidents.jsonl").read_text("utf-8").splitlines()
    widest = max(map(json.loads, lines), key=lambda incident: (len(incident["reports"]), len(incident["origins"])))
    return f"{folder}/incidents/{widest['id']}.html"


def _take(page: Page, part: str, path: Path) -> None:
    if part:
        page.locator(part).first.screenshot(path=path)
    else:
        page.screenshot(path=path)


if __name__ == "__main__":
    main()
