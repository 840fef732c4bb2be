import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading import sentences

MIXED = st.text(alphabet=st.sampled_from("Ab c.!?…\"”“'\n \t1U.S.Gen.مر،。"), max_size=300)


def parts(text):
    return [text[s:e] for s, e in sentences.split(text)]


def test_dateline_and_agency_stay_whole():
    text = "VARDA, December 27. /TAP/. The army left Ost. It went north."
    assert parts(text)[-2:] == ["The army left Ost.", "It went north."]


def test_titles_initials_and_abbreviations_end_nothing():
    text = "Maj. Gen. J. P. Orr of the U.S. Army met Mr. Lind on Jan. 3 at 5 p.m. near St. Anne. He left."
    assert parts(text) == [text[:-9], "He left."]


def test_abbreviation_before_a_word_that_begins_sentences():
    assert parts("They fled to the U.S. The rest stayed.") == ["They fled to the U.S.", "The rest stayed."]


def test_quotation_marks_close_with_the_sentence():
    assert parts('"We left." He wept. "Why?" Lind asked.') == ['"We left."', "He wept.", '"Why?" Lind asked.']


def test_paragraphs_headlines_and_wrapped_lines():
    text = "Army leaves Ost\n\nThe army left the town\nof Ost on Sunday.\nRaqa in Next Phase\nElsewhere it went on."
    assert parts(text) == [
        "Army leaves Ost",
        "The army left the town\nof Ost on Sunday.",
        "Raqa in Next Phase",
        "Elsewhere it went on.",
    ]


def test_a_lost_blank_between_sentences():
    assert parts("They fled to Ost.The rest stayed.") == ["They fled to Ost.", "The rest stayed."]


@given(MIXED)
def test_spans_are_ordered_disjoint_and_cover_all_that_is_not_blank(text):
    spans = sentences.split(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace() and not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(("unit", "count"), [(".", 1), ("A. ", 66_666), ('"', 1), ("\n", 0), ("a\n", 1), ("[1]", 1)])
def test_hostile_text_is_read_to_its_end(unit, count):
    assert len(sentences.split(unit * (200_000 // len(unit)))) == count
