import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.model.dates import LITERAL, find_literals, headline_date


def read(text):
    return [(text[slice(*d.span)], d.year, d.month, d.day) for d in find_literals(text) if not d.reason]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on December 27, 2016 and", ("December 27, 2016", 2016, 12, 27)),
        ("December 27 2016 rebels", ("December 27 2016", 2016, 12, 27)),
        ("27 December 2016", ("27 December 2016", 2016, 12, 27)),
        ("the 27th of December, 2016", ("27th of December, 2016", 2016, 12, 27)),
        ("on Dec. 6th, troops", ("Dec. 6th", None, 12, 6)),
        ("27-Dec-2016", ("27-Dec-2016", 2016, 12, 27)),
        ("27-Dec-16", ("27-Dec-16", 2016, 12, 27)),
        ("2016-12-27T10:00", ("2016-12-27", 2016, 12, 27)),
        ("18-07-2015 Militants", ("18-07-2015", 2015, 7, 18)),
        ("11.10.2017(updated", ("11.10.2017", 2017, 10, 11)),
        ("13/6/2016", ("13/6/2016", 2016, 6, 13)),
        ("6/13/2016", ("6/13/2016", 2016, 6, 13)),
        ("Apr 232017 An attack", ("Apr 232017", 2017, 4, 23)),
        ("in March 2016", ("March 2016", 2016, 3, None)),
        ("ON 3 JANUARY 1990", ("3 JANUARY 1990", 1990, 1, 3)),
        ("OSTBURG, 16 SEP 89 (TAP) --", ("16 SEP 89", 1989, 9, 16)),
        ("on 16 September 89 people died", ("16 September", None, 9, 16)),
        ("September 1 , 2015", ("September 1 , 2015", 2015, 9, 1)),
    ],
)
def test_a_printed_date_is_read(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["31 February 2016", "February 30, 2016", "31-06-2016", "5/6/2016", "December 22, 99999", "29 February 2015"],
)
def test_an_impossible_or_open_date_is_found_with_a_reason_and_no_day(text):
    (literal,) = find_literals(text)
    assert literal.reason
    assert literal.as_date() is None


@pytest.mark.parametrize(
    "text", ["they may 5 times", "7.5 March", "march 12 miles", "mark 7", "Sunday", "0x2016-12-27"]
)
def test_other_words_are_no_dates(text):
    assert read(text) == []


def test_a_number_of_people_after_a_day_is_no_year():
    assert read("On August 10 2000 people fled") == [("August 10", None, 8, 10)]


def test_a_year_of_two_figures_behind_dots_or_an_apostrophe():
    assert read("Ostburg, 16.12.99. Yesterday") == [("16.12.99", 1999, 12, 16)]
    assert read("Westburg / 7 Aug.'08 - Two") == [("7 Aug.'08", 2008, 8, 7)]
    assert read("at 12.30.45, file 99.12.16, 5.12.99 and 16.13.99") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" date 2016-12-27 OSTBURG, December 27. /TAP/.", date(2016, 12, 27)),
        ("Thu Feb 26 2015 Militia begins", date(2015, 2, 26)),
        ("Date of publication 19 October 2016 A spokesman", date(2016, 10, 19)),
        ("Published on 12 March 2016 by staff", date(2016, 3, 12)),
        ("Market hit Monitor Sunday 8 Oct 2017 At least 11", date(2017, 10, 8)),
        ("On 5 March 2014 rebels took the town", None),
        ("The truce of March 5, 2014 failed", None),
        ("Since 5 March 2014 the road is shut", None),
        ("No date at all", None),
        ("5/6/2016 A town", None),
    ],
)
def test_the_date_line_of_a_text(text, expected):
    found = headline_date(text)
    assert (found[0] if found else None) == expected


@given(st.text(alphabet=string.ascii_letters[:8] + string.digits + " .,/-" + "Deco", max_size=80))
def test_spans_are_exact_and_in_order(text):
    at = 0
    for literal in find_literals(text):
        start, end = literal.span
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_comes_back_from_its_written_forms(day):
    for pattern in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%b-%Y"):
        (literal,) = find_literals(day.strftime(pattern))
        assert literal.as_date() == day


@pytest.mark.parametrize("unit", ["1-", "1.", "December ", "Dec. 1", "2016-", "9" * 50 + " ", "May of ", "1 of "])
def test_hostile_text_is_read_to_its_end(unit):
    assert list(find_literals(unit * (400_000 // len(unit)))) == []


_BITS = st.sampled_from(
    ["January", "Jan.", "MARCH", "may", "Sept", " ", ", ", "the ", "of ", "1", "12", "2016", "99", "st", "-", "/", ".",
     "$", "\n", "x", "2000 people", "Oct", "٣"]
)  # fmt: skip


@given(st.lists(_BITS, max_size=14).map("".join), st.integers(0, 20), st.integers(0, 60))
def test_looking_only_where_figures_stand_misses_no_date(text, start, size):
    end = min(len(text), start + size)
    found = [literal.span[0] for literal in find_literals(text, start, end)]
    assert found == [match.start() for match in LITERAL.finditer(text, start, end)]
