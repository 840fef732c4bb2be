"""When a report was published, and who says so."""

import pytest

from evenhand.intake import IntakeSettings, Meta, MetaRow
from evenhand.intake.printed_dates import cell_day, filename_day, order_of
from tests.intake.desk import BODY, OUTLETS, received, report


@pytest.mark.parametrize(
    ("text", "day", "origin"),
    [
        (" date 2016-12-27 MOSCOW, December 26. /TASS/." + BODY, "2016-12-27", "header"),
        ("MOSCOW, December 27, 2016 /TASS/." + BODY, "2016-12-27", "dateline"),
        ("December 27 2016 Ten killed." + BODY, "2016-12-27", "header"),
        ("Published April 19 2017 A monitor said so." + BODY, "2017-04-19", "header"),
        ("Posted on July 2 2016 by the desk Thirty killed." + BODY, "2016-07-02", "header"),
        ("Date of publication 19 October 2016 Ten killed." + BODY, "2016-10-19", "header"),
        ("Last updated at Apr 232017 An attack killed three." + BODY, "2017-04-23", "header"),
        ("11.10.2017(updated 1838 11.10.2017) Get short URL 113 Ten killed." + BODY, "2017-10-11", "header"),
        ("16.04.2017Get short URL 0 612 A woman was killed." + BODY, "2017-04-16", "header"),
        ("18-07-2015 Chemical weapons used." + BODY, "2015-07-18", "header"),
        ("Middle East Security 31-08-2014 0742 PM Militants killed ten." + BODY, "2014-08-31", "header"),
        ("Ten dead Monitor AFP Sunday 8 Oct 2017 Ten killed." + BODY, "2017-10-08", "header"),
        ("Print this page Tuesday 19 July 2016 16:45 Airstrikes." + BODY, "2016-07-19", "header"),
        ("Ten dead in the town of X\nTuesday, 5 October 2017, 10:30 GMT\n" + BODY, "2017-10-05", "header"),
        (BODY + " Last Update: Thursday 22 August 2013 KSA 01:41", "2013-08-22", "header"),
        ("05-07-2015 Raids kill ten." + BODY, None, None),
        ("People look at the damage in X August 3 2015 (a picture). Ten killed." + BODY, None, None),
        ("Ten people were killed on July 18 2014 in the town, a monitor said." + BODY, None, None),
        ("December 27, 2016 was the day the town fell." + BODY, None, None),
        (BODY, None, None),
    ],
)
def test_what_a_text_says_of_its_own_day(text, day, origin):
    found = report(text)
    assert (found.published, found.published_from) == (day, origin)


def test_the_order_of_precedence():
    text = " date 2016-12-27 MOSCOW, December 27. /TASS/." + BODY
    meta = Meta(given={"2016-01-01.txt": MetaRow(published="2016-12-30")})
    user = report(text, "2016-01-01.txt", IntakeSettings(outlets=OUTLETS, meta=meta))
    assert (user.published, user.published_from) == ("2016-12-30", "user")
    assert report(text, "2016-01-01.txt").published_from == "header"
    named = report(BODY, "2016-01-01.txt")
    assert (named.published, named.published_from) == ("2016-01-01", "filename")


def test_a_date_printed_in_the_text_wins_over_the_table_s_column():
    table = 'text,date\n"December 27 2016 Ten killed.{0}",1/15/2017\n"{0}",1/15/2017\n"05-07-2015 Ten.{0}",7/5/2015\n'
    printed, silent, open_order = (one.report for one in received(table.format(BODY), "a.csv"))
    assert (printed.published, printed.published_from) == ("2016-12-27", "header")
    assert (silent.published, silent.published_from) == ("2017-01-15", "metadata")
    assert (open_order.published, open_order.published_from) == ("2015-07-05", "header")


def test_an_open_order_follows_the_outlet_s_other_reports_and_else_stays_open():
    row = '"{} Ten killed.' + BODY + '",Y\n'
    shown = received("text,source\n" + row.format("18-07-2015") + row.format("05-07-2015"), "a.csv")
    assert [one.report.published for one in shown] == ["2015-07-18", "2015-07-05"]
    contradicted = received("text,date\n" + '"05-07-2015 Ten.' + BODY + '",12/30/2016\n', "a.csv")
    assert contradicted[0].report.published is None


def test_cells():
    assert str(cell_day("2016-12-27T10:00:00+03:00")) == "2016-12-27"
    assert str(cell_day("20161227")) == "2016-12-27"
    assert str(cell_day("Tue, 27 Dec 2016 10:00:00 GMT")) == "2016-12-27"
    assert str(cell_day("12/27/2016")) == "2016-12-27"
    assert cell_day("7/5/2015") is None
    assert str(cell_day("7/5/2015", "mdy")) == "2015-07-05"
    assert cell_day("31 February 2016") is None
    assert cell_day("0000-00-00") is None
    assert cell_day("December 27") is None
    assert order_of(["7/5/2015", "12/27/2016"]) == "mdy"
    assert order_of(["27/5/2015", "12/27/2016"]) is None


def test_file_names():
    assert str(filename_day("2016-12-27_aleppo.txt")) == "2016-12-27"
    assert str(filename_day("tass/20161227.html")) == "2016-12-27"
    assert str(filename_day("archive/2016/12/27/a.html")) == "2016-12-27"
    assert filename_day("2016-12-27_2016-12-28.txt") is None
    assert filename_day("5678201612279.txt") is None
