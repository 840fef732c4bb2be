"""`python -m benchmarks.workbench.pictures`: the pictures of docs/workbench.md, taken of the invented example."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from evenhand.reviewing import Proposal
from tests.workbench import cases, found
from tests.workbench.served import CHROMIUM, SWITCHES, Watched, server

OUT = Path("docs/pictures")
SPOKEN = ("one of its drones had hit a bus", "Our drone crew took the bus")


def main() -> None:
    """Correct two speakers as the tutorial does, and take the pictures."""
    bench = cases.bench(cases.copy(Path(tempfile.mkdtemp())))
    report = ""
    for words in SPOKEN:
        report, item = found.statement(bench, words)
        fields = {"speaker_name": "Straits Monitoring Group", "attitude": "asserts"}
        why = "heard on the recording"
        bench.decide(Proposal(action="edit", kind="statement", item=item, report=report, fields=fields, why=why), "Ada")
    pages = {
        "queue.png": "/queue",
        "workbench-report.png": f"/reports/{report}",
        "workbench-incident.png": f"/incidents/{found.incident(bench, 'Lomveth')}",
    }
    with server(bench) as (address, app), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        see = Watched(browser.new_context(viewport={"width": 1280, "height": 860}), address)
        see.go(f"/?token={app.state.door.token}")
        for name, path in pages.items():
            see.go(path)
            see.page.screenshot(path=str(OUT / name))
        browser.close()
    bench.close()


if __name__ == "__main__":
    main()
