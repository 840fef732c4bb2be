"""The workbench used as people use it: the main tasks on desktop and phone, both directions, with and without script."""

import pytest

from evenhand.reviewing import Proposal
from tests.workbench import cases, found
from tests.workbench.served import CHROMIUM, SWITCHES, Watched, server
from tests.workbench.test_pages import addresses

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (apt install chromium)")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
AXE = (cases.Path(__file__).parent / "axe.min.js").read_text("utf-8")
DRONE = "one of its drones had hit a bus"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def desk(bench, browser):
    """Opens watched pages of a served case; in the end nothing may have gone wrong on any of them."""
    opened = []
    with server(bench) as (address, app):
        state = None

        def see(size="desktop", direction="ltr", **options):
            nonlocal state
            context = browser.new_context(viewport=SIZES[size], storage_state=state, bypass_csp=False, **options)
            watched = Watched(context, address)
            if state is None:
                watched.go(f"/?token={app.state.door.token}")
                state = context.storage_state()
            if direction == "rtl":
                context.add_cookies([{"name": "evenhand-direction", "value": "rtl", "url": address}])
            opened.append((context, watched))
            return watched

        yield see
        for context, watched in opened:
            assert watched.wrong == []
            context.close()


WIDE = """() => { const root = document.documentElement; const own = root.clientWidth; if (root.scrollWidth <= own) return [];
  const found = [`${root.scrollWidth} > ${own}, dir ${root.dir}`];
  for (const e of document.querySelectorAll("body *")) { const b = e.getBoundingClientRect();
    if (b.width && (b.right > own + 1 || b.left < -1)) found.push(`${e.tagName}.${e.className} ${Math.round(b.left)}–${Math.round(b.right)}`); }
  return found.slice(0, 9); }"""


def fits(page):
    """Nothing stands out of the window to the side, once the page and its styles are there."""
    page.wait_for_load_state("load")
    assert page.evaluate(WIDE) == [], page.url


def select(page, words):
    """Select words of a report's text as a person does, and let the page know."""
    page.evaluate(
        """words => { const text = document.getElementById("text"); const nodes = []; const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        for (let n = walk.nextNode(); n; n = walk.nextNode()) if (!n.parentElement.closest(".ref, .sr")) nodes.push(n);
        const all = nodes.map(n => n.data).join(""); const at = all.indexOf(words); let seen = 0; const range = document.createRange();
        for (const n of nodes) { if (seen <= at && at < seen + n.data.length) range.setStart(n, at - seen);
          const end = at + words.length; if (seen < end && end <= seen + n.data.length) range.setEnd(n, end - seen); seen += n.data.length; }
        getSelection().removeAllRanges(); getSelection().addRange(range); text.dispatchEvent(new MouseEvent("mouseup", {bubbles: true})); }""",
        words,
    )


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
    assert page.locator("mark, .hit").count() >= 1
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
    assert "Anders Holm" not in page.locator("#text").inner_text()
    page.get_by_role("link", name="Show them").click()
    assert "Anders Holm" in page.locator("#text").inner_text()
    # 10 who did what, and take one of it back
    see.go("/activity")
    assert page.locator(".log li").count() >= 8
    page.locator(".log li", has_text="corrected claim").get_by_role("button", name="Undo").click()
    page.locator(".done").get_by_text("took back").wait_for()
    fits(page)


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
    assert [one.action for one in bench.desk.decisions] == ["accept", "undo"]
    report, item = found.statement(bench, DRONE)
    see.go(f"/reports/{report}/items/{item}")
    page.get_by_label("or by name").fill("Straits Monitoring Group")
    page.get_by_role("button", name="Save").click()
    assert "corrected statement" in page.locator(".done").inner_text()
    page.get_by_label("Exact words of the report").fill("called on Varda to pay the families")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("or by name").fill("Anders Holm")
    page.get_by_role("button", name="Add", exact=True).click()
    assert found.standing(bench, report).reading.statements[-1].speaker_name == "Anders Holm"
    see.go("/queue?kind=claim&label=shelling")
    page.get_by_label("Why").fill("all read")
    page.locator(".bulk").get_by_role("button", name="Accept").click()
    assert "Done:" in page.locator(".done").inner_text()
    page.locator("#find").fill("fishermen")
    page.get_by_role("button", name="Find").first.click()
    page.locator(".hits li").first.wait_for()


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


