import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading import quotations

MARKS = st.text(alphabet=st.sampled_from("ab A.,\"'“”‘’„«»\n ( s"), max_size=200)


def quoted(text):
    return [[text[s:e] for s, e in q.segments] for q in quotations.find(text).outermost]


def test_straight_marks_and_apostrophes():
    assert quoted('"We don\'t know the rebels\' aim," he said. "None."') == [
        ["We don't know the rebels' aim,"],
        ["None."],
    ]


def test_each_paragraph_repeats_the_opening_mark():
    text = "He said:\n“One.\n\n“Two.\n\n“Three.” Then he left."
    assert quoted(text) == [["One.", "Two.", "Three."]]


def test_a_quotation_in_a_quotation():
    found = quotations.find("“They said ‘no’ and left.”").all
    assert [(q.depth, q.closed) for q in found] == [(0, True), (1, True)]


def test_unclosed_mark_ends_with_its_paragraph():
    assert quoted('He said "we go. And left.\n\nThe rest "stayed" there.') == [["we go. And left."], ["stayed"]]


def test_unclosed_mark_ends_with_its_sentence_where_there_are_no_paragraphs():
    assert quoted('He said "we go. The rest "stayed" there.') == [["we go."], ["stayed"]]


def test_low_and_angle_marks():
    assert quoted("„Eins“ und «deux» und »drei«") == [["Eins"], ["deux"], ["drei"]]


def test_mixed_marks_of_one_family_close_each_other():
    assert quoted('“SDF forces moved on." He left.') == [["SDF forces moved on."]]


def test_years_are_no_quotations():
    assert quoted("In the '90s the rebels' line held.") == []


@given(MARKS)
def test_every_span_is_exact_and_within_the_text(text):
    found = quotations.find(text)
    for q in found.all:
        assert 0 <= q.outer[0] < q.outer[1] <= len(text)
        for s, e in q.segments:
            assert q.outer[0] < s < e <= q.outer[1] and text[s:e].strip() == text[s:e]
    for at in range(len(text)):
        found.at(at)


@pytest.mark.parametrize(
    ("unit", "count"), [('"a ', 60_000), ("“a", 60_000), ("'a ", 0), ("a' ", 0), ('"\n', 0), ("„“", 0)]
)
def test_hostile_text_is_read_to_its_end(unit, count):
    assert len(quotations.find(unit * 60_000).all) == count
