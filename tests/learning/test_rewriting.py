import random

from hypothesis import given
from hypothesis import strategies as st

from evenhand.learning.corpora import Example, Said
from evenhand.learning.rewriting import one_line, rewrite, strip, swap_names, upper_headline

TEXT = "Calm, says mayor\n\n“It’s over,” Ana Lind, the mayor, said in Varda.\n\nShe left."


def at(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


EXAMPLE = Example(
    "a",
    TEXT,
    outer=(Said((at("It’s over"),), at("said"), at("Ana Lind, the mayor")),),
    inner=(),
    silver=((*at("Ana Lind"), "person"), (*at("Varda"), "place")),
)


def words(example):
    (one,) = example.outer
    return [example.text[slice(*s)] for s in (*one.content, one.cue, one.source)]


def test_stripping_keeps_every_span_on_its_words():
    assert words(strip(EXAMPLE, random.Random(1))) == ["Its over", "said", "Ana Lind the mayor"]


def test_one_line_has_no_line_ends():
    joined = one_line(EXAMPLE)
    assert "\n" not in joined.text
    assert words(joined) == words(EXAMPLE)


def test_a_headline_goes_upper_case_alone():
    assert upper_headline(EXAMPLE).text.startswith("CALM, SAYS MAYOR\n\n“It’s")


def test_a_swapped_name_takes_the_spans_that_hold_it_along():
    swapped = swap_names(EXAMPLE, {"first": ["Omar"], "last": ["Haddad"], "place": ["Ost"]}, random.Random(1))
    assert words(swapped) == ["It’s over", "said", "Omar Haddad, the mayor"]
    assert swapped.text[slice(*swapped.silver[1][:2])] == "Ost"


@given(st.data())
def test_spans_outside_the_edits_keep_their_words(data):
    text = data.draw(st.text(alphabet="abc ,'", min_size=4, max_size=40))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    places = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), max_size=6)))
    edits = [(p, p + 1, data.draw(st.sampled_from(["", "X", "YYY"]))) for p in places]
    example = rewrite(Example("a", text, outer=(Said(((start, end),), None, None),)), edits)
    pieces = [{p: new for p, _, new in edits}.get(i, text[i]) for i in range(start, end)]
    kept = [example.text[slice(*s)] for one in example.outer for s in one.content]
    assert kept == ([("".join(pieces))] if "".join(pieces) else [])
