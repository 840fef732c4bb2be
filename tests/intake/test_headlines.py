import pytest

from tests.intake.desk import BODY, report


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Ten dead in strike on market, says monitor\n\n", "Ten dead in strike on market, says monitor"),
        ("“We saw it all”: a night in X\r\n", "“We saw it all”: a night in X"),
        ("Ten dead in strike on market\n8 October 2017\n", "Ten dead in strike on market"),
        ("BEIRUT (Reuters) - Ten dead in strike on market\n", None),
        ("Ten people died in a strike on a market.\n", None),
        ("Tuesday, 5 October 2017\n", None),
        ("Two words\n", None),
        ("Reuters, AFP\n", None),
        ("", None),
    ],
)
def test_only_a_line_that_stands_apart_is_a_title(head, title):
    assert report(head + BODY * 2).title == title
