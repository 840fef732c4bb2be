"""What single features of two happenings say: days of who gives none, tolls that grow, names and circles of places."""

import msgspec
import pytest

from evenhand.grouping import cluster
from evenhand.grouping.comparing import packaged_weights
from evenhand.grouping.happenings import Happening, Spot, claims_as_happenings
from evenhand.grouping.incidents import compare_happenings
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, reading

(STRIKE,) = claims_as_happenings(reading("r1", Said()))
LATER = msgspec.structs.replace(STRIKE, report="r2")


def parts(one: Happening, two: Happening) -> set[str]:
    return {part.name for part in compare_happenings(one, two, (0.0, 0.0), None, packaged_weights()).parts}


def changed(one: Happening, **fields: object) -> Happening:
    return msgspec.structs.replace(one, **fields)  # type: ignore[arg-type]


def named(name: str, radius: float = 10.0, lat: float | None = None, lon: float | None = None, **more: object) -> Spot:
    return Spot(name=name, written=name, lat=lat, lon=lon, radius=radius, **more)  # type: ignore[arg-type]


def sets(*readings: Reading) -> set[frozenset[str]]:
    return {frozenset(found.reports) for found in cluster(readings)}


@pytest.mark.parametrize(
    ("days_after", "expected"),
    [(-1, "too_early"), (0, "published_near"), (3, "published_near"), (9, "published_later")],
)
def test_who_gives_no_day_tells_of_the_days_before_it_came_out(days_after, expected):
    """Not of the day on which the other report, an inquiry months later, came out."""
    inquiry = changed(STRIKE, published=STRIKE.start + 120)
    undated = changed(LATER, start=None, end=None, published=STRIKE.start + days_after)
    assert parts(inquiry, undated) & {"published_near", "published_later", "published_far", "too_early"} == {expected}
    assert parts(undated, inquiry) == parts(inquiry, undated)


@pytest.mark.parametrize(
    ("first", "second", "days", "expected"),
    [
        (7, 30, 1, "toll_grown"),  # "at least seven dead", and the day after thirty
        (30, 7, 1, "toll_apart"),
        (7, 30, 0, "toll_apart"),
        (20, 30, 1, "toll_near"),
        (30, 30, 1, "toll_equal"),
    ],
)
def test_a_toll_grows_as_days_go_by_and_does_not_shrink(first, second, days, expected):
    early = changed(STRIKE, killed=((first, first),))
    late = changed(LATER, killed=((second, second),), published=STRIKE.published + days)
    tolls = {"toll_grown", "toll_apart", "toll_near", "toll_equal"}
    assert parts(early, late) & tolls == {expected}
    assert parts(late, early) == parts(early, late)


def test_a_month_in_which_as_many_died_is_that_of_the_deed():
    """ "The killing of 17 villagers in May", told a year on; a month's sum is another number, and stays apart."""
    deed = reading("r1", Said(), Said(type="killing", killed=(17, 17, 17)))

    def on_trial(dead: int, **said: object) -> Reading:
        month = {"start": "2031-05-01", "end": "2031-05-31"}
        killed = Said(type="killing", killed=(dead, dead, dead), words="court verdict judge", **month, **said)  # type: ignore[arg-type]
        return reading("r2", killed, published="2032-05-20")

    assert sets(deed, on_trial(17)) == {frozenset({"r1", "r2"})}
    assert len(sets(deed, on_trial(60))) == 2
    assert len(sets(deed, on_trial(17, place=("Borden", 10.9, 20.9)))) == 2


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("brenk", "brenk shaari base", True),
        ("the hospital of brenk", "brenk", True),
        ("wadi tarun", "tarun", True),
        ("brenk", "ostmark", False),
        ("the hospital", "the hospital of brenk", False),  # it has no name of its own
        ("deir brenk", "deir ostmark", False),
    ],
)
def test_one_name_of_no_list_may_hold_the_other(ours, theirs, same):
    one, two = (changed(each, spots=(named(name),)) for each, name in ((STRIKE, ours), (LATER, theirs)))
    assert ("same_name" in parts(one, two)) == same


