import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading.places.geometry import bearing_of, distance_km, offset

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
