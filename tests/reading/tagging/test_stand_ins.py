from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.model.profile import Organ, Outlet, Party, Person, Profile
from evenhand.reading.tagging.pieces import FIRST_CLASS, Splitter
from evenhand.reading.tagging.stand_ins import CLASSES, KnownNames, StandIn, within
from evenhand.reading.tagging.tagger import Tagger
from evenhand.reading.tagging.weights import PACKAGED


def party(land, adjective, seat, person):
    army = Organ(id="army", name=f"{adjective} Army", kind="army", source="x")
    chief = Person(name=person, office="president", source="x")
    return Party(
        id=land.lower(), name=f"the {adjective} government", kind="government", source="x", names=(land,),
        adjectives=(adjective,), seats=(seat,), organs=(army,), persons=(chief,),
    )  # fmt: skip


PROFILE = Profile(
    outlets=(Outlet(id="vna", name="VNA", kind="wire", source="x", names=("/VNA/", "Varda News Agency")),),
    parties=(party("Varda", "Vardan", "Port Lis", "Ana Tarkov"), party("Kessary", "Kessarian", "Old Mill", "Bo Power")),
)
KNOWN = KnownNames(PROFILE, lambda word: word == "power")


def found(text):
    return [(text[slice(*one.span)], one.kind) for one in KNOWN.find(text)]


def test_a_name_is_found_whole_and_told_by_its_grammar_only():
    text = "PORT LIS, May 1. /VNA/. The Vardan Army hit Kessary, Ana Tarkov said; Tarkov met Vardans and Kessarian-led men."
    assert found(text) == [
        ("PORT LIS", "name"), ("VNA", "name"), ("Vardan Army", "name"), ("Kessary", "name"), ("Ana Tarkov", "person"),
        ("Tarkov", "person"), ("Vardans", "people"), ("Kessarian", "adjective"),
    ]  # fmt: skip


def test_a_name_within_a_word_or_in_small_letters_is_none():
    assert found("Vardania, preVarda, Varda_x, the vardan army") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Power was cut.", 0),  # the word
        ("Power was cut. Then Bo Power spoke.", 2),  # the text names the man
        ("Power was cut, said President Power.", 1 + 1),  # a capital in mid-sentence shows him
    ],
)
def test_a_surname_that_is_a_word_needs_a_sign(text, count):
    assert len(found(text)) == count


@given(st.text(alphabet="Vard an_PortLis.-'\n", max_size=200), st.integers(0, 100), st.integers(0, 100))
@settings(deadline=None)
def test_names_are_exact_in_order_and_keep_within_a_stretch(text, start, length):
    names = KNOWN.find(text)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(names))
    assert all(0 <= one.span[0] < one.span[1] <= len(text) for one in names)
    inside = within(names, start, start + length)
    assert [(s + start, e + start) for s, e in (one.span for one in inside)] == [
        one.span for one in names if start <= one.span[0] and one.span[1] <= start + length
    ]


def test_a_stand_in_is_one_piece_on_the_whole_name():
    splitter = Splitter(PACKAGED / "vocabulary.json")
    text = "The Vardan Army said it left."
    pieces = splitter.split(text, KNOWN.find(text))
    words = [text[s:e] for s, e in zip(pieces.starts, pieces.ends, strict=True)]
    assert words == ["The", "Vardan Army", "said", "it", "left", "."]
    assert pieces.ids[1] == FIRST_CLASS + CLASSES.index("name")
    assert pieces.features[1].tolist() == [1, 0, 0]


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=5))
@settings(deadline=None)
def test_any_stand_ins_leave_pieces_in_order(text, raw):
    splitter = Splitter(PACKAGED / "vocabulary.json")
    names, at = [], 0
    for gap, length in raw:
        start, end = at + gap, min(at + gap + length, len(text))
        if start < end:
            names.append(StandIn((start, end), "name"))
            at = end
    pieces = splitter.split(text, names)
    assert all(a <= b for a, b in pairwise(pieces.starts.tolist()))
    assert (pieces.ends > pieces.starts).all()


def test_two_parties_are_read_as_the_same_pieces():
    tagger = Tagger.load()
    text = "{0} denied on Sunday that the {1} Army had shelled {2}, {3} told {4} reporters."
    one = text.format("Varda", "Kessarian", "Old Mill", "Ana Tarkov", "Kessarian")
    other = text.format("Kessary", "Vardan", "Port Lis", "Bo Power", "Vardan")
    marks = []
    for words in (one, other):
        tagged = tagger.tag(words, KNOWN.find(words))
        marks.append([
            [words[slice(*s)].split()[-1] for s in (*a.content, *filter(None, (a.cue, a.source)))] + [a.confidence]
            for a in tagged.attributions
        ])  # fmt: skip
        assert tagged.attributions
    renamed = {"Varda": "Kessary", "Tarkov": "Power", "Mill": "Lis", "Kessarian": "Vardan"}
    assert [[renamed.get(word, word) for word in mark] for mark in marks[0]] == marks[1]
