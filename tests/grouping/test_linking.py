import random

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.grouping import cluster, compare, linking
from evenhand.grouping.happenings import Spot, claims_as_happenings, joined
from tests.assessing.hand import Said, reading
from tests.test_growing import made


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 30), st.integers(2, 14))
def test_scores_that_are_left_for_later_change_no_cluster(seed, count):
    readings = [made(number, seed) for number in range(count)]
    pairs = compare([one.report for one in readings])
    found = cluster(readings, pairs)
    with pytest.MonkeyPatch.context() as at_once:
        at_once.setattr(linking.Bounds, "most", lambda self, ones, twos: np.full(len(ones), 1e6))
        assert cluster(readings, pairs) == found


def test_places_that_differ_only_in_their_spelling_come_in_one_order():
    (one,) = claims_as_happenings(reading("r1", Said(type="airstrike", start="2031-05-01")))
    spots = [Spot(name="arden", written=word, lat=10.0, lon=20.0, radius=5.0) for word in ("ardin", "ardan", "arden")]
    for _ in range(5):
        random.shuffle(spots)
        found = joined(msgspec.structs.replace(one, spots=(spot,)) for spot in spots)
        assert [spot.written for spot in found.spots] == ["ardan", "arden", "ardin"]
