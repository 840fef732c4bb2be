import string
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading.times import dated_spans, find, precision_of

TUESDAY = date(2016, 12, 27)


def days(text, published=TUESDAY, **more):
    return [(str(m.start), str(m.end)) for m in find(text, published=published, **more)]


def one(text, published=TUESDAY, **more):
    (mention,) = find(text, published=published, **more)
    return mention


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("told a briefing on Tuesday", "2016-12-27", "2016-12-27"),
        ("on Wednesday", "2016-12-21", "2016-12-21"),
        ("late Monday", "2016-12-26", "2016-12-26"),
        ("early on Sunday", "2016-12-25", "2016-12-25"),
        ("last Tuesday", "2016-12-20", "2016-12-20"),
        ("Mondays raids took place", "2016-12-26", "2016-12-26"),
        ("On December 22, troops", "2016-12-22", "2016-12-22"),
        ("on December 27", "2016-12-27", "2016-12-27"),
        ("on 28 November", "2016-11-28", "2016-11-28"),
        ("on 3 March", "2016-03-03", "2016-03-03"),
        ("today", "2016-12-27", "2016-12-27"),
        ("yesterday morning", "2016-12-26", "2016-12-26"),
        ("the day before yesterday", "2016-12-25", "2016-12-25"),
        ("overnight", "2016-12-26", "2016-12-27"),
        ("last week", "2016-12-19", "2016-12-25"),
        ("earlier this month", "2016-12-01", "2016-12-27"),
        ("late last month", "2016-11-21", "2016-11-30"),
        ("in the last three days", "2016-12-24", "2016-12-27"),
        ("over the past 24 hours", "2016-12-26", "2016-12-27"),
        ("three days ago", "2016-12-24", "2016-12-24"),
        ("two years ago", "2014-01-01", "2014-12-31"),
        ("several years ago", "2007-01-01", "2013-12-31"),
        ("said on the eve", "2016-12-26", "2016-12-26"),
        ("last year", "2015-01-01", "2015-12-31"),
        ("last summer", "2016-06-01", "2016-08-31"),
        ("the summer of 2012", "2012-06-01", "2012-08-31"),
        ("early October", "2016-10-01", "2016-10-10"),
        ("mid-2015", "2015-05-02", "2015-08-30"),
        ("the end of 2015", "2015-12-01", "2015-12-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("the first week of October", "2016-10-01", "2016-10-07"),
        ("the last two months of 2015", "2015-11-01", "2015-12-31"),
        ("the second half of 2008", "2008-07-01", "2008-12-31"),
        ("over the weekend", "2016-12-24", "2016-12-25"),
        ("in August", "2016-08-01", "2016-08-31"),
        ("in Sept alone", "2016-09-01", "2016-09-30"),
        ("9/11", "2001-09-11", "2001-09-11"),
    ],
)
def test_wording_is_counted_from_the_report(text, start, end):
    assert (start, end) in days(text)


def test_a_month_still_running_ends_with_the_report():
    assert days("shelling in August", date(2016, 8, 13)) == [("2016-08-01", "2016-08-13")]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("between 10 and 15 October", "2016-10-10", "2016-10-15"),
        ("October 10–15", "2016-10-10", "2016-10-15"),
        ("October 10-15, 2014", "2014-10-10", "2014-10-15"),
        ("from March to May 2016", "2016-03-01", "2016-05-31"),
        ("from November to February 2016", "2015-11-01", "2016-02-29"),
        ("on Friday and Saturday", "2016-12-23", "2016-12-24"),
        ("2011-2013", "2011-01-01", "2013-12-31"),
        ("1914-18", "1914-01-01", "1918-12-31"),
    ],
)
def test_ranges_and_lists_are_one_mention_with_parts(text, start, end):
    mention = one(text)
    assert (str(mention.start), str(mention.end)) == (start, end)
    assert len(mention.parts) >= 2


