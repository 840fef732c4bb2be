"""Where values of place are apart, and where one only holds the other."""

import msgspec

from evenhand.assessing.identity import Identity
from evenhand.assessing.spreads import _meant, where
from evenhand.assessing.voices import Voice
from evenhand.model.reading import Place
from tests.assessing.hand import Said, reading


def voice(name: str, place: Place) -> Voice:
    told = reading(name, Said(by=name))
    nobody: frozenset[str] = frozenset()
    return Voice(
        who=Identity(name=name, family=name, why="told"), report=told.report.id,
        claim=msgspec.structs.replace(told.claims[0], place=place), span=(0, 1), published=None, outlet=None,
        actors=nobody, targets=nobody, forces=nobody, armed=False, causal=True, denied=False, admitted=False,
        opinion=False, hedged=False, own_voice=False,
    )  # fmt: skip


def test_a_town_that_bears_its_provinces_name_disputes_no_village_of_the_province():
    village = voice("one", Place(name="Hassen", lat=10.4, lon=20.0, radius_km=2.0, precision=1))
    town = voice("two", Place(name="Arden", lat=10.0, lon=20.0, radius_km=2.0, precision=1))
    province = voice("three", Place(name="Arden", lat=10.2, lon=20.0, radius_km=60.0, precision=4))
    assert where([village, town]).apart == {"one", "two"}
    assert where([village, town, province]).apart == frozenset()


def test_a_side_of_a_province_hides_no_village_of_the_whole():
    whole = Place(name="Arden", gazetteer="adm1:A", lat=10.0, lon=20.0, radius_km=45.0, precision=4)
    side = Place(name="Arden", gazetteer="adm1:A", lat=10.4, lon=20.0, radius_km=10.0, precision=5)
    assert _meant([side, whole]) is whole
    assert _meant([side]) is side
