"""The workbench used as people use it: the main tasks of a reviewer on desktop and phone, in both directions."""

import pytest

from tests.workbench import cases, found
from tests.workbench.served import SIZES, Watched, fits, needs_chromium, select, server

pytestmark = needs_chromium
DRONE = "one of its drones had hit a bus"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_main_tasks_of_a_reviewer(bench, desk, size, direction):
    see = desk(size, direction)
    page = see.page
    # 1 the case at a glance
    see.go("/")
    assert page.locator("html").get_attribute("dir") == direction
    page.get_by_role("link", name="go on with the queue").click()
    page.wait_for_url("**/queue")
    page.wait_for_load_state("load")
    # 2 accept, reject and undo in the queue
    if size == "desktop":
        page.keyboard.press("j")
        page.keyboard.press("a")
    else:
        page.locator("#queue .one").first.get_by_role("button", name="Accept").click()
    page.locator("#queue .decided").first.wait_for()
    page.locator("#queue .one").nth(1).get_by_role("button", name="Reject").click()
    if size == "desktop":
        page.keyboard.press("u")  # before the answer is there: it takes back what was just decided, and nothing else
    else:
        page.locator("#queue .decided").nth(1).wait_for()
        assert [one.action for one in bench.desk.force] == ["accept", "reject"]
        page.locator("#queue .decided").nth(1).get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert [one.action for one in bench.desk.force] == ["accept"]
    assert [one.action for one in bench.desk.decisions] == ["accept", "reject", "undo"]
    fits(page)
    # 3 correct a wrong speaker and see the grade change
    report, item = found.statement(bench, DRONE)
    see.go(f"/reports/{report}#e-{item}")
    page.locator(f"#e-{item}").get_by_role("link", name="Correct").click()
    page.get_by_label("or by name").fill("Straits Monitoring Group")
    page.get_by_label("attitude").select_option("asserts")
    page.get_by_label("why", exact=True).first.fill("heard on the tape")
    page.get_by_role("button", name="Save").click()
    page.locator(".done").get_by_text("corrected statement").wait_for()
    assert "Did it happen?" in page.locator(".done .changes").inner_text()
    fits(page)
    # 4 add what someone says by selecting its words
    reading = found.standing(bench, report).reading
    words = "called on Varda to pay the families"
    assert words in reading.report.text
    see.go(f"/reports/{report}")
    select(page, words)
    page.get_by_role("toolbar").get_by_role("button", name="Someone says it").click()
    page.get_by_label("or by name").fill("Anders Holm")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator(".done").wait_for()
    made = found.standing(bench, report).reading.statements[-1]
    assert reading.report.text[slice(*made.content[0])] == words
    # 5 correct a figure of a claim
    claim = next(one for one in reading.claims if one.quantities)
    see.go(f"/reports/{report}/items/{claim.id}")
    page.locator("[name=q0_low]").fill("5")
    page.locator("[name=q0_best]").fill("5")
    page.locator("[name=q0_high]").fill("5")
    page.get_by_role("button", name="Save").click()
    page.locator(".done").wait_for()
    assert found.standing(bench, report).item("claim", claim.id).quantities[0].low == 5
    # 6 search, and open at the words
    page.locator("#find").fill("fishermen")
    page.locator("#find").press("Enter")
    page.locator(".hits a").first.click()
    page.locator("mark, .hit").first.wait_for()
    # 7 an incident: mark as reviewed, sign
    incident = found.incident(bench, "Hallesk")
    see.go(f"/incidents/{incident}")
    fits(page)
    page.get_by_role("button", name="Mark as reviewed").click()
    page.get_by_role("button", name="Sign as Ada").click()
    page.locator(".stage").get_by_text("Signed").wait_for()
    assert bench.desk.signs[incident].stage == "signed"
    # 8 merge another incident into one, and take it back
    other = found.incident(bench, "Port Ansvel")
    see.go(f"/incidents/{found.incident(bench, 'Lomveth')}")
    page.get_by_placeholder("I-12").fill(f"I-{bench.desk.incident_numbers[other]}")
    page.get_by_role("button", name="Merge it into this one").click()
    page.locator(".done").get_by_role("button", name="Undo").click()
    page.locator(".done").get_by_text("took back").wait_for()
    assert other in bench.desk.piles.clusters
    # 9 mark words as sensitive: covered until asked for
    see.go(f"/reports/{report}")
    select(page, "Anders Holm")
    page.get_by_role("toolbar").get_by_role("button", name="Sensitive").click()
    page.get_by_role("button", name="Mark", exact=True).click()
    page.get_by_text("marked as sensitive").first.wait_for()
    page.wait_for_load_state("load")
    assert "Anders Holm" not in page.locator("#text").inner_text()
    page.get_by_role("link", name="Show them").click()
    page.locator("#text", has_text="Anders Holm").wait_for()
    # 10 who did what, and take one of it back
    see.go("/activity")
    assert page.locator(".log li").count() >= 8
    page.locator(".log li", has_text="corrected claim").get_by_role("button", name="Undo").click()
    page.locator(".done").get_by_text("took back").wait_for()
    fits(page)


