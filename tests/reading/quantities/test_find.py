from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.reading import times
from evenhand.reading.quantities import find


def one(text):
    (mention,) = find(text)
    return mention


def bounds(text):
    mention = one(text)
    return text[slice(*mention.span)], mention.op, mention.low, mention.best, mention.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11 people were killed", ("11", "=", 11, 11, 11)),
        ("At least 11 people", ("At least 11", ">=", 11, 11, None)),
        ("least one person was killed", ("least one", ">=", 1, 1, None)),
        ("More than 100 civilians", ("More than 100", ">=", 101, None, None)),
        ("over 300000 lives", ("over 300000", ">=", 300001, None, None)),
        ("around 20 wounded", ("around 20", "~", 18, 20, 22)),
        ("Around 15 men", ("Around 15", "~", 13, 15, 17)),
        ("some 90000 fighters", ("some 90000", "~", 81000, 90000, 99000)),
        ("almost 1000 families", ("almost 1000", "~", 900, None, 999)),
        ("nearly 50 villagers", ("nearly 50", "~", 45, None, 49)),
        ("up to 40 fighters", ("up to 40", "<=", None, None, 40)),
        ("as high as 350", ("as high as 350", "<=", None, None, 350)),
        ("as many as 1,300 people", ("as many as 1,300", "<=", None, None, 1300)),
        ("fewer than 10 people", ("fewer than 10", "<=", None, None, 9)),
        ("dozens of people", ("dozens", "plural", 24, None, 99)),
        ("scores of people", ("scores", "plural", 40, None, 99)),
        ("hundreds of homes", ("hundreds", "plural", 200, None, 999)),
        ("thousands fled", ("thousands", "plural", 2000, None, 9999)),
        ("tens of thousands of people", ("tens of thousands", "plural", 20000, None, 99999)),
        ("hundreds of thousands of people", ("hundreds of thousands", "plural", 200000, None, 999999)),
        ("several people", ("several", "plural", 3, None, 9)),
        ("a few shells", ("a few", "plural", 3, None, 9)),
        ("several hundred homes", ("several hundred", "plural", 300, None, 999)),
        ("a couple of shells", ("a couple", "=", 2, 2, 2)),
        ("10 to 15 shells", ("10 to 15", "range", 10, None, 15)),
        ("10-15 shells", ("10-15", "range", 10, None, 15)),
        ("between 10 and 15 shells", ("10 and 15", "range", 10, None, 15)),
        ("three or four shells", ("three or four", "range", 3, None, 4)),
        ("1 to 2 thousand people", ("1 to 2 thousand", "range", 1000, None, 2000)),
        ("twenty-one thousand five hundred men", ("twenty-one thousand five hundred", "=", 21500, 21500, 21500)),
        ("a hundred and fifty men", ("a hundred and fifty", "=", 150, 150, 150)),
        ("half a million people", ("half a million", "=", 500000, 500000, 500000)),
        ("a quarter of a million people", ("a quarter of a million", "=", 250000, 250000, 250000)),
        ("one and a half million people", ("one and a half million", "=", 1500000, 1500000, 1500000)),
        ("two dozen men", ("two dozen", "=", 24, 24, 24)),
        ("1.2 million people", ("1.2 million", "=", 1200000, 1200000, 1200000)),
        ("4 hundred million people", ("4 hundred million", "=", 400000000, 400000000, 400000000)),
        ("70+ wounded", ("70+", ">=", 70, 70, None)),
        ("20 or more people", ("20 or more", ">=", 20, 20, None)),
        ("no casualties", ("no", "=", 0, 0, 0)),
        ("a woman was killed", ("a woman", "=", 1, 1, 1)),
        ("killing a child", ("a child", "=", 1, 1, 1)),
        ("used at least once", ("at least once", ">=", 1, 1, None)),
        ("a family of six", ("six", "=", 6, 6, 6)),
        ("7.5 kilometers away", ("7.5", "=", 7.5, 7.5, 7.5)),
    ],
)
def test_values_follow_the_ledgers_table(text, expected):
    assert bounds(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "of"),
    [
        ("about 20% percent of the territory in the east", 18, 20, 22, "the territory in the east"),
        ("15 to 20 percent of the city", 15, None, 20, "the city"),
        ("more than half of the dead", 51, None, None, "the dead"),
        ("a third of the city", 33.3333, 33.3333, 33.3333, "the city"),
        ("two-thirds of the houses", 66.6667, 66.6667, 66.6667, "the houses"),
        ("60 per cent of homes", 60, 60, 60, "homes"),
    ],
)
def test_shares_are_percents_with_their_whole(text, low, best, high, of):
    mention = one(text)
    assert mention.role == "percent"
    assert (mention.low, mention.best, mention.high, mention.of) == (low, best, high, of)


