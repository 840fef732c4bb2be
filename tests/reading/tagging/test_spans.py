import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading.tagging.spans import trim, trim_content


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" “The road is open,” ", "The road is open"),
        ("that the road is open.", "the road is open"),
        ("That convoy was late.", "That convoy was late"),
        ("troops of the U.S.", "troops of the U.S."),
        ("'all is calm'", "all is calm"),
        ("the mayors' houses", "the mayors' houses"),
        (": “Stay away!”", "Stay away!"),
        ("“that”", "that"),
        ('said "we are" there', 'said "we are" there'),
    ],
)
def test_a_content_begins_and_ends_as_the_ledger_says(text, kept):
    span = trim_content(text, (0, len(text)))
    assert span is not None
    assert text[slice(*span)] == kept


def test_nothing_is_left_of_marks_alone():
    assert trim("a “,” b", (2, 5)) is None
    assert trim_content(" ... ", (0, 5)) is None


@given(st.text(alphabet=" ,.\"“”'’:thaTx\n\u00a0", max_size=40), st.data())
def test_trimming_stays_inside_and_is_done_at_once(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for narrow in (trim, trim_content):
        span = narrow(text, (start, end))
        if span is not None:
            assert start <= span[0] < span[1] <= end
            assert narrow(text, span) == span
