"""Exchanging names: twice gives the words back, and every position has its place on the other side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.audit.alignment import Alignment, Piece
from evenhand.audit.exchange import Exchange
from evenhand.audit.worlds import ExchangedGazetteer
from evenhand.reading.places import Gazetteer


def exchange(**pairs: str) -> Exchange:
    table = {one.replace("_", " "): other for one, other in pairs.items()}
    table |= {other: one for one, other in table.items()}
    return Exchange(("a", "b"), table, {"a": "b", "b": "a"}, {"AA": "BB", "BB": "AA"})


PLAIN = exchange(
    Orlin="Tessaly", Orlinian="Tessalian", ORLIN="TESSALY", Orlinian_News="Tessalian Press Office", ON="TPO"
)
# names made to make other names with their neighbours
AWKWARD = exchange(Foo="Bar", Bar_Nil="Qux", Baz="Zip Foo", Foo_Foo="Bar Qux")
WORDS = st.sampled_from(
    ["Orlin", "Orlinian", "Tessaly", "Tessalian", "Orlinian News", "Tessalian Press Office", "ON", "TPO", "ORLIN",
     "Foo", "Bar", "Baz", "Bar Nil", "Nil", "Qux", "Zip", "Foo Foo", "Bar Qux", "Orlins", "xFoo", "the", "’s", "'s", ",", "\n"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=30).flatmap(
    lambda parts: st.sampled_from([" ", "", "-"]).map(lambda gap: gap.join(parts))
)


@given(TEXTS)
def test_twice_gives_the_text_back(text):
    once = PLAIN.swap(text)
    if not once.held:
        assert PLAIN.text(once.text) == text


@given(TEXTS, st.sampled_from([PLAIN, AWKWARD]))
def test_the_alignment_gives_the_text_back_whatever_was_held(text, of):
    once = of.swap(text)
    parts, at = [], 0
    for piece in once.alignment.pieces:
        parts += [once.text[at : piece.after[0]], text[slice(*piece.before)]]
        assert of.names[text[slice(*piece.before)]] == once.text[slice(*piece.after)]
        at = piece.after[1]
    assert "".join([*parts, once.text[at:]]) == text


@given(TEXTS)
def test_names_that_would_make_others_are_held_and_the_rest_comes_back(text):
    once = AWKWARD.swap(text)
    if not once.held:
        assert AWKWARD.text(once.text) == text


@given(TEXTS, st.data(), st.sampled_from([PLAIN, AWKWARD]))
def test_spans_map_there_and_back_exactly(text, data, of):
    alignment = of.swap(text).alignment
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = (start, end)
    wide = alignment.widened(span)
    assert wide[0] <= start
    assert end <= wide[1]
    assert alignment.widened(wide) == wide
    assert alignment.there(wide) == alignment.there(span)
    if not any(p.before[0] < at < p.before[1] for p in alignment.pieces for at in span):
        assert wide == span


@given(TEXTS, st.sampled_from([PLAIN, AWKWARD]))
def test_words_outside_names_are_the_same_words(text, of):
    once = of.swap(text)
    edges = [0, *(at for piece in once.alignment.pieces for at in piece.before), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        there = once.alignment.there((start, end))
        if start < end:
            assert once.text[slice(*there)] == text[start:end]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Orlin’s army, the Orlinians.", "Tessaly’s army, the Orlinians."),
        ("ORLIN, May 3 (Orlinian News)", "TESSALY, May 3 (Tessalian Press Office)"),
        ("Orlinian-held, non-Orlinian", "Tessalian-held, non-Tessalian"),
        ("Orlinists and preOrlin", "Orlinists and preOrlin"),
    ],
)
def test_whole_words_the_longest_first(text, other):
    assert PLAIN.text(text) == other


def test_what_makes_another_name_with_its_neighbour_is_held():
    once = AWKWARD.swap("Foo Nil and Foo")
    assert (once.text, once.held) == ("Foo Nil and Bar", ((0, 3),))
    assert AWKWARD.swap("Foo went").text == "Bar went"


def test_a_name_kept_as_it_is_keeps_the_names_within():
    kept = Exchange(("a", "b"), {"Orlin": "Tessaly", "Tessaly": "Orlin", "Bank of Orlin": "Bank of Orlin"}, {})
    assert kept.text("the Bank of Orlin in Orlin") == "the Bank of Orlin in Tessaly"


def test_ids_and_words_and_countries():
    assert PLAIN.word("a") == "b"
    assert PLAIN.word("outlet:a") == "outlet:b"
    assert PLAIN.word("unnamed: an Orlinian source") == "unnamed: a Tessalian source".replace("a T", "an T")
    assert PLAIN.word("Orlinian army") == "Tessalian army"
    assert PLAIN.word("unnamed: orlinian army") == "unnamed: tessalian army", "a group's label has no capitals"
    assert PLAIN.word("orlin") == "orlin", "an id that no table holds stays"
    assert PLAIN.id(None) is None
    assert PLAIN.country("AA") == "BB"


def test_an_empty_table_changes_nothing():
    assert Exchange(("a", "b"), {}, {}).swap("Orlin").text == "Orlin"


def test_hostile_text_is_read_to_its_end():
    text = "Foo Nil Bar Nil " * 20_000
    once = AWKWARD.text(text)
    assert once != text
    assert AWKWARD.text(once) == text


def test_positions_within_a_name_are_widened_to_its_edges():
    alignment = Alignment((Piece((4, 9), (4, 6)), Piece((12, 15), (9, 15))))
    assert alignment.there((0, 4)) == (0, 4)
    assert alignment.there((5, 8)) == (4, 6)
    assert alignment.back((10, 11)) == (12, 15)
    assert alignment.there((9, 12)) == (6, 9)
    assert alignment.there((15, 20)) == (15, 20)
    assert [piece.before for piece in alignment.within((8, 12))] == [(4, 9)]


def test_the_exchanged_gazetteer_answers_every_question_itself():
    asked = {name for name, what in vars(Gazetteer).items() if callable(what) and not name.startswith("_")}
    assert asked - {"close", "sources"} <= vars(ExchangedGazetteer).keys()
