import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading.tagging.pieces import WINDOW, Splitter, windows
from evenhand.reading.tagging.stand_ins import StandIn
from evenhand.reading.tagging.weights import PACKAGED


@pytest.fixture(scope="module")
def splitter():
    return Splitter(PACKAGED / "vocabulary.json")


def test_pieces_stand_where_their_words_stand(splitter):
    text = "Zürich’s mayor said:\n“Café closed.”"
    pieces = splitter.split(text)
    words = [text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)]
    assert "".join(words) == "".join(text.split())


def test_features_tell_case_quotation_and_what_stands_before(splitter):
    text = 'NATO said "we came".\n\nHe left. Then 3 men came'
    pieces = splitter.split(text)
    seen = {text[s:e]: f for s, e, f in zip(pieces.starts, pieces.ends, pieces.features.tolist(), strict=True)}
    assert seen["NATO"] == [2, 0, 0]
    assert seen["we"] == [0, 1, 0]
    assert seen["He"] == [1, 0, 2]
    assert seen["Then"] == [1, 0, 1]
    assert seen["3"][0] == 3
    marks = [f[1] for s, f in zip(pieces.starts, pieces.features.tolist(), strict=True) if text[s] == '"']
    assert marks == [2, 3]


def test_an_unclosed_quotation_ends_with_its_line(splitter):
    text = '"It went on\nThe mayor left'
    pieces = splitter.split(text)
    assert pieces.features[pieces.starts >= text.index("The"), 1].tolist() == [0, 0, 0]


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_split_with_offsets_in_order(text):
    splitter = Splitter(PACKAGED / "vocabulary.json")
    pieces = splitter.split(text)
    assert (pieces.starts >= 0).all()
    assert (pieces.ends <= len(text)).all()
    assert (pieces.ends > pieces.starts).all()
    assert (np.diff(pieces.starts) >= 0).all()


@pytest.mark.parametrize("unit", ["word ", "A sentence here. ", "A paragraph of words.\n\n", "x.\n"])
def test_windows_cover_everything_once_and_fit(splitter, unit):
    pieces = splitter.split(unit * 700)
    found = windows(pieces)
    assert found[0][0] == 0
    assert found[-1][1] == len(pieces)
    assert all(a[1] == b[0] for a, b in itertools.pairwise(found))
    assert all(0 < e - s <= WINDOW - 2 for s, e in found)


def test_windows_are_cut_where_a_paragraph_begins(splitter):
    text = ("word " * 100 + "end.\n\n") * 4
    pieces = splitter.split(text)
    assert all(text[: pieces.starts[s]].endswith("\n\n") for s, _ in windows(pieces)[1:])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" \n\t\r\u00a0\u2028aBé.”[]\u0301漢"))))
def test_cutting_at_blanks_gives_the_pieces_of_the_whole_text(splitter, text):
    pieces = splitter.split(text)
    readable = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    whole = splitter._tokenizer.encode(readable, add_special_tokens=False)
    expected = [(i, *span) for i, span in zip(whole.ids, whole.offsets, strict=True) if span[0] < span[1]]
    assert [*zip(pieces.ids.tolist(), pieces.starts.tolist(), pieces.ends.tolist(), strict=True)] == expected


def test_a_stand_in_is_one_piece_with_what_stands_around_it(splitter):
    text = 'He said "the Free Xian Army. left". It did'
    start = text.index("Free")
    pieces = splitter.split(text, [StandIn((start, start + len("Free Xian Army.")), "name")])
    seen = {text[s:e]: f for s, e, f in zip(pieces.starts, pieces.ends, pieces.features.tolist(), strict=True)}
    assert seen["Free Xian Army."] == [1, 1, 0]
    assert seen["left"] == [0, 1, 1]
    assert seen["It"] == [1, 0, 1]
