"""Take the pictures of README and docs anew from `make demo`'s pages: python -m benchmarks.pictures"""

import json
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main() -> None:
    lines = (ROOT / "demo/varda/ledger/incidents.jsonl").read_text("utf-8").splitlines()
    widest = max(map(json.loads, lines), key=lambda incident: len(incident["reports"]))
    shots = [
        ("demo/varda/index.html", f"#i-{widest['id']}", "incident.png", 1280, 1290),
        ("demo/varda/index.html", "#top", "overview.png", 1280, 900),
        ("demo/tass/index.html", "#reports", "report.png", 1280, 980),
        ("demo/varda/index.html", f"#i-{widest['id']}", "phone.png", 390, 844),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        for page_name, anchor, name, width, height in shots:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((ROOT / page_name).as_uri() + anchor)
            page.screenshot(path=PICTURES / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