def test_a_range_does_not_cross_a_sentence():
    text = "It fell on Friday and. Saturday was calm"
    assert all(not m.parts for m in find(text, published=TUESDAY, sentences=[(0, 22), (23, len(text))]))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since Monday", "2016-12-26", "2016-12-27"),
        ("since late last week", "2016-12-22", "2016-12-27"),
        ("until Friday", "None", "2016-12-23"),
        ("before Friday", "None", "2016-12-22"),
        ("before dawn on Friday", "2016-12-23", "2016-12-23"),
        ("shortly before midnight on Friday", "2016-12-23", "2016-12-23"),
    ],
)
def test_since_and_until_open_or_close_a_span(text, start, end):
    assert days(text) == [(start, end)]


@pytest.mark.parametrize("text", ["On 10 January, 17 people were killed", "On January 10, 17 civilians died"])
def test_a_number_after_a_date_is_no_second_day(text):
    assert days(text) == [("2017-01-10", "2017-01-10")] or days(text) == [("2016-01-10", "2016-01-10")]


def test_since_an_event_stands_beside_the_plain_date():
    mentions = find("It has killed 300 since the siege began in May 2015.", published=TUESDAY)
    assert [(m.rule, str(m.start), str(m.end)) for m in mentions] == [
        ("since an event", "2015-05-01", "2016-12-27"),
        ("month and year", "2015-05-01", "2015-05-31"),
    ]
    assert len(dated_spans(mentions)) == 1


def test_what_is_to_come_ends_with_its_sentence():
    text = "He said those responsible would be held to account. The strike on August 9 hit a bus."
    assert days(text, date(2018, 9, 1)) == [("2018-08-09", "2018-08-09")]
    assert days("He will meet Gen. Orr on October 9.", date(2018, 9, 1)) == [("2018-10-09", "2018-10-09")]


def test_what_is_to_come_lies_ahead():
    assert days("the truce will start on Thursday") == [("2016-12-29", "2016-12-29")]
    assert days("he said on Thursday they will stop") == [("2016-12-22", "2016-12-22")]
    assert days("talks are due on January 23") == [("2017-01-23", "2017-01-23")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("It fell on Friday. A day earlier they fled.", "2016-12-22"),
        ("It fell on Friday. The following day they fled.", "2016-12-24"),
        ("It fell on Friday. The same day they fled.", "2016-12-23"),
        ("It fell on Friday. At the time they fled.", "2016-12-23"),
        ("It fell on March 5, 2014. Two days later they fled.", "2014-03-07"),
        ("It fell on Friday. Two years later they fled.", "2018-01-01"),
    ],
)
def test_an_earlier_mention_anchors_what_follows(text, last):
    mention = find(text, published=TUESDAY)[-1]
    assert str(mention.start) == last
    assert mention.anchor == "earlier mention"


@pytest.mark.parametrize(
    "text",
    ["on Tuesday", "December 22", "yesterday", "last week", "on the eve", "three days ago", "in May", "overnight"],
)
def test_without_a_report_date_nothing_is_invented(text):
    mention = one(text, published=None)
    assert mention.start is None
    assert mention.end is None
    assert mention.reason


def test_without_a_report_date_printed_years_still_count():
    assert days("On 5 March 2014 they came. On March 7 they left.", None) == [
        ("2014-03-05", "2014-03-05"),
        ("2014-03-07", "2014-03-07"),
    ]


@pytest.mark.parametrize(
    "text", ["31 February", "on 30 February 2016", "5/6/2016", "December 22, 99999", "5 years ago" * 0 or "31-04-2016"]
)
def test_an_impossible_day_has_a_reason(text):
    mention = find(text, published=TUESDAY)[0]
    assert mention.start is None
    assert mention.reason


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("for three days", "duration", "P3D"),
        ("a five-year war", "duration", "P5Y"),
        ("for several months", "duration", "PXM"),
        ("daily", "set", "XXXX-XX-XX"),
        ("every Friday", "set", "XXXX-WXX-5"),
        ("per day", "set", "P1D"),
        ("now", "reference", "PRESENT_REF"),
        ("recently", "reference", "PAST_REF"),
        ("480 BC", "date", "BC0480"),
    ],
)
def test_lengths_sets_and_vague_words_are_found_but_not_dated(text, kind, value):
    mention = find(text, published=TUESDAY)[0]
    assert (mention.kind, mention.value, mention.start) == (kind, value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on December 22", "2016-12-22"),
        ("early October 2015", "2015-10"),
        ("Monday night", "2016-12-26TNI"),
        ("the summer of 2012", "2012-SU"),
        ("last week", "2016-W51"),
        ("the 20th century", "19"),
        ("at 5:34 PM", "2016-12-27T17:34"),
    ],
)
def test_timeml_values(text, value):
    assert one(text).value == value


