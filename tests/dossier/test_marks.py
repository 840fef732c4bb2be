"""Marking never changes the words: with the tags taken off, the text is the text."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from evenhand.dossier import marks
from evenhand.model.reading import Claim, Quantity, Statement
from tests.fakes import a_reading

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'\n\u202e“”"), min_size=1, max_size=80
)


@st.composite
def readings(draw):
    text = draw(TEXTS)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda s: s[0] < s[1])
    reading = a_reading(text)
    said = tuple(
        Statement(id=f"s{n}", kind="direct", content=tuple(contents), source=source, cue=cue, parent=parent)
        for n, (contents, source, cue, parent) in enumerate(
            draw(st.lists(st.tuples(st.lists(spans, min_size=1, max_size=3), spans | st.none(), spans | st.none(),
                                    st.sampled_from(["s0", "s1", "s9", None])), max_size=4))
        )
    )  # fmt: skip
    claims = tuple(
        Claim(id=f"c{n}", type="killing", trigger=trigger, quantities=(Quantity(role="killed", span=q, op="="),))
        for n, (trigger, q) in enumerate(draw(st.lists(st.tuples(spans, spans), max_size=3)))
    )
    return type(reading)(software=reading.software, report=reading.report, statements=said, claims=claims)


@given(readings())
def test_without_its_tags_the_marked_text_is_the_text(reading):
    shown = str(marks.marked(reading))
    bare = re.sub(r'<a class="ref[^>]*>[^<]*</a>', "", shown)
    bare = re.sub(r'<span class="control"[^>]*>U\+([0-9A-F]+)</span>', lambda m: chr(int(m[1], 16)), bare)
    assert html.unescape(re.sub(r"<[^>]+>", "", bare)) == reading.report.text


@given(readings())
def test_every_statement_and_claim_has_one_anchor(reading):
    shown = str(marks.marked(reading))
    for item in (*reading.statements, *reading.claims):
        assert shown.count(f'id="w-{reading.report.id}-{item.id}"') == 1