HOSTILE = (
    '<script>alert(1)</script>', '"><img src=x onerror=alert(2)>', "'-alert(3)-'", "javascript:alert(4)", "</title></textarea><svg onload=alert(5)>",
    "{{7*7}}${7*7}", "\u202eevil\u202c", "<base href=//evil.example>", '<meta http-equiv=refresh content="0;url=//evil.example">', "&lt;script&gt;", "</script>\u2028alert(6)",
)  # fmt: skip


@pytest.fixture
def hostile_bench(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number, payload in enumerate(HOSTILE):
        text = f"LOMVETH, March 4 (MPA) - {payload} Shells killed 12 people in Lomveth on Monday, March 4, 2024, {payload} spokesman Joren {payload} said. “{payload} was hit,” Ruth {payload} Amsel said."
        (folder / f"{number}-{'<img onerror=alert(9)>' if number % 2 else 'plain'}.txt").write_text(text, "utf-8")
    rows = ["file,outlet,title,url"]
    for number, payload in enumerate(HOSTILE):
        name = f"{number}-{'<img onerror=alert(9)>' if number % 2 else 'plain'}.txt"
        quoted = payload.replace('"', '""')
        rows.append(f'"{name}","{quoted}","{quoted}","https://example.org/{number}"')
    (folder / "meta.csv").write_text("\n".join(rows), "utf-8")
    made = tmp_path / "case"
    cases.run("init", made, "--title", HOSTILE[0] + HOSTILE[1])
    cases.run("add", made, folder)
    cases.run("assess", made, "--jobs", "1")
    bench = cases.bench(made)
    yield bench
    bench.close()


def test_hostile_texts_do_nothing_on_any_page(hostile_bench, browser):
    from urllib.parse import quote

    import sqlalchemy as sa

    from evenhand.workbench import tables

    bench = hostile_bench
    who = HOSTILE[1]
    for report in list(bench.desk.keys)[:6]:
        reading = found.standing(bench, report).reading
        for one in reading.statements[:1]:
            bench.decide(
                Proposal(
                    action="edit",
                    kind="statement",
                    item=one.id,
                    report=report,
                    fields={"speaker_name": HOSTILE[1], "speaker_org": HOSTILE[4]},
                    why=HOSTILE[0],
                ),
                who,
            )
        for one in reading.claims[:1]:
            bench.decide(
                Proposal(
                    action="edit",
                    kind="claim",
                    item=one.id,
                    report=report,
                    fields={"place": {"name": HOSTILE[4], "lat": 1.0, "lon": 2.0}},
                    why=HOSTILE[1],
                ),
                who,
            )
    with bench.reading() as connection:
        incidents = connection.scalars(sa.select(tables.incidents.c.id)).all()
    for incident in incidents[:2]:
        bench.decide(
            Proposal(
                action="edit", kind="incident", item=incident, fields={"title": HOSTILE[0] + HOSTILE[4]}, why=HOSTILE[1]
            ),
            who,
        )
    pages = [
        "/",
        "/queue",
        "/queue?state=all",
        "/reports",
        "/incidents",
        "/incidents?show=map",
        "/incidents?show=timeline",
        "/speakers",
        "/origins",
        "/activity",
        "/account",
        "/help",
    ]
    for report in list(bench.desk.keys)[:6]:
        reading = found.standing(bench, report).reading
        pages += [
            f"/reports/{report}",
            *(
                f"/reports/{report}/items/{one.id}"
                for one in (*reading.statements[:1], *reading.claims[:1], *reading.entities[:1])
            ),
        ]
        pages += [f"/reports/{report}/items/{one.id}/place" for one in reading.claims[:1]]
    pages += [f"/incidents/{incident}" for incident in incidents[:4]]
    for payload in HOSTILE:
        said = quote(payload)
        pages += [
            f"/search?q={said}",
            f"/speakers?name={said}",
            f"/speakers?q={said}",
            f"/queue?outlet={said}&state=all",
            f"/incidents?place={said}",
            f"/{said}",
            f"/search?q={said}&kind={said}",
            f"/reports/{next(iter(bench.desk.keys))}?q={said}",
            f"/activity?done={said}",
        ]
    with server(bench, alone=who) as (address, app):
        context = browser.new_context(viewport=SIZES["desktop"])
        see = Watched(context, address)
        see.go(f"/?token={app.state.door.token}")
        for path in pages:
            see.go(path)
        see.page.wait_for_timeout(200)
        wrong = [one for one in see.wrong if "status of 404" not in one and "status of 400" not in one]
        context.close()
    assert wrong == []


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
