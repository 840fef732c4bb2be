"""The parser: exact positions, well-formed trees on any text, sentences it should get right."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evenhand.reading.syntax
from evenhand.errors import WeightsError
from evenhand.reading.syntax import Parser, default_parser, tokenize
from evenhand.reading.syntax.parser import WINDOW


def parse(text):
    (sentence,) = default_parser().parse(text, [(0, len(text))])
    return sentence


@given(st.text(max_size=400))
def test_tokens_are_exact_ordered_and_without_blanks(text):
    tokens = tokenize(text, (0, len(text)))
    assert all(text[t.start : t.end] == t.text and not any(c.isspace() for c in t.text) for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They didn't, can’t.", ["They", "did", "n't", ",", "ca", "n’t", "."]),
        ("U.S.-led Kurdish-held al-Qaida's 2OO", ["U.S.-led", "Kurdish-held", "al-Qaida", "'s", "2OO"]),
        ("20% of 90,000 on Jan. 3", ["20", "%", "of", "90,000", "on", "Jan.", "3"]),
    ],
)
def test_tokens(text, words):
    assert [t.text for t in tokenize(text, (0, len(text)))] == words


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab .,'\"killed the rebels of 12\n\u0627\U0001f600", max_size=900))
def test_trees_are_trees(text):
    for sentence in default_parser().parse(text, [(0, len(text))]):
        size = len(sentence.tokens)
        assert 0 < size <= WINDOW
        assert sum(h < 0 for h in sentence.heads) >= 1
        for i in range(size):
            assert len(list(zip(sentence.chain(i), range(size + 1), strict=False))) <= size


def test_passive_without_commas():
    s = parse("At least 11 civilians were killed on Sunday in air strikes on a market a monitor said.")
    killed = s.lower.index("killed")
    assert s.tokens[s.child(killed, "nsubj:pass")].text == "civilians"
    assert s.tokens[s.child(s.lower.index("strikes"), "compound")].text == "air"


def test_a_sentence_does_not_depend_on_its_neighbours():
    one, two = "Rebels shelled the town.", "The army took the bridge after heavy fighting."
    both = f"{one} {two}"
    together = default_parser().parse(both, [(0, len(one)), (len(one) + 1, len(both))])
    assert [s.heads for s in together] == [parse(one).heads, parse(two).heads]


def test_a_damaged_graph_is_refused(tmp_path):
    for held in Path(evenhand.reading.syntax.__file__).with_name("weights").iterdir():
        (tmp_path / held.name).write_bytes(held.read_bytes() if held.suffix != ".onnx" else b"no")
    with pytest.raises(WeightsError, match="reinstall"):
        Parser(tmp_path)


def test_many_short_sentences_beside_a_long_one_are_read_in_several_batches():
    long, short = "The army said it " + "never " * 90 + "left.", "Go. " * 500
    spans = [(0, len(long)), *((len(long) + 1 + 4 * i, len(long) + 4 + 4 * i) for i in range(500))]
    found = default_parser().parse(f"{long} {short}", spans)
    assert len(found) == 501
    assert {s.heads for s in found[1:]} == {found[1].heads}


def test_damaged_weights_are_refused(tmp_path):
    (tmp_path / "words.json").write_text("{}")
    (tmp_path / "parser.npz").write_bytes(b"no")
    for name in ("trees", "relations"):
        (tmp_path / f"{name}.onnx").write_bytes(b"no")
    with pytest.raises(WeightsError, match="reinstall"):
        Parser(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syrian troops shelled Turkish positions near Iraq.", "Turkish troops shelled Syrian positions near Iran."),
        (
            "Militants of the ABC killed six Russian-backed fighters.",
            "Militants of the XYZ killed six Iranian-backed fighters.",
        ),
    ],
)
def test_the_tree_does_not_depend_on_whose_forces_it_is_about(one, other):
    a, b = parse(one), parse(other)
    assert (a.tags, a.heads, a.relations) == (b.tags, b.heads, b.relations)


def test_a_sentence_in_capitals_is_read_like_one_in_small_letters():
    loud, quiet = parse("REBELS KILLED SIX SOLDIERS IN THE TOWN."), parse("rebels killed six soldiers in the town.")
    assert (loud.heads, loud.relations) == (quiet.heads, quiet.relations)