def test_a_town_is_far_from_a_province_whose_circle_does_not_reach_it():
    town = changed(STRIKE, spots=(named("arden", 3.0, 10.0, 20.0),))

    def province(north: float) -> Happening:
        return changed(LATER, spots=(named("vale province", 60.0, around=(north, 20.0, 60.0)),))

    assert "far_spot" in parts(town, province(12.0))
    assert "far_spot" not in parts(town, province(10.5))


def test_the_country_around_two_far_towns_shows_nothing():
    country = named("varda", 150.0, around=(11.0, 20.0, 400.0))
    arden, borden = named("arden", 3.0, 10.0, 20.0), named("borden", 3.0, 12.0, 20.0)
    one, two = changed(STRIKE, spots=(arden, country)), changed(LATER, spots=(borden, country))
    assert "far_spot" in parts(one, two)
    unlisted = changed(LATER, spots=(named("ostmark"), country))
    assert not parts(one, unlisted) & {"same_name", "far_spot"}
    assert "same_name" in parts(changed(STRIKE, spots=(country,)), changed(LATER, spots=(country,)))


def test_a_massacre_that_one_side_calls_a_battle_is_told_of_the_same_dead():
    one, two = changed(STRIKE, types=("execution", "killing")), changed(LATER, types=("ground_attack", "killing"))
    assert "same_harm" in parts(one, two)
    assert "other_type" in parts(changed(one, types=("execution",)), changed(two, types=("aid",)))


@pytest.mark.parametrize(
    ("sentence", "its_own"),
    [
        ("It was the deadliest strike since the raid on Arden in March.", False),
        ("The north sees its worst fighting since the battle for Arden last year.", False),
        ("Aid groups called it the largest flight since the fall of Arden.", False),
        ("The worst strike since 2016, in Arden, killed ten.", True),
        ("Jets have struck Arden since the worst of the winter.", True),
    ],
)
def test_the_place_of_a_deed_that_another_is_compared_with_is_not_its_own(sentence, its_own):
    told = reading("r1", Said())
    (claim,) = told.claims
    where = sentence.index("Arden")
    claim = msgspec.structs.replace(
        claim, trigger=(3, 6), place=msgspec.structs.replace(claim.place, span=(where, where + 5))
    )
    report = msgspec.structs.replace(told.report, text=sentence)
    (found,) = claims_as_happenings(
        msgspec.structs.replace(told, claims=(claim,), report=report, sentences=((0, len(sentence)),))
    )
    assert bool(found.spots) == its_own


def test_one_deed_of_a_year_is_that_of_its_day():
    """ "The 2031 air strike on Arden, in which 17 died", told in court years later; "air strikes" of a year are a sum."""
    deed = reading("r1", Said(killed=(15, 15, 15)))

    def trial(word: str) -> Reading:
        told = reading("r2", Said(killed=(17, 17, 17), start="2031-01-01", end="2031-12-31"), published="2035-02-03")
        (claim,), text = told.claims, told.report.text.replace("airstrike", word)
        at, where = text.index(word), text.index("Arden")
        place = msgspec.structs.replace(claim.place, precision=1, span=(where, where + 5))
        time = msgspec.structs.replace(claim.time, precision=5)
        claim = msgspec.structs.replace(claim, trigger=(at, at + len(word)), place=place, time=time)
        report = msgspec.structs.replace(told.report, text=text)
        return msgspec.structs.replace(told, claims=(claim,), report=report, sentences=((0, len(text)),))

    assert sets(deed, trial("air raid")) == {frozenset({"r1", "r2"})}
    assert len(sets(deed, trial("air raids"))) == 2


def test_a_village_of_no_list_is_small_in_whichever_province_it_lies():
    told = reading("r1", Said(place=("Ostmark", None, None)))
    (claim,) = told.claims
    at = told.report.text.index("Ostmark")
    for precision in (4, 6):
        place = msgspec.structs.replace(claim.place, precision=precision, span=(at, at + 7), radius_km=None)
        (found,) = claims_as_happenings(
            msgspec.structs.replace(told, claims=(msgspec.structs.replace(claim, place=place),))
        )
        assert found.spots[0].radius == 10.0
