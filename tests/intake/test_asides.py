"""What is not the report's own words is marked, and nothing else is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intake.asides import find_asides
from tests.intake.desk import BODY, OUTLETS, report

HEADLINES = (
    "Mayor of Ostrel resigns over bridge | Who pays for the flood Thousands walk into the valley for a better life"
)
ROW = f"{HEADLINES} Will the talks in Brenoth fail Film festival opens in the old harbour Five things to know about wheat prices"
PROSE = BODY.strip().replace("\n\n", " ")


def asides(text, title=None):
    found = report(text.encode(), "a.txt")
    assert found.text == text
    return [text[slice(*notice.span)] for notice in found.notices if notice.kind == "aside"]


@pytest.mark.parametrize(
    "heading",
    ["Related News", "RELATED STORIES", "Related articles", "You may also like", "Most Read", "More from World"],
)
def test_a_list_of_other_stories_below_a_heading(heading):
    text = f"{PROSE}\n{PROSE}\n{heading}\nMayor of Ostrel resigns over bridge\n\nWho pays for the flood?\n"
    found = asides(text)
    if heading.startswith("More from"):  # what the heading goes on to name is on its line
        assert found == [] or found[0].startswith(heading)
    else:
        assert found == [text[text.index(heading) :].rstrip("\n")]


def test_a_box_between_two_paragraphs_ends_where_the_report_goes_on():
    text = f"{PROSE}\n{PROSE}\nRead also: Mayor of Ostrel resigns over bridge\n{PROSE}\n"
    assert asides(text) == ["Read also: Mayor of Ostrel resigns over bridge"]
    text = f"{PROSE}\nRelated stories:\nMayor of Ostrel resigns over bridge\nWho pays for the flood?\n{PROSE}\n"
    assert asides(text) == ["Related stories:\nMayor of Ostrel resigns over bridge\nWho pays for the flood?"]


def test_a_row_of_headlines_in_text_that_lost_its_line_ends():
    text = f"{PROSE} {PROSE} Source Varda Post Related News {ROW}"
    assert asides(text) == [f"Related News {ROW}"]
    assert asides(f"{PROSE} {PROSE} Read Also") == ["Read Also"]


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE} Related News reporters who were there said so. They left on Monday. {PROSE}",
        f"{PROSE} {PROSE} Tags were found on the bodies, the doctor said. They were numbered.",
        f"{PROSE} {PROSE} The most read paper of the town said so.",
        f"{PROSE} {PROSE} He will read more of the related news and stories on Monday, he said.",
        f"{PROSE}\nRead more of what he said about the strike on the market of the town and the dead it left.\n{PROSE}",
        "Related News\nTen killed in the town",
    ],
)
def test_the_report_s_own_words_are_not_marked(text):
    assert asides(text) == []


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Published April 8 2017 An air strike killed ten people in the town." + BODY, "Published April 8 2017 "),
        ("Air strikes kill ten children in town monitor AFP Friday 8 Oct 2017 Air strikes killed ten." + BODY, "AFP Friday 8 Oct 2017 "),
        ("Saturday 24 August 2013 11:05 The minister said so." + BODY, "Saturday 24 August 2013 11:05 "),
        ("Last updated at Apr 23, 2017 An attack on a camp killed three." + BODY, "Last updated at Apr 23, 2017 "),
    ],
)  # fmt: skip
def test_a_date_line_run_into_headline_and_text(text, aside):
    assert asides(text) == [aside]


def test_a_known_title_ends_before_the_text_that_runs_on():
    found = report(
        '[{"title": "Ten killed in the town", "text": "Ten killed in the town At least ten people were killed."}]'
    )
    (notice,) = found.notices
    assert (notice.kind, notice.span) == ("aside", (22, 23))


@pytest.mark.parametrize(
    "text",
    ["Ten were killed on 8 October 2017 in the town." + BODY, "8 October 2017\nTen were killed." + BODY,
     "MOSCOW, December 27. /TASS/. Russia hopes so." + BODY, " date 2016-12-27 MOSCOW, December 27. /TASS/. Russia hopes so." + BODY],
)  # fmt: skip
def test_dates_elsewhere_are_left(text):
    assert asides(text) == []


PARTS = [
    "Related News",
    "Read also:",
    "Read Also",
    "Tags",
    "\n",
    " ",
    ".",
    "Ten were killed",
    "Published 8 May 2017",
    "Source",
    "a" * 30,
]


@given(st.lists(st.sampled_from(PARTS), max_size=40), st.none() | st.sampled_from(PARTS))
def test_spans_are_in_order_disjoint_and_inside(parts, title):
    text = " ".join(parts)
    spans = [notice.span for notice in find_asides(text, title, None, OUTLETS)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