@pytest.mark.parametrize("text", ["1,5 million people", "2OO killed", "1O people", "12,34 shells"])
def test_figures_that_cannot_be_read_have_a_reason_and_no_value(text):
    mention = find(text)[0]
    assert mention.reason
    assert (mention.low, mention.best, mention.high, mention.number) == (None, None, None, None)


@pytest.mark.parametrize(
    "text",
    ["Resolution 2254", "an Su-25 and a T-72", "the M5 highway", "the Group of Seven", "call 555-1234",
     "call +44 20 7946 0958", "December 22, 2016", "In 2016 it fell", "COVID-19", "no one came", "one another",
     "Article 5", "at 19:02", "Unit 3", "they won 2-0", "A. Writer, 25, said", "see http://a.example/12/345",
     "the 22nd", "no longer", "one day", "he is a civilian", "a woman said",
     "killed the father of four", "the mother of three died", "died at the age of 16", "children at ages below 8",
     "children under 16", "a Syrian rocket killed"],
)  # fmt: skip
def test_names_dates_and_numbers_in_a_row_are_no_quantities(text):
    assert [text[slice(*m.span)] for m in find(text)] == []


def test_the_spans_of_times_are_left_alone():
    text = "They fled two days ago and 30 died"
    dated = times.dated_spans(times.find(text, published=date(2016, 12, 27)))
    assert [text[slice(*m.span)] for m in find(text, times=dated)] == ["30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 people were killed and 30 wounded", ["killed", "injured"]),
        ("killing 14 and leaving injured about 50", ["killed", "injured"]),
        ("Three killed over 70 injured in attacks", ["killed", "injured"]),
        ("killed three militants and 13 civilians", ["killed", "killed"]),
        ("left three civilians dead and six others injured", ["killed", "injured"]),
        ("A woman killed 30 injured", ["killed", "injured"]),
        ("220 people were abducted", ["detained"]),
        ("5,000 people fled their homes", ["displaced"]),
        ("evacuated 350 people", ["evacuated"]),
        ("98 evacuees were killed", ["killed"]),
        ("12 hostages were freed", ["detained"]),
        ("arrested two drug traffickers", ["detained"]),
        ("captured two villages", ["other"]),
        ("IN OST 15 PEASANTS WERE KILLED", ["killed"]),
        ("fired seven mortar rounds", ["weapons"]),
        ("seized 1200 square kilometres", ["area"]),
        ("destroyed two homes", ["other"]),
        ("some 90000 fighters", ["people"]),
        ("Hundreds of badly injured civilians", ["injured"]),
        ("four bombers blew themselves up killing 15 people", ["people", "killed"]),
        ("more than 60 civilians were killed and injured", ["people"]),
        ("As well as those killed at least 160 people were injured", ["injured"]),
        ("killed 13 U.S. troops", ["killed"]),
        ("Shells kill 10 civilians injure 16", ["killed", "injured"]),
        ("killed 13 US service members and at least 170 others", ["killed", "killed"]),
        ("killed 30 civilians and 69 Taliban", ["killed", "killed"]),
        ("Ten members of one family were killed", ["killed"]),
        ("killed an Israeli in the south", ["killed"]),
        ("An Israeli was killed", ["killed"]),
        ("killed two women, a child and a soldier", ["killed", "killed", "killed"]),
        ("Six children and their mother were killed", ["killed", "killed"]),
        ("A man, his wife and their four children were killed", ["killed", "killed", "killed"]),
        ("a further three of the wounded died in hospital", ["killed"]),
        ("the names of more than 240 victims", ["killed"]),
        ("15 insurgents were eliminated", ["killed"]),
        ("At least 70 army and rebel fighters were killed", ["killed"]),
        ("30 army and 39 rebel fighters were killed", ["killed", "killed"]),
        ("destroyed 12 huts and killed two rebel fighters", ["other", "killed"]),
    ],
)
def test_the_role_is_read_from_the_words_beside(text, expected):
    assert [m.role for m in find(text)] == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("At least 11 civilians including two children were killed", [None, 0]),
        ("14 dead, three of them children", [None, 0]),
        ("killing two people including a child", [None, 0]),
        ("killed 30 people, among them three women and two children", [None, 0, 0]),
        ("30 were injured. Five of the injured are in hospital", [None, 0]),
        ("killed three men and two women", [None, None]),
        ("killed two, including ten shells", [None, None]),
        ("At least 22 people — 12 staff and 10 patients, three of them children — were killed", [None, 0, 0, 0]),
        ("Nineteen people (14 civilians and five officers) were killed", [None, 0, 0]),
        ("At least 12 people, five children and three women, were killed", [None, 0, 0]),
        ("15 people were killed, among them a pregnant woman and two infants", [None, 0, 0]),
        ("The 12 people - 40 are missing - were killed", [None, None]),
    ],
)
def test_a_part_names_its_whole(text, parts):
    assert [m.part_of for m in find(text)] == parts


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("raising the toll to 86", True),
        ("pushed the number of people killed to 86", True),
        ("bringing to 12 the number of dead", True),
        ("the toll from the strike has risen to 86", True),
        ("have killed 649 civilians since 2014", True),
        ("killed 12 people so far this month", True),
        ("12 people have been killed so far", False),
        ("killed 12 people", False),
    ],
)
def test_running_totals_are_marked(text, total):
    assert find(text)[0].cumulative is total


