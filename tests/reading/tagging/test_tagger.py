import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading.tagging.labels import NAME_KINDS
from evenhand.reading.tagging.spans import trim, trim_content
from evenhand.reading.tagging.tagger import Tagger
from evenhand.reading.tagging.weights import PACKAGED

pytestmark = pytest.mark.skipif(not (PACKAGED / "network.onnx").exists(), reason="the trained weights are not here")

REPORT = """HARBOUR CITY, May 4. /Wire/. The bridge was closed on Monday, the port authority said in a statement.

"We hope that the bridge opens soon," Nadia Fawzi, a spokeswoman for the authority, told reporters. "The work goes on."

The mayor denied that the bridge had been hit. According to local residents, three people were wounded.
"""
PARTS = [
    "he said",
    "“",
    "”",
    '"',
    " ",
    "\n\n",
    "according to",
    "Maria",
    ", ",
    ".",
    "that",
    "\x00",
    "\ud800",
    "🙂",
    "قال",
    "U.S.",
    "é",
]


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


def check(text, tagged):
    for i, one in enumerate(tagged.attributions):
        assert one.content
        for span in (*one.content, *(s for s in (one.cue, one.source) if s)):
            assert 0 <= span[0] < span[1] <= len(text)
            assert trim(text, span) == span
        assert all(trim_content(text, span) == span for span in one.content)
        assert all(a[1] <= b[0] for a, b in zip(one.content, one.content[1:], strict=False))
        assert one.parent is None or 0 <= one.parent < i
        assert 0 <= one.confidence <= 1
        assert 0 <= one.polarity <= 1
    ends = 0
    for name in tagged.names:
        assert ends <= name.span[0] < name.span[1] <= len(text)
        assert name.kind in NAME_KINDS
        ends = name.span[1]


def test_a_report_is_read(tagger):
    tagged = tagger.tag(REPORT)
    check(REPORT, tagged)
    found = {REPORT[slice(*a.content[0])]: a for a in tagged.attributions}
    said = found["The bridge was closed on Monday"]
    assert REPORT[slice(*said.source)] == "the port authority"
    assert REPORT[slice(*said.cue)].startswith("said")
    assert REPORT[slice(*found["three people were wounded"].source)] == "local residents"


def test_a_nested_statement_has_its_holder_as_parent(tagger):
    text = "The state agency quoted a military source as saying that two villages had been taken by the army.\n"
    tagged = tagger.tag(text)
    inner = [a for a in tagged.attributions if a.parent is not None]
    assert [text[slice(*a.source)] for a in inner] == ["a military source"]
    outer = tagged.attributions[inner[0].parent]
    assert text[slice(*outer.source)] == "The state agency"


def test_a_denial_is_told_from_a_statement(tagger):
    text = "The ministry denied that the market was hit. The ministry said that the market was hit."
    by_cue = {text[slice(*a.cue)]: a.polarity for a in tagger.tag(text).attributions if a.cue}
    assert by_cue["denied"] > 0.5 > by_cue["said"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=12)), max_size=30))
def test_any_text_gives_exact_spans(parts):
    text = "".join(parts)
    check(text, TAGGER.tag(text))


TAGGER = Tagger.load() if (PACKAGED / "network.onnx").exists() else None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "\ud800\udfff",
        " \n\n ",
        "a" * 100_000,
        '"' * 3_000,
        "said " * 3_000,
        "👩‍👩‍👧" * 500,
        "قال الوزير " * 400,
        "“«" * 2_000,
    ],
    ids=["empty", "nul", "surrogates", "blank", "one word", "quotes", "cues", "emoji", "right to left", "opening"],
)
def test_hostile_texts_are_read(tagger, text):
    check(text, tagger.tag(text))


def test_the_same_text_reads_the_same_whatever_stands_around_it(tagger):
    alone = tagger.tag(REPORT)
    texts = [REPORT, "Short.", REPORT * 3, "“" * 40, REPORT]
    random.Random(1).shuffle(texts)
    for text in texts:
        tagged = tagger.tag(text)
        if text == REPORT:
            assert tagged == alone
    assert Tagger.load(threads=2).tag(REPORT) == alone


def test_swapped_speakers_are_read_alike(tagger):
    text = "The {} army said on Sunday that three villages had been shelled. The {} army denied the claim."
    shapes = set()
    for first, second in (("Syrian", "Turkish"), ("Turkish", "Syrian"), ("Russian", "Ukrainian"), ("Israeli", "Iraqi")):
        words = text.format(first, second)
        found = tagger.tag(words).attributions
        shapes.add(tuple((words[slice(*a.cue)] if a.cue else None, len(a.content), a.parent) for a in found))
    assert len(shapes) == 1