@pytest.mark.parametrize(
    "text",
    ["Resolution 1973 was adopted", "1472 casualties", "2000 people fled", "you may go", "the fall of the city",
     "Operation Dawn 5", "they march on", "some 1900 fighters", "at least 2015 shells"],
)  # fmt: skip
def test_numbers_and_other_words_are_no_times(text):
    assert [m for m in find(text, published=TUESDAY) if m.start] == []


def test_a_history_counts_from_its_own_dates():
    text = (
        "In 1914 the war began. On 28 July 1914 shots fell. In August 1914 they marched. In 1915 it froze. "
        "On 22 April 1915 gas came. In May 1915 a ship sank. On 20 June they met."
    )
    assert find(text, published=date(2009, 12, 19))[-1].start == date(1915, 6, 20)


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [(1, 1, 1), (1, 2, 2), (1, 6, 2), (1, 7, 3), (1, 28, 4), (None, 3, 5), (None, None, None)],
)
def test_precision_follows_ucdp(start, end, code):
    of = [date(2016, 12, d) if d else None for d in (start, end)]
    assert precision_of(*of) == code


WORDS = [
    "Monday",
    "Tuesday",
    "December",
    "May",
    "March",
    "22",
    "31",
    "2016",
    "1914",
    "99999",
    "the",
    "last",
    "past",
    "next",
    "this",
    "these",
    "of",
    "ago",
    "later",
    "early",
    "late",
    "mid",
    "and",
    "-",
    "to",
    "–",
    "(",
    ")",
    "'",
    "'s",
    "since",
    "until",
    "before",
    "after",
    "between",
    "from",
    "in",
    "on",
    "at",
    "end",
    "beginning",
    "half",
    "first",
    "second",
    "week",
    "weeks",
    "day",
    "days",
    "year",
    "years",
    "month",
    "a",
    "few",
    "several",
    "three",
    "ten",
    "10",
    ",",
    ".",
    ";",
    "today",
    "yesterday",
    "overnight",
    "morning",
    "night",
    "every",
    "per",
    "daily",
    "now",
    "former",
    "'the'",
    "'99",
    "1990s",
    "5:30",
    "pm",
    "B.C.",
    "31/02/2016",
    "2016-13-40",
    "9/11",
    "killed",
    "said",
    "will",
    "\n\n",
    "é",
    "月",
    "٣",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([None, TUESDAY, date.min, date.max]))
def test_spans_are_exact_and_days_in_order(words, published):
    text = " ".join(words)
    at = -1
    for mention in find(text, published=published):
        start, end = mention.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        assert start >= at
        at = start
        if mention.start and mention.end:
            assert mention.start <= mention.end
        if mention.start is None and mention.end is None:
            assert mention.reason
            assert mention.precision is None
        else:
            assert mention.precision in (1, 2, 3, 4, 5)


@given(st.text(max_size=200))
def test_no_text_raises(text):
    find(text, published=TUESDAY)
    find(text, published=None)


@given(st.text(alphabet=string.printable, max_size=120))
def test_the_same_text_gives_the_same_times(text):
    assert find(text, published=TUESDAY) == find(text, published=TUESDAY)