def test_what_is_counted_has_its_span():
    text = "destroyed 20 anti-aircraft artillery systems near Ost"
    mention = one(text)
    assert mention.of == "anti-aircraft artillery systems"
    assert text[slice(*mention.of_span)] == mention.of


def test_ages_and_lengths_are_kept_apart():
    assert [m.kind for m in find("a 45-year-old man in the 5-year war for $40 million")] == ["age", "duration", "money"]


def test_a_toll_told_in_steps_is_no_range():
    assert [m.best for m in find("the toll rose from 20 to 35")] == [20, 35]


WORDS = ["11", "3", "2OO", "1,5", "1,500", "7.5", "0", "2016", "999999999999999999999", "at", "least", "more", "than", "about", "nearly", "up", "to", "between", "and", "to", "-", "–", "or", "%", "percent", "per", "cent", "half", "a", "an", "the", "third", "of", "million", "thousand", "hundred", "dozen", "dozens", "scores", "tens", "several", "few", "couple", "one", "no", "once", "twice", "people", "civilians", "children", "woman", "child", "was", "were", "killed", "injured", "killing", "including", "them", "toll", "raising", "since", "$", "€", "US$", "USD10m", "minus", "family", "six", "T-72", "Su-25", "years", "old", "days", "km", "square", "homes", ".", ",", ";", "\n\n", "é", "٣", "December", "22", "1/2", "2-0"]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_spans_are_exact_and_bounds_in_order(words):
    text = " ".join(words)
    at = 0
    mentions = find(text)
    for index, m in enumerate(mentions):
        start, end = m.span
        assert at <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        at = end
        known = [v for v in (m.low, m.best, m.high) if v is not None]
        assert known == sorted(known)
        if m.of_span is not None:
            assert text[slice(*m.of_span)] == m.of
        assert m.part_of is None or m.part_of < index
        assert (m.reason is None) or not known


