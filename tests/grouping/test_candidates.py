"""Which happenings of two reports are compared at all, and what a report that goes back to one is joined to."""

import random

import msgspec
import pytest

from evenhand.grouping import candidates, cluster
from evenhand.grouping.candidates import Nearby, whereabouts
from evenhand.grouping.comparing import packaged_weights
from evenhand.grouping.happenings import Happening, Spot, claims_as_happenings
from evenhand.grouping.incidents import compare_happenings
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, reading

NOWHERE = ("Ostmark", None, None)
ELSEWHERE = ("Vale", None, None)


def one(told: Reading) -> Happening:
    (found,) = claims_as_happenings(told)
    return found


def met(first: Happening, second: Happening) -> bool:
    """Whether two happenings that come one after the other are compared."""
    nearby = Nearby()
    for happening in (first, second):
        words = {term: float(count) for term, count in happening.lead_terms.items()}
        later, _ = nearby.take([whereabouts(happening, {}, words)])
    return len(later) == 1


def crowd(held: int) -> set[tuple[int, int]]:
    """The pairs of forty happenings of one town and week, taken in by fives."""
    rng, nearby, found = random.Random(7), Nearby(4), set[tuple[int, int]]()
    days = [f"2031-06-{rng.randrange(1, 4):02}" for _ in range(40)]
    told = [reading(f"r{at:02}", Said(start=day), published=day) for at, day in enumerate(days)]
    where = [whereabouts(one(each), {}, {}) for each in told]
    with pytest.MonkeyPatch.context() as small:
        small.setattr(candidates, "_HELD", held)
        for start in range(0, 40, 5):
            later, earlier = nearby.take(where[start : start + 5])
            found |= set(zip(later.tolist(), earlier.tolist(), strict=True))
    return found


def test_in_a_full_bucket_the_nearest_meet_and_it_is_all_one_what_is_held_in_memory():
    found = crowd(1 << 25)
    assert found == crowd(0)
    assert 40 < len(found) < 40 * 39 // 2


def titled(told: Reading, title: str) -> Reading:
    return msgspec.structs.replace(told, report=msgspec.structs.replace(told.report, title=title))


def test_reports_that_open_alike_in_the_same_days_meet_though_no_place_or_day_does():
    first = titled(reading("r1", Said(place=NOWHERE)), "Wedding struck in Kestrel")
    second = titled(reading("r2", Said(place=ELSEWHERE, start=None)), "Toll of Kestrel wedding")
    assert met(one(first), one(second))
    late = titled(reading("r2", Said(place=ELSEWHERE, start=None), published="2031-07-05"), "Toll of Kestrel wedding")
    assert not met(one(first), one(late))


def test_the_same_telling_number_of_dead_in_the_same_days_meets():
    said = {"type": "killing", "killed": (58, 58, 58)}
    first, second = reading("r1", Said(place=NOWHERE, **said)), reading("r2", Said(place=ELSEWHERE, **said))
    bare = [msgspec.structs.replace(one(each), lead=False, lead_terms={}) for each in (first, second)]
    assert met(*bare)
    few = [msgspec.structs.replace(each, killed=((3.0, 3.0),)) for each in bare]
    assert not met(*few)


def sets(*readings: Reading) -> set[frozenset[str]]:
    return {frozenset(found.reports) for found in cluster(readings)}


def about(words: str, published: str, **said: object) -> Reading:
    """A report without a day whose one sentence is these words and the claim's."""
    found = reading("r2", Said(start=None, words=words, **said), published=published)  # type: ignore[arg-type]
    return msgspec.structs.replace(found, sentences=((0, len(found.report.text)),))


STRIKE = reading("r1", Said(words="market bakery"))


@pytest.mark.parametrize(
    "words",
    [
        "whose death toll has risen to 40",
        "after which an inquiry into the raid began",
        "though it denied reports of it",
    ],
)
def test_a_report_that_goes_back_to_a_strike_is_of_it_for_weeks(words: str):
    assert sets(STRIKE, about(f"market bakery {words}", "2031-05-14")) == {frozenset({"r1", "r2"})}
    assert len(sets(STRIKE, about(f"market bakery {words}", "2031-08-14"))) == 2
    assert len(sets(STRIKE, about(f"market bakery {words}", "2031-05-14", place=("Borden", 10.9, 20.9)))) == 2


def test_a_strike_without_a_day_that_goes_back_to_nothing_stays_apart_after_days():
    assert len(sets(STRIKE, about("market bakery", "2031-05-14"))) == 2


def test_leads_of_one_day_in_places_of_no_list_meet():
    first, second = one(reading("r1", Said(place=NOWHERE))), one(reading("r2", Said(place=ELSEWHERE)))
    named = [msgspec.structs.replace(each, spots=(Spot(name=name, written=name, lat=None, lon=None, radius=10.0),))
             for each, name in ((first, "qasalti"), (second, "gashalty"))]  # fmt: skip
    bare = [msgspec.structs.replace(each, lead_terms={}) for each in named]
    assert met(*bare)
    assert not met(*(msgspec.structs.replace(each, lead=False) for each in bare))


def test_what_opens_reports_of_the_same_days_meets_where_one_is_in_no_town():
    arden, borden = (
        msgspec.structs.replace(one(reading(key, Said())), lead_terms={}, spots=(spot,))
        for key, spot in (
            ("r1", Spot(name="arden", written="arden", lat=35.0, lon=38.0, radius=3.0)),
            ("r2", Spot(name="borden", written="borden", lat=45.0, lon=8.0, radius=3.0)),
        )
    )
    assert not met(arden, borden)
    country = Spot(name="varda", written="varda", lat=None, lon=None, radius=150.0, around=(35.5, 38.5, 300.0))
    assert met(arden, msgspec.structs.replace(borden, spots=(country,)))
    assert met(arden, msgspec.structs.replace(borden, spots=()))
    undated = msgspec.structs.replace(borden, spots=(), start=None, end=None)
    assert met(arden, undated)
    assert not met(arden, msgspec.structs.replace(undated, published=arden.published + 40))
    told_late = msgspec.structs.replace(borden, spots=(), published=arden.published + 200)
    assert met(arden, told_late)  # by its day
    assert not met(arden, msgspec.structs.replace(told_late, lead=False))


def test_a_toll_and_a_place_are_found_again_however_late():
    said = {"type": "killing", "killed": (17, 17, 17)}
    deed, trial = reading("r1", Said(**said)), reading("r2", Said(start=None, **said), published="2033-02-01")
    bare = [msgspec.structs.replace(one(each), lead=False, lead_terms={}) for each in (deed, trial)]
    assert met(*bare)
    assert not met(bare[0], msgspec.structs.replace(bare[1], killed=((18.0, 18.0),)))


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("qasalti", "gashalty", True),
        ("kebithigollewa", "kebitigollawa", True),
        ("puthukudiyiruppu", "puthukudirippu", True),
        ("gori", "goris", False),  # short names that are alike are two
        ("kafr nabl", "kafr nabudah", False),
        ("vallipunam", "muhamalai", False),
    ],
)
def test_a_name_of_no_list_transliterated_twice_is_one_name(ours, theirs, same):
    told = one(reading("r1", Said(place=NOWHERE))), one(reading("r2", Said(place=ELSEWHERE)))
    named = [msgspec.structs.replace(each, spots=(Spot(name=name, written=name, lat=None, lon=None, radius=10.0),))
             for each, name in zip(told, (ours, theirs), strict=True)]  # fmt: skip
    parts = compare_happenings(*named, (0.0, 0.0), None, packaged_weights()).parts
    assert ("same_name" in {part.name for part in parts}) == same