@pytest.mark.parametrize(
    ("unit", "count"),
    [("1 ", 0), ("Monday ", 8_571), ("10, ", 0), ("early ", 0), ("of the ", 0), ("2011-", 6_000),
     ("since the war began ", 0), ("a few days ", 5_454), ("'", 0), ("½ ", 0)],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(unit, count):
    mentions = find(unit * (60_000 // len(unit)), published=TUESDAY)
    assert len(mentions) == count
    assert all(one.span[1] <= other.span[0] for one, other in pairwise(mentions))


def test_a_name_in_brackets_is_no_month():
    assert find("It happened in Mai Kadra (May Cadera) town.", published=TUESDAY) == ()


def test_news_above_a_list_of_dates_counts_from_its_own_day():
    dates = " ".join(f"In May {year} the siege began." for year in range(2005, 2012))
    news = find(f"Shells hit the town on Tuesday. {dates}", published=date(2016, 12, 28))
    assert news[0].start == date(2016, 12, 27)


@pytest.mark.parametrize(
    ("published", "start"),
    [(date(2016, 12, 26), "2016-12-20"), (date(2016, 12, 27), "2016-12-21"), (date(2016, 12, 29), "2016-12-26")],
)
def test_early_in_a_week_earlier_this_week_reaches_back_six_days(published, start):
    (found,) = find("Troops shot ten earlier this week.", published=published)
    assert (str(found.start), found.end) == (start, published)


def test_what_will_be_remembered_lies_behind():
    (found,) = find("It will be remembered that in August they named 2,000.", published=date(2016, 12, 27))
    assert str(found.start) == "2016-08-01"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hit at 11:09pm on Friday", ["2016-12-23", "2016-12-23"]),
        ("around 1:30 p.m. Friday, sources", ["2016-12-23", "2016-12-23"]),
        ("at 14:55 local time on Friday", ["2016-12-23", "2016-12-23"]),
        ("at 14:55. On Friday they", ["2016-12-27", "2016-12-23"]),
    ],
)
def test_an_hour_is_of_the_day_named_behind_it(text, found):
    assert [start for start, _ in days(text)] == found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("the Aug. 21-22 raid", "2016-08-21", "2016-08-22"),
        ("on 3/4 October", "2016-10-03", "2016-10-04"),
        ("on October 3/4", "2016-10-03", "2016-10-04"),
        ("on the 3rd and 4th of October", "2016-10-03", "2016-10-04"),
        ("on Tuesday last week", "2016-12-20", "2016-12-20"),
        ("on Friday of last week", "2016-12-23", "2016-12-23"),
        ("in last week's Friday raid", "2016-12-23", "2016-12-23"),
        ("a week ago on Thursday", "2016-12-22", "2016-12-22"),
        ("the Thursday before last", "2016-12-15", "2016-12-15"),
        ("ten years ago today", "2006-12-27", "2006-12-27"),
        ("three weeks ago today", "2016-12-06", "2016-12-06"),
        ("a year ago this month", "2015-12-01", "2015-12-31"),
        ("two years ago on 5 February", "2014-02-05", "2014-02-05"),
        ("on the 3rd of this month", "2016-12-03", "2016-12-03"),
        ("on the 20th of last month", "2016-11-20", "2016-11-20"),
        ("on New Year's Eve", "2016-12-31", "2016-12-31"),
        ("on New Year's Day 2015", "2015-01-01", "2015-01-01"),
        ("in July of last year", "2015-07-01", "2015-07-31"),
        ("in July last year", "2015-07-01", "2015-07-31"),
        ("in July that year", "None", "None"),
        ("on Good Friday", "None", "None"),
        ("two Sundays ago", "None", "None"),
    ],
)
def test_days_of_other_weeks_and_years(text, start, end):
    assert days(text) == [(start, end)]


def test_from_one_weekday_to_the_next_is_the_night_before_the_second():
    assert days("in the night from Tuesday to Wednesday")[-1] == ("2016-12-20", "2016-12-21")
    assert days("on Sunday and Monday") == [("2016-12-25", "2016-12-26")]
    assert days("on Tuesday and Saturday")[0] == ("2016-12-27", "2016-12-27")


@pytest.mark.parametrize(
    ("published", "end"),
    [(date(2023, 4, 23), "2023-04-22"), (date(2023, 4, 22), "2023-04-21"), (date(2023, 4, 21), "2023-04-16")],
)
def test_at_the_end_of_a_week_last_week_may_be_the_one_that_ends(published, end):
    assert days("Ten were killed last week.", published) == [("2023-04-10", end)]