@given(st.text(max_size=200))
def test_no_text_raises(text):
    assert find(text) == find(text)


@given(st.integers(0, 10**7))
def test_every_figure_is_read_back(number):
    for text in (f"{number} people", f"{number:,} people"):
        if len(str(number)) < 4 or "," in text or number > 2100:
            assert one(text).best == number


@pytest.mark.parametrize(
    ("unit", "count"),
    [("1 ", 20_000), ("$1", 20_000), ("1,", 20_000), ("10 and ", 5_714), ("tens of ", 5_000),
     ("5 including 3 and ", 4_444), ("one hundred and ", 278), ("1-", 0), ("2O", 1), ("half a ", 0)],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(unit, count):
    mentions = find(unit * (40_000 // len(unit)))
    assert len(mentions) == count
    assert all(one.span[1] <= other.span[0] for one, other in pairwise(mentions))


def test_the_whole_before_an_aside_takes_the_role_after_it():
    whole = find("At least 22 people — 12 staff and 10 patients — were killed in the attack")[0]
    assert (whole.role, whole.low, whole.high) == ("killed", 22, None)


def roles(text):
    return [(m.role, m.low) for m in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of people killed in the strike on a displaced persons' camp rose to 36.", [("killed", 36)]),
        ("The number of victims of the bombing of the bakery rose to seven.", [("killed", 7)]),
        ("The number of martyrs has reached 163.", [("killed", 163)]),
        ("The number of wounded in the market has climbed to 60.", [("injured", 60)]),
        ("The number of men detained since dawn stands at 41.", [("detained", 41)]),
    ],
)
def test_the_number_of_those_harmed_is_of_the_harm_that_stands_with_it(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor put the dead at 18 displaced people and 6 attackers.", [("killed", 18), ("killed", 6)]),
        ("Shells killed 15 displaced people.", [("killed", 15)]),
        ("Mortars wounded 30 displaced men.", [("injured", 30)]),
        ("The raid left 3,000 displaced people in the open.", [("displaced", 3000)]),
        ("Gunmen killing 12 wounded prisoners fled.", [("killed", 12)]),
    ],
)
def test_who_people_were_before_is_not_what_befell_them(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll has climbed past 80.", (81, None)),
        ("The death toll topped 90.", (91, None)),
        ("The dead exceed 100, and the toll surpassed 120.", None),
        ("The imam read the prayer over 41 bodies.", (41, 41)),
        ("They wept over 12 coffins.", (12, 12)),
    ],
)
def test_words_that_set_a_bound_and_words_that_only_look_so(text, expected):
    if expected is None:
        assert [(m.low, m.high) for m in find(text)][-1] == (121, None)
    else:
        assert [(m.low, m.high) for m in find(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The balance passed from 19 to 21 civilians killed.", [19, 21]),
        ("The toll went from 7 to 9.", [7, 9]),
        ("The death toll has gone up to 64.", [64]),
        ("The dead went up to 12 in the night.", [12]),
        ("They lay in Hospital Number Nine.", []),
    ],
)
def test_a_toll_that_moves_is_two_numbers_and_no_range(text, expected):
    assert [m.low for m in find(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army destroyed 40 militants near Olmo.", [("killed", 40)]),
        ("No less than 150 invaders were destroyed.", [("killed", 150)]),
        ("In the battle 12 raiders have been annihilated.", [("killed", 12)]),
        ("Shells destroyed 15 houses.", [("other", 15)]),
        ("Eighteen lorries were destroyed.", [("other", 18)]),
    ],
)
def test_persons_who_are_destroyed_are_killed_and_things_are_not(text, expected):
    assert roles(text) == expected


def test_the_number_of_dead_may_stand_far_before_the_figure():
    text = (
        "The number of people killed in the accidental air strike on an internally displaced persons' camp in Olmo, on"
        " the road to Sala, in the north of Vara Province, has risen to 236."
    )
    assert roles(text) == [("killed", 236)]
