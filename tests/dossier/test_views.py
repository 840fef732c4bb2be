"""What the pages show, worked out from records before anything is rendered."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.dossier import case, compose, maps, missing, naming, render, sharing, timeline
from evenhand.dossier.framing import Spot
from evenhand.dossier.links import Links
from evenhand.dossier.matrix import matrix
from evenhand.dossier.outlines import within, world
from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import ClaimRef, CopyGroup, CopyPair, Figure, Origin, Passage, Stance, Toll
from evenhand.model.profile import Party, Profile
from evenhand.model.reading import Place, Time
from tests.dossier import sample

PROFILE = Profile(
    parties=tuple(Party(id=p, name=f"Government of {p.title()}", kind="government", source="invented") for p in ("varda", "halden"))
)  # fmt: skip


@pytest.fixture
def shelf() -> Shelf:
    return Shelf.of(sample.readings(), PROFILE)


@pytest.fixture
def incident():
    return sample.incidents()[0]


def rows_of(incident, shelf) -> dict[str, tuple]:
    return {row.question: row.cells for sheet in matrix(incident, shelf) for row in sheet.rows}


def test_a_cell_holds_the_value_its_words_and_the_link_to_them(incident, shelf):
    rows, first = rows_of(incident, shelf), sample.readings()[0].report.id
    army, ministry = (cell.said for cell in rows["When?"])  # by party and name: the army stands first
    assert army == ()
    assert (ministry[0].value, ministry[0].quote, ministry[0].href) == (
        "1 May 2031", "Saturday", f"reports/{first}.html#w-c1",
    )  # fmt: skip
    assert rows["How many killed?"][1].said[0].quote == "at least 14"


def test_silence_loneliness_and_contradiction_are_told_by_sign_and_word(incident, shelf):
    rows = rows_of(incident, shelf)
    assert [(cell.sign, cell.word) for cell in rows["When?"]] == [("–", "does not say"), ("·", "nobody else says")]
    sides = {"Halden Army Command": "halden", "Varda Health Ministry": "varda"}
    told = msgspec.structs.replace(
        incident, origins=tuple(msgspec.structs.replace(o, party=sides[o.name]) for o in incident.origins)
    )
    blame = rows_of(told, shelf)["Who is blamed?"]
    assert {(cell.sign, cell.differs) for cell in blame} == {
        ("≠", ("Varda Health Ministry",)), ("≠", ("Halden Army Command",)),
    }  # fmt: skip


def test_many_origins_stand_on_even_sheets_with_own_knowledge_first(incident, shelf):
    origins = tuple(
        Origin(
            name=f"origin {n:02}",
            own_knowledge=n % 3 != 0,
            stance=Stance(occurrence="asserts", responsibility="silent"),
        )
        for n in range(20)
    )
    sheets = matrix(msgspec.structs.replace(incident, origins=origins), shelf)
    assert [(sheet.own_knowledge, len(sheet.columns)) for sheet in sheets] == [
        (True, 4), (True, 4), (True, 5), (False, 3), (False, 4),
    ]  # fmt: skip
    assert len({column.name for sheet in sheets for column in sheet.columns}) == 20
    assert sheets[0].rows[0].cells[0].agrees == tuple(
        o.name
        for o in sorted(origins, key=lambda o: (not o.own_knowledge, o.name))
        if o.name != sheets[0].columns[0].name
    )


def test_links_follow_the_pattern_that_the_web_application_gives(incident):
    served = Shelf.of(sample.readings(), PROFILE, Links(report="/reports/{}", base=""))
    assert rows_of(incident, served)["When?"][1].said[0].href.startswith("/reports/")


def test_places_bear_the_name_that_the_reports_print(shelf):
    reading = sample.readings()[0]
    own = Place(name="Al-Ōrlīn", gazetteer="g:1", lat=1.0, lon=2.0)
    claims = [
        (reading.report.id, msgspec.structs.replace(reading.claims[0], place=msgspec.structs.replace(own, span=span)))
        for span in (sample.span(sample.TEXT, "Orlin"), sample.span(sample.TEXT, "the hospital in Orlin"), (0, 7))
    ]
    assert naming.printed_name(own, claims[:2], shelf) == "Orlin"
    assert naming.printed_name(own, claims[2:], shelf) == "KESTREL"
    assert naming.printed_name(own, [], shelf) == "Al-Ōrlīn"
    assert naming.from_its_name("the old town") == ""
    assert naming.from_its_name("the town of al-Bab") == "al-Bab"
    assert naming.from_its_name("in northern Orlin") == "northern Orlin"
    assert naming.from_its_name("the north and east of Orlin") == "north and east of Orlin"
    assert naming.from_its_name("the northern city of Orlin") == "Orlin"


def test_a_side_of_a_place_is_another_place_than_the_whole():
    whole = Place(name="Orlin", country="XV", gazetteer="case:orlin", lat=1.0, lon=2.0)
    side = msgspec.structs.replace(whole, lat=1.2)
    assert naming.place_key(whole) == naming.place_key(msgspec.structs.replace(whole, name="Orlín"))
    assert naming.place_key(whole) != naming.place_key(side)


def test_the_list_of_places_is_cut_into_pages_that_the_map_leads_to(monkeypatch):
    incident = sample.incidents()[0]
    towns = [
        msgspec.structs.replace(
            incident, id=f"i{n}",
            place=Place(name=f"Town {n}", country="XV", gazetteer=f"case:{n}", lat=1.0 + n / 10, lon=2.0, radius_km=1.0),
        )
        for n in range(5)
    ]  # fmt: skip
    monkeypatch.setattr(case, "_LINES", 2)
    pages = {
        page.path: page.text
        for page in render(
            readings=sample.readings(), incidents=towns, copies=(), profile=PROFILE, rules=sample.rules(),
        )
    }  # fmt: skip
    listed = [path for path in ("places.html", "places-2.html", "places-3.html") if 'class="place"' in pages[path]]
    assert listed == ["places.html", "places-2.html", "places-3.html"] and "places-4.html" not in pages
    targets = set(re.findall(r'href="(places[^"#]*)#(p\d+)"', pages["places.html"]))
    assert len(targets) == 5 and all(f'id="{anchor}"' in pages[path] for path, anchor in targets)


def test_the_title_names_the_place_as_printed(incident, shelf):
    own = msgspec.structs.replace(incident.place, name="Al-Ōrlīn", gazetteer="g:1")
    readings = [msgspec.structs.replace(r, claims=tuple(
        msgspec.structs.replace(c, place=msgspec.structs.replace(own, span=c.place.span)) if c.place else c for c in r.claims
    )) for r in sample.readings()]  # fmt: skip
    named = msgspec.structs.replace(incident, place=own, title="Shelling reported, Al-Ōrlīn, 1 May 2031")
    assert naming.title(named, Shelf.of(readings, PROFILE)) == "Shelling reported, Orlin, 1 May 2031"


def test_who_is_blamed_and_not_heard_is_missing(incident, shelf):
    gaps = missing.missing(incident, shelf, {"varda", "halden"})
    assert gaps.blamed == ("Government of Halden",)
    assert gaps.elsewhere == ("Government of Varda",)
    assert "How many injured?" in gaps.questions
    assert "How many killed?" not in gaps.questions
    heard = msgspec.structs.replace(
        incident, origins=tuple(msgspec.structs.replace(o, party=o.family) for o in incident.origins)
    )
    assert missing.missing(heard, shelf, {"varda", "halden"}).blamed == ()


def test_a_leader_heard_is_its_coalition_heard(incident):
    coalition = Party(id="halden", name="League", kind="coalition", source="invented", family="leader")
    leader = Party(id="leader", name="Leader", kind="government", source="invented")
    shelf = Shelf.of(sample.readings(), Profile(parties=(coalition, leader)))
    heard = msgspec.structs.replace(
        incident, origins=tuple(msgspec.structs.replace(o, party="leader") for o in incident.origins)
    )
    assert missing.missing(heard, shelf, ()).blamed == ()


def test_events_and_publication_are_apart_and_a_far_span_does_not_press_the_days_together(incident, shelf):
    readings = list(sample.readings())
    old = msgspec.structs.replace(readings[0].claims[1], time=Time(start="2011-03-15", end="2031-05-02"))
    readings[0] = msgspec.structs.replace(readings[0], claims=(readings[0].claims[0], old, readings[0].claims[2]))
    found = timeline.timeline(incident, Shelf.of(readings, PROFILE))
    assert [(bar.label, bar.before, bar.main) for bar in found.bars] == [
        ("1 May 2031", False, True), ("15 Mar 2011 to 2 May 2031", True, False),
    ]  # fmt: skip
    assert [(day.day, len(day.reports)) for day in found.published] == [("2 May 2031", 3)]
    assert found.bars[0].width > 20
    assert found.bars[0].x < found.published[0].x
    killed = found.charts[0]
    assert (killed.measure, killed.series[0].origin, killed.series[0].points[0].open) == (
        "killed",
        "Varda Health Ministry",
        True,
    )


def test_tolls_over_time_are_in_the_order_of_their_days_and_far_apart_ones_on_a_logarithmic_scale(incident, shelf):
    report = incident.reports[0]
    figures = tuple(
        Figure(low=n, best=n, high=n, origin="a", report=report, span=(0, 5), as_of=day)
        for n, day in ((900, "2031-05-05"), (9, "2031-05-03"), (40, "2031-05-04"))
    )
    told = msgspec.structs.replace(
        incident, questions=msgspec.structs.replace(incident.questions, killed=Toll(figures=figures))
    )
    chart = timeline.timeline(told, shelf).charts[0]
    heights = [point.y for point in chart.series[0].points]
    assert chart.logarithmic
    assert heights == sorted(heights, reverse=True)
    assert [point.x for point in chart.series[0].points] == sorted(point.x for point in chart.series[0].points)


def test_an_incident_without_any_date_has_no_timeline(incident, shelf):
    readings = [msgspec.structs.replace(r, claims=(), report=msgspec.structs.replace(r.report, published=None))
                for r in sample.readings()]  # fmt: skip
    bare = msgspec.structs.replace(
        incident, time=None, questions=msgspec.structs.replace(incident.questions, killed=Toll())
    )
    assert timeline.timeline(bare, Shelf.of(readings, PROFILE)) is None


@settings(deadline=None)
@given(st.lists(st.dates(date(1990, 1, 1), date(2031, 1, 1)), min_size=1, max_size=5))
def test_everything_drawn_lies_within_the_drawing(days):
    incident, readings = sample.incidents()[0], list(sample.readings())
    claims = tuple(
        msgspec.structs.replace(readings[0].claims[0], id=f"c{n}", time=Time(start=str(day), end=str(day)))
        for n, day in enumerate(days, 1)
    )
    readings[0] = msgspec.structs.replace(readings[0], claims=claims)
    refs = tuple(ClaimRef(report=readings[0].report.id, claim=claim.id) for claim in claims)
    told = msgspec.structs.replace(
        incident, time=claims[0].time, claims=refs, origins=(msgspec.structs.replace(incident.origins[0], claims=refs),)
    )
    found = timeline.timeline(told, Shelf.of(readings, PROFILE))
    for bar in found.bars:
        assert bar.x >= timeline.LEFT
        assert bar.x + bar.width <= timeline.WIDTH


def spot(key, lat, lon, radius=5.0, weight=1, main=True) -> Spot:
    return Spot(key, key, lat, lon, radius, "#", key, weight, main)


def test_a_place_is_a_circle_of_its_own_radius_to_scale():
    found = maps.draw([spot("near", 36.2, 37.2, 12.0), spot("vague", 35.5, 36.5, 48.0)])
    radius = {circle.spot.key: circle.r for circle in found.circles}
    assert radius["vague"] / radius["near"] == pytest.approx(4, rel=0.03)
    assert found.scale_width / found.scale_km == pytest.approx(radius["vague"] / 48, rel=0.03)
    assert [circle.spot.key for circle in found.circles] == ["vague", "near"], "the bigger lies below"


def test_a_far_capital_does_not_shrink_the_map_and_is_listed():
    towns = [spot(f"t{n}", 35 + n / 10, 37.0) for n in range(8)]
    found = maps.draw([*towns, spot("capital", 48.8, 2.3, main=False)])
    assert [one.key for one in found.outside] == ["capital"]
    assert len(found.circles) == 8


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 180)), min_size=1, max_size=4))
def test_every_spot_is_drawn_within_the_frame_or_listed(where):
    spots = [spot(str(n), lat, lon) for n, (lat, lon) in enumerate(where)]
    found = maps.draw(spots)
    assert {c.spot.key for c in found.circles} | {s.key for s in found.outside} == {s.key for s in spots}
    for circle in found.circles:
        assert -1 <= circle.x <= found.width + 1
        assert -1 <= circle.y <= found.height + 1


def test_the_map_goes_on_over_the_180th_meridian():
    found = maps.draw([spot("east", -17.0, 179.5), spot("west", -17.0, -179.5)])
    assert {c.spot.key for c in found.circles} == {"east", "west"}
    assert abs(found.circles[0].x - found.circles[1].x) < found.width / 2
    assert within((178.0, -20.0, 182.0, -15.0)), "the islands on both sides"


def test_borders_that_are_not_agreed_on_are_drawn_dashed():
    def kinds(west, south, east, north):
        return {kind for kind, _ in within((west, south, east, north))}

    assert kinds(33.3, 46.0, 34.9, 46.3) == {
        "coast",
        "disputed",
    }  # the isthmus, in one view a border and not in the other
    assert "disputed" in kinds(33.0, 34.9, 33.9, 35.3)  # a buffer zone
    assert "border" not in kinds(73.6, 33.0, 76.0, 35.0)  # a line of control
    assert kinds(-5.0, 51.0, 30.0, 54.0) == {"coast", "border"}  # nothing of that kind
    assert {outline.kind for outline in world().outlines} == {"coast", "border", "disputed"}


def test_no_outline_jumps_across_the_world():
    assert not [o for o in world().outlines if max(abs(a[0] - b[0]) for a, b in pairwise(o.points)) > 30]


def test_no_place_without_a_point_is_on_the_map(incident, shelf):
    around = compose.Around((), {}, sample.rules())
    country = msgspec.structs.replace(incident.place, radius_km=300.0, precision=6)  # its circle is not drawn
    readings = [msgspec.structs.replace(r, claims=tuple(
        msgspec.structs.replace(c, place=country) if c.place else c for c in r.claims)) for r in sample.readings()]  # fmt: skip
    view = compose.incident_view(msgspec.structs.replace(incident, place=country), Shelf.of(readings, PROFILE), around)
    assert view.map is None
    assert [(place.name, place.drawn) for place in view.places] == [("Orlin", False)]


def test_shared_passages_have_one_number_on_both_sides_and_nothing_is_lost(shelf):
    first, second, _ = (reading.report.id for reading in sample.readings())
    passages = (Passage(first=(30, 60), second=(5, 25)), Passage(first=(0, 12), second=(40, 60)),
                Passage(first=(50, 70), second=(60, 64)))  # fmt: skip
    pair = CopyPair(first=first, second=second, label="partial", shared=0.4, why="w", passages=passages)
    page = sharing.pair_page(pair, shelf)
    assert "".join(text for text, _ in page.first) == sample.TEXT
    assert "".join(text for text, _ in page.second) == sample.RIVAL
    assert [number for _, number in page.first if number] == [2, 1, 3]
    assert {number for _, number in page.second if number} == {1, 2, 3}


def test_a_group_shows_only_pairs_inside_it(shelf):
    first, second, third = (reading.report.id for reading in sample.readings())
    pairs = [
        CopyPair(first=a, second=b, label="copy", shared=s, why="w")
        for a, b, s in ((first, third, 0.9), (first, second, 0.5))
    ]
    view = sharing.group_view(CopyGroup(reports=(first, third)), sharing.by_report(pairs), shelf)
    assert [pair.percent for pair in view.pairs] == [90]


def test_the_first_page_counts_sides_outlets_and_origins(incident, shelf):
    sides = {"Halden Army Command": "halden", "Varda Health Ministry": "varda"}
    told = msgspec.structs.replace(
        incident, origins=tuple(msgspec.structs.replace(o, party=sides[o.name]) for o in incident.origins)
    )
    rows = {told.id: case.row(told, shelf, naming.printed_name(told.place, shelf.claims_of(told), shelf))}
    view = case.case_view([told], rows, shelf, 2)
    assert [(s.name, s.heard, s.blamed, s.unheard) for s in view.sides] == [
        ("Government of Halden", 1, 1, 0), ("Government of Varda", 1, 0, 0),
    ]  # fmt: skip
    assert {(o.name, o.reports, o.origins) for o in view.outlets} == {
        ("VNA", 1, 1), ("Halden News", 1, 1), ('<i>"outlet</i>', 1, 0),
    }  # fmt: skip
    assert [(g.key, g.occurrence, g.responsibility) for g in view.grades] == [("contested", 0, 1), ("party_only", 1, 0)]
    assert [(p.name, len(p.incidents), p.drawn) for p in view.places] == [("Orlin", 1, True)]


def test_bases_lead_back_from_a_folder(shelf):
    below = shelf.seen_from("../")
    assert below.links.to_incident("x", "o1") == "../incidents/x.html#o1"
    assert below.links.to_method("rule-O1") == "../method.html#rule-O1"
    assert replace(shelf.links, base="") == shelf.links
