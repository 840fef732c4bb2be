"""Texts that would do something on a page: they do nothing on any."""

import pytest

from evenhand.reviewing import Proposal
from tests.workbench import cases, found
from tests.workbench.served import SIZES, Watched, needs_chromium, server

pytestmark = needs_chromium


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