def test_a_place_is_dragged_on_the_map_or_moved_with_the_keys(bench, desk):
    report = found.report(bench, "Harbour")
    claim = next(one for one in found.standing(bench, report).reading.claims if one.place and one.place.lat is not None)
    see = desk()
    page = see.page
    see.go(f"/reports/{report}/items/{claim.id}")
    page.get_by_role("link", name="Put it right on the map").click()
    dot = page.locator("[data-dot]")
    before = dot.bounding_box()
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    page.mouse.down()
    page.mouse.move(before["x"] + before["width"] / 2 + 120, before["y"] + before["height"] / 2 - 60, steps=4)
    page.mouse.up()
    east = float(page.locator("[name=place_lon]").input_value())
    north = float(page.locator("[name=place_lat]").input_value())
    assert east > claim.place.lon
    assert north > claim.place.lat
    dot.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    assert float(page.locator("[name=place_lat]").input_value()) < north
    assert float(page.locator("[name=place_lon]").input_value()) < east
    lat = page.locator("[name=place_lat]").input_value()
    page.get_by_role("button", name="Save this place").click()
    page.locator(".done").get_by_text("corrected claim").wait_for()
    assert found.standing(bench, report).item("claim", claim.id).place.lat == float(lat)


def test_a_selection_is_exact_beyond_the_basic_plane(bench, tmp_path, browser):
    folder = tmp_path / "more"
    folder.mkdir()
    text = "LOMVETH, March 4 (MPA) - \U0001f600\U0001f600 “It’s e\u0301te\u0301 \U0001f4a3 said \u202ano\u202c one,” Ruth Amsel said. The bomb \U0001f4a3 killed 3 people in Lomveth on Monday."
    (folder / "astral.txt").write_text(text, "utf-8")
    cases.run("add", bench.case.paths.root, folder / "astral.txt")
    cases.run("assess", bench.case.paths.root, "--jobs", "1")
    bench.refresh()
    report = max(bench.desk.numbers, key=bench.desk.numbers.get)
    kept = found.standing(bench, report).reading.report.text
    words = "bomb \U0001f4a3 killed 3 people"
    with server(bench) as (address, app):
        context = browser.new_context()
        see = Watched(context, address)
        see.go(f"/?token={app.state.door.token}")
        see.go(f"/reports/{report}")
        select(see.page, words)
        see.page.get_by_role("toolbar").get_by_role("button", name="Someone says it").click()
        see.page.get_by_label("or by name").fill("Ruth Amsel")
        see.page.get_by_role("button", name="Add", exact=True).click()
        see.page.locator(".done").wait_for()
        assert see.wrong == []
        context.close()
    made = [one for one in found.standing(bench, report).reading.statements if one.id.startswith("s-")][-1]
    assert kept[slice(*made.content[0])] == words
