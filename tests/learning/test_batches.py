import random
from itertools import groupby

import pytest

from evenhand.learning.batches import UNKNOWN, batches, cut, pad, stack
from evenhand.learning.corpora import Example, Said
from evenhand.reading.tagging.labels import NAME_TAGS, ROLE_TAGS
from evenhand.reading.tagging.pieces import Splitter
from evenhand.reading.tagging.weights import PACKAGED

TEXT = "Ana Lind said the road is open. Bo agreed."


@pytest.fixture(scope="module")
def splitter():
    return Splitter(PACKAGED / "vocabulary.json")


def test_labels_stand_on_their_pieces_and_links_on_their_spans(splitter):
    one = Said(((14, 30),), (9, 13), (0, 8), denies=False)
    (window,) = cut(Example("a", TEXT, outer=(one,), names=((0, 8, "person"),)), splitter)
    outer = [ROLE_TAGS[t] for t in window.outer]
    assert [t for t, _ in groupby(outer)] == ["B-source", "I-source", "B-cue", "B-content", "I-content", "O"]
    assert outer.count("I-content") == 3
    assert window.inner is None
    assert [t for t, _ in groupby(NAME_TAGS[t] for t in window.names)] == ["B-person", "I-person", "O"]
    (links,) = window.links
    assert links.answers == {"cue_source": [[0]], "content_cue": [[0]], "content_source": [[0]]}
    assert set(window.denial.tolist()) == {UNKNOWN, 0}


def test_a_source_serves_two_cues(splitter):
    first = Said(((14, 30),), (9, 13), (0, 8))
    second = Said(((32, 34),), (35, 41), (0, 8))
    (window,) = cut(Example("a", TEXT, outer=(first, second)), splitter)
    assert window.links[0].answers["cue_source"] == [[0], [0]]


def test_every_window_stands_in_one_batch(splitter):
    found = [w for i in range(40) for w in cut(Example(str(i), TEXT * (1 + i % 7), outer=()), splitter)]
    seen = [id(w) for b in batches(found, 4, random.Random(1)) for w in b.windows]
    assert sorted(seen) == sorted(id(w) for w in found)


def test_padding_is_unknown(splitter):
    group = [w for n in (1, 3) for w in cut(Example("a", TEXT * n, outer=()), splitter)]
    batch = pad(group)
    tags = stack(group, [w.outer for w in group], int(batch.lengths.max()) - 2)
    assert (tags[0, batch.lengths[0] - 2 :] == UNKNOWN).all()
    assert batch.ids[0, batch.lengths[0] :].tolist() == [0] * (batch.ids.shape[1] - batch.lengths[0])
