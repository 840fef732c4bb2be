import pytest

from evenhand.intake import IntakeSettings
from tests.intake.desk import BODY, OUTLETS, report, words

FORMS = [
    # printed, place, date, agency
    ("MOSCOW, December 27. /TASS/.", "MOSCOW", None, "tass"),
    ("MOSCOW, December 27, 2016 (TASS) --", "MOSCOW", "2016-12-27", "tass"),
    ("BEIRUT (Reuters) -", "BEIRUT", None, "reuters"),
    ("BEIRUT/AMMAN (Reuters) -", "BEIRUT/AMMAN", None, "reuters"),
    ("BEIRUT, Dec 27 (Reuters) -", "BEIRUT", None, "reuters"),
    ("AMMAN (AP) _", "AMMAN", None, "ap"),
    ("AMMAN, Jordan (AP) —", "AMMAN, Jordan", None, "ap"),
    ("UNITED NATIONS (AP) —", "UNITED NATIONS", None, "ap"),
    ("SANA'A, Yemen (AP) —", "SANA'A, Yemen", None, "ap"),
    ("N'DJAMENA (Reuters) -", "N'DJAMENA", None, "reuters"),
    ("Port-au-Prince (AFP) –", "Port-au-Prince", None, "afp"),
    ("DAMASCUS, SANA –", "DAMASCUS", None, "sana"),
    ("Damascus, SANA-", "Damascus", None, "sana"),
    ("Damascus (SANA) –", "Damascus", None, "sana"),
    ("Berlin (dpa) -", "Berlin", None, "dpa"),
    ("BEIJING, Dec. 27 (Xinhua) --", "BEIJING", None, "xinhua"),
    ("KYIV. Oct 5. (Interfax) -", "KYIV", None, "interfax"),
    ("GENEVA, 5 October 2017 –", "GENEVA", "2017-10-05", None),
    ("KHARTOUM, Sudan (Jane Doe) —", "KHARTOUM, Sudan", None, None),
    ("Aden, Yemen —", "Aden, Yemen", None, None),
    ("CONCORD, N.H. (AP) —", "CONCORD, N.H.", None, "ap"),
    ("CAMP PENDLETON, Calif. (AP) —", "CAMP PENDLETON, Calif.", None, "ap"),
    ("CASPER, Wyo. -", "CASPER, Wyo.", None, None),
    ("BEIRUT:", "BEIRUT", None, None),
    ("BEIRUT —", "BEIRUT", None, None),
    ("Beirut –", "Beirut", None, None),
    ("(Beirut, May 4, 2017) –", "Beirut", "2017-05-04", None),
]


@pytest.mark.parametrize(("printed", "place", "date", "agency"), FORMS)
def test_every_printed_form_is_found_with_its_exact_words(printed, place, date, agency):
    found = report(printed + BODY)
    assert found.dateline is not None
    assert words(found, found.dateline.span) == printed
    assert (found.dateline.place, found.dateline.date, found.dateline.agency) == (place, date, agency)
    assert found.outlet == agency


@pytest.mark.parametrize(
    "start",
    [
        "",
        "BREAKING:",
        "Update –",
        "Zakharova – the spokeswoman –",
        "The town (AFP)",
        "SANA –",
        "Monitor:",
        "(AFP) -",
        "At 5:30 (local time) –",
        "On Monday –",
        "In Aleppo, SANA said:",
    ],
)
def test_what_is_no_dateline(start):
    assert report(start + BODY).dateline is None


def test_a_year_comes_from_the_header_and_is_never_invented():
    seed = report(" date 2016-12-27 MOSCOW, December 27. /TASS/." + BODY)
    assert seed.dateline.date == "2016-12-27"
    assert report("MOSCOW, December 27. /TASS/." + BODY).dateline.date is None
    new_year = report(" date 2017-01-02 MOSCOW, December 31. /TASS/." + BODY)
    assert new_year.dateline.date == "2016-12-31"
    far_off = report(" date 2016-07-01 MOSCOW, December 27. /TASS/." + BODY)
    assert far_off.dateline.date is None


def test_after_a_title_and_in_run_on_text():
    titled = report("Ten dead in X, says monitor\n\nBEIRUT (Reuters) -" + BODY)
    assert words(titled, titled.dateline.span) == "BEIRUT (Reuters) -"
    run_on = report("03.10.2017 Ten killed in the north of the country MOSCOW (TASS) Planes have" + BODY)
    assert run_on.dateline.place == "MOSCOW"


def test_a_place_in_capitals_whose_sign_is_lost_needs_to_be_known():
    text = "Last updated at Aug 012016 BEIRUT A helicopter was shot down over the town on Monday." + BODY
    assert report(text).dateline is None
    known = IntakeSettings(outlets=OUTLETS, is_place=lambda name: name.casefold() == "beirut")
    assert report(text, settings=known).dateline.place == "BEIRUT"
    assert report(text.replace("BEIRUT", "URGENT"), settings=known).dateline is None
    every = IntakeSettings(outlets=OUTLETS, is_place=lambda name: True)
    assert report(text.replace("BEIRUT", "SANA"), settings=every).dateline is None


def test_a_wire_that_another_outlet_carries_is_its_credit():
    carried = report('outlet,text\nVarda Post,"BEIRUT (Reuters) -' + BODY + '"\n', "a.csv")
    assert carried.outlet == "varda_post"
    assert [(c.agency, words(carried, c.span)) for c in carried.credits] == [("reuters", "Reuters")]
