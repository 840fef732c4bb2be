"""Every page by the rules of accessibility, within the window, and without script."""

from pathlib import Path

import pytest

from evenhand.reviewing import Proposal
from tests.workbench import found
from tests.workbench.served import fits, needs_chromium
from tests.workbench.test_pages import addresses

pytestmark = needs_chromium
AXE = (Path(__file__).parent / "axe.min.js").read_text("utf-8")
DRONE = "one of its drones had hit a bus"


@pytest.mark.parametrize(("size", "direction"), [("desktop", "ltr"), ("phone", "rtl")])
def test_axe_finds_nothing_on_any_page(bench, desk, size, direction):
    report, item = found.statement(bench, DRONE)
    bench.decide(
        Proposal(action="edit", kind="statement", item=item, report=report, fields={"attitude": "asserts"}, why="x"),
        "Ada",
    )
    see = desk(size, direction)
    wrong = {}
    for address in [*addresses(bench), f"/reports/{report}?done={bench.desk.decisions[0].id}", "/nowhere"]:
        see.go(address)
        see.page.evaluate(AXE)
        result = see.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        found_here = [
            (v["id"], v["nodes"][0]["target"], v["nodes"][0]["failureSummary"][:200]) for v in result["violations"]
        ]
        if found_here:
            wrong[address] = found_here
        fits(see.page)
    see.wrong[:] = [one for one in see.wrong if "404" not in one]
    assert wrong == {}


def test_everything_important_works_without_script(bench, desk):
    see = desk()
    see = desk(java_script_enabled=False)
    page = see.page
    for address in addresses(bench):
        assert see.go(address).status == 200
    see.go("/queue")
    page.locator("#queue .one").first.get_by_role("button", name="Accept").click()
    page.locator(".done").get_by_role("button", name="Undo").click()
    page.locator(".done").get_by_text("took back").wait_for()
    assert [one.action for one in bench.desk.decisions] == ["accept", "undo"]
    report, item = found.statement(bench, DRONE)
    see.go(f"/reports/{report}/items/{item}")
    page.get_by_label("or by name").fill("Straits Monitoring Group")
    page.get_by_role("button", name="Save").click()
    page.locator(".done").get_by_text("corrected statement").wait_for()
    page.get_by_label("Exact words of the report").fill("called on Varda to pay the families")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("or by name").fill("Anders Holm")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator(".done").get_by_text("added statement").wait_for()
    assert found.standing(bench, report).reading.statements[-1].speaker_name == "Anders Holm"
    see.go("/queue?kind=claim&label=shelling")
    page.get_by_label("Why").fill("all read")
    page.locator(".bulk").get_by_role("button", name="Accept").click()
    page.locator(".done").get_by_text("Done:").wait_for()
    page.locator("#find").fill("fishermen")
    page.get_by_role("button", name="Find").first.click()
    page.locator(".hits li").first.wait_for()
