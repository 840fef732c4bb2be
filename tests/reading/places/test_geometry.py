import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading.places.geometry import bearing_of, distance_km, middle, offset, sector

LAT, LON = st.floats(-80, 80), st.floats(-180, 180)


def test_known_distance():
    assert distance_km(36.2, 37.16, 33.51, 36.29) == pytest.approx(309, abs=2)  # Aleppo to Damascus


@given(LAT, LON, st.floats(0, 360), st.floats(0, 500))
def test_offset_goes_as_far_as_it_is_told(lat, lon, bearing, km):
    there = offset(lat, lon, bearing, km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, abs=0.01)
    assert -90 <= there[0] <= 90 and -180 <= there[1] <= 180


@pytest.mark.parametrize(
    ("word", "degrees"),
    [
        ("east", 90),
        ("north-west", 315),
        ("southeastern", 135),
        ("Northern", 0),
        ("SW", 225),
        ("central", None),
        ("", None),
    ],
)
def test_bearings(word, degrees):
    assert bearing_of(word) == degrees


@given(st.text(max_size=20))
def test_bearing_never_raises(word):
    assert bearing_of(word) is None or 0 <= bearing_of(word) < 360


GRID = [(36.0 + y / 10, 38.0 + x / 10) for x in range(20) for y in range(20)]


def test_the_side_of_an_area_is_the_circle_of_its_towns_there():
    lat, lon, km = middle(GRID)
    north = sector(GRID, 0)
    assert north is not None
    assert north[0] > lat and north[1] == pytest.approx(lon, abs=0.1) and north[2] < km
    corner = sector(GRID, 45)
    assert corner is not None and corner[0] > lat and corner[1] > lon
    assert sector(GRID[:4], 0) is None


@given(st.lists(st.tuples(LAT, LON), min_size=1, max_size=40), st.floats(0, 360))
def test_a_side_never_reaches_farther_than_the_whole(points, bearing):
    found = sector(points, bearing)
    assert found is None or found[2] <= 20_038
