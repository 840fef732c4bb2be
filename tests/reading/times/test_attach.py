from datetime import date

import pytest

from evenhand.reading import sentences
from evenhand.reading.times import find, time_of_event, times_of_events

PUBLISHED = date(2016, 12, 27)


def span(text, words, nth=1):
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return at, at + len(words)


def day(text, trigger, *, cue=None):
    mentions = find(text, published=PUBLISHED)
    cues = [span(text, cue)] if cue else []
    at = time_of_event(text, (0, len(text)), span(text, trigger), mentions, cues=cues)
    return None if at is None else str(mentions[at].start)


@pytest.mark.parametrize(
    ("text", "trigger", "cue", "expected"),
    [
        ("The army shelled Ost on Monday, a witness said on Tuesday.", "shelled", "said", "2016-12-26"),
        ("The army shelled Ost, a witness said on Tuesday.", "shelled", "said", None),
        ("The envoy told a press briefing on Tuesday the town was shelled.", "shelled", "told", None),
        ("He said that on Monday the army shelled Ost.", "shelled", "said", "2016-12-26"),
        ("He said the attack occurred on December 22 and struck Ost.", "struck", "said", "2016-12-22"),
        ("According to a report published on Monday shelling killed ten since May.", "killed", None, "2016-05-01"),
        ("The group on Monday claimed responsibility for the raid that killed ten.", "killed", None, None),
        ("The ministry on Tuesday denied the strike.", "strike", None, None),
        ("A few seconds later a bomb exploded.", "exploded", None, None),
        ("Ten minutes before, shells hit the square.", "hit", None, None),
        ("Two days later a bomb exploded.", "exploded", None, "2016-12-29"),
        ("The group claimed responsibility on Friday for the bombing.", "bombing", None, None),
        ("He owned the massacre of Ost in a video released on the internet on Sunday.", "massacre", None, None),
        ("Troops killed 31 farmers in Ost on Christmas Eve.", "killed", None, "2016-12-24"),
        ("The raid that killed 131 is the bloodiest since the campaign began in March.", "killed", None, None),
        ("It was the first death since a raid on Sunday that killed ten.", "killed", None, "2016-12-25"),
        ("The land was hit by unrest since March.", "hit", None, "2016-03-01"),
        ("The raid, the first since the truce began on December 15, killed ten.", "killed", None, None),
        ("Troops killed 31 farmers in Ost at Christmas.", "killed", None, "2016-12-25"),
        ("The army on Monday confirmed it carried out an air strike.", "strike", None, None),
        ("The mission on Monday said at least 48 people had been killed.", "killed", None, None),
        (
            "On Monday rebels shelled Ost. The shelling comes a day after eight were killed there.",
            "killed",
            None,
            "2016-12-25",
        ),
        ("Jets killed 12 people on Monday said the monitor.", "killed", None, "2016-12-26"),
        (
            "Ten have been killed since the war between the army and the militia broke out on December 15.",
            "killed",
            None,
            "2016-12-15",
        ),
        ("The minister on Sunday defended the strike that killed ten.", "killed", None, None),
        ("On Monday he urged them to stop the shelling.", "shelling", None, None),
        ("Just days after an attack a woman was killed on Saturday.", "killed", None, "2016-12-24"),
        ("The death toll from the shelling rose to 335 on Monday.", "shelling", None, None),
        ("The ministry on Monday raised the death toll of the massacre to 272.", "massacre", None, None),
        ("The sides agreed on a truce, a day after a strike killed ten.", "strike", None, "2016-12-26"),
        ("The sides agreed on a truce, a day after a strike killed ten.", "truce", None, None),
        ("Two days after the strike, ten were buried.", "strike", None, "2016-12-25"),
        ("On Monday, two days after the strike, shells fell.", "strike", None, "2016-12-24"),
        ("On Monday, two days after the strike, shells fell.", "fell", None, "2016-12-26"),
        ("Some days after the strike, shells fell.", "strike", None, None),
        ("The shelling on Monday raised a cloud of dust.", "shelling", None, "2016-12-26"),
        ("As of Monday the toll of the shelling was 52.", "shelling", None, None),
        ("They were killed on Sunday.", "killed", None, "2016-12-25"),
        ("The army said the 22 December strike hit the town.", "strike", "said", "2016-12-22"),
        ("In the last three days 220 were abducted.", "abducted", None, "2016-12-24"),
        ("Troops entered on Friday after rebels fled on Thursday.", "entered", None, "2016-12-23"),
        ("Eleven died in the raid on Ost, the radio learned this Monday 26 December.", "died", None, None),
        ("The ministry on Monday named 50 people as killed in the raid.", "killed", None, None),
        ("The group on Sunday identified 31 men killed in Ost.", "killed", None, None),
        ("The faction put the death toll at 141 on Friday.", "death toll", None, None),
        ("The mayor gave the number of dead at 31 late on Sunday.", "dead", None, None),
        ("He put the guards at the gate on Friday and they shot ten.", "shot", None, "2016-12-23"),
        (
            "On Sunday they mourned the raid on Ost, which was carried out on the 3rd of May.",
            "raid",
            None,
            "2016-05-03",
        ),
        (
            "Nine buried on Sunday died in the massacre of Ost that took place on December 3.",
            "massacre",
            None,
            "2016-12-03",
        ),
        ("Troops entered on Friday after rebels fled on Thursday.", "fled", None, "2016-12-22"),
    ],
)
def test_saying_time_is_not_event_time(text, trigger, cue, expected):
    assert day(text, trigger, cue=cue) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Four soldiers were charged with murder on Monday in the killings of 24 in Ost.", "killings", None),
        ("A court on Monday sentenced the general for the shelling of Ost.", "shelling", None),
        ("He pleaded guilty Monday to the bombing of Ost.", "bombing", None),
        ("Three men convicted on Monday of the raid on Ost in 2009 were jailed.", "raid", "2009-01-01"),
        ("Those who died in the raid on Sunday were buried on Monday.", "raid", "2016-12-25"),
        ("Five who died in the raid on Ost were laid to rest on Monday.", "raid", None),
        ("He was sentenced after the raid on Monday.", "raid", "2016-12-26"),
        ("He was convicted of the killings of 3 May 2014 in Ost.", "killings", "2014-05-03"),
        ("The bodies of 31 men, some shot in the head, were found in Ost on Monday.", "shot", None),
        ("Remains of nine, all killed at close range, were recovered on Sunday.", "killed", None),
        ("Shells killed nine on Sunday and a tenth body was discovered on Monday.", "killed", "2016-12-25"),
    ],
)
def test_the_day_of_a_charge_or_a_burial_is_not_that_of_the_deed(text, trigger, expected):
    assert day(text, trigger) == expected


def test_an_act_told_on_keeps_its_day_and_a_headline_takes_it():
    text = (
        "Shells hit market. Shells killed ten in Ost on Monday. The strike came at noon prayers. "
        "Strikes have killed thousands. The sides signed a deal."
    )
    triggers = [
        span(text, "hit"),
        span(text, "killed"),
        span(text, "strike"),
        span(text, "killed", 2),
        span(text, "deal"),
    ]
    kinds = ["shelling", "killing", "shelling", "killing", "agreement"]
    mentions = find(text, published=PUBLISHED)
    found = times_of_events(text, sentences.split(text), triggers, kinds, mentions)
    days = [str(mentions[i].start) if i is not None else None for i in found]
    assert days == ["2016-12-26", "2016-12-26", "2016-12-26", None, None]


def test_only_in_the_opening_is_the_report_s_day_counted_back_from():
    for before, expected in (("", "2016-12-26"), ("Shells fell. " * 4, None)):
        text = f"{before}He died a day after the strike."
        split = sentences.split(text)
        mentions = find(text, published=PUBLISHED, sentences=split)
        at = time_of_event(text, split[-1], span(text, "strike"), mentions)
        assert (None if at is None else str(mentions[at].start)) == expected


def test_what_a_report_turns_to_gives_no_day_to_what_stands_before():
    text = "The number of people killed in the raid on Ost has risen to 42. Elsewhere, six people died on Friday."
    marks = [span(text, "killed"), span(text, "died")]
    mentions = find(text, published=PUBLISHED)
    own = times_of_events(text, sentences.split(text), marks, ["killing"] * 2, mentions)
    assert [None if i is None else str(mentions[i].start) for i in own] == [None, "2016-12-23"]


def test_a_headline_waits_only_a_few_sentences_for_its_day():
    text = "Four boys were killed. " + "It rained and rained. " * 6 + "An old man was killed on Friday."
    marks = [span(text, "killed"), span(text, "killed", 2)]
    own = times_of_events(text, sentences.split(text), marks, ["killing"] * 2, find(text, published=PUBLISHED))
    assert own == (None, 0)


def test_an_hour_of_no_named_day_is_no_other_act_s():
    for text, expected in (
        ("Shells hit Ost. Guards heard shots at 14:25.", None),
        ("Shells hit Ost. Guards heard shots at 14:25 on Monday.", "2016-12-26"),
    ):
        marks = [span(text, "hit"), span(text, "shots")]
        mentions = find(text, published=PUBLISHED)
        own = times_of_events(text, sentences.split(text), marks, ["shelling", "ground_attack"], mentions)
        assert (None if own[0] is None else str(mentions[own[0]].start)) == expected


def test_the_day_of_a_find_is_told_on_to_no_other_act():
    text = "Nine bodies were found in Ost on Monday. Most had been shot."
    marks = [span(text, "found"), span(text, "shot")]
    own = times_of_events(text, sentences.split(text), marks, ["killing"] * 2, find(text, published=PUBLISHED))
    assert own == (0, None)


def test_a_planned_act_inherits_no_day():
    text = "Shells killed ten on Monday. An attack is prepared."
    triggers = [span(text, "killed"), span(text, "attack")]
    mentions = find(text, published=PUBLISHED)
    found = times_of_events(
        text, sentences.split(text), triggers, ["killing", "ground_attack"], mentions, may_inherit=[True, False]
    )
    assert found == (0, None)


def test_the_date_line_dates_no_event():
    text = "27 December 2016 Shells kill ten in Ost the mayor said."
    mentions = find(text, published=PUBLISHED)
    assert times_of_events(text, sentences.split(text), [span(text, "kill")], ["killing"], mentions) == (None,)


def test_a_total_since_an_event_takes_the_whole_span():
    text = "More than 300 people were killed since the siege began in May 2015."
    mentions = find(text, published=PUBLISHED)
    found = times_of_events(
        text, [(0, len(text))], [span(text, "killed"), span(text, "siege")], ["killing", "siege"], mentions
    )
    assert [str(mentions[i].end) for i in found] == ["2016-12-27", "2015-05-31"]


def test_nothing_to_attach_is_none():
    assert times_of_events("", [], [], [], ()) == ()
    assert time_of_event("They fled.", (0, 10), (5, 9), ()) is None


def test_what_comes_days_after_an_act_leaves_that_act_so_many_days_before():
    text = "On Monday rebels shelled Ost. They left. Others came. It was quiet. The raid comes six days after a blast."
    mentions = find(text, published=PUBLISHED, sentences=sentences.split(text))
    (found,) = [m for m in mentions if text[slice(*m.span)] == "six days after"]
    assert str(found.start) == "2016-12-20"


def test_at_the_time_is_the_time_of_the_deed_and_not_of_the_day_named_last():
    text = "Shells killed ten in Ost, a board said on Monday. No fighter shot at the time."
    marks = [span(text, "killed"), span(text, "shot")]
    own = times_of_events(text, sentences.split(text), marks, ["killing"] * 2, find(text, published=PUBLISHED))
    assert own == (None, None)


def test_the_day_of_a_lowered_toll_is_not_that_of_the_deaths():
    text = "Crowds came on Monday as the rebels lowered to 51 the number of girls who died in the raid."
    mentions = find(text, published=PUBLISHED)
    for word in ("died", "raid"):
        assert time_of_event(text, (0, len(text)), span(text, word), mentions) is None


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Between December 20 and 22 they interviewed six witnesses to the killings.", "killings", False),
        ("On December 22 monitors examined the crater of the blast.", "blast", False),
        ("On December 22 men who had been questioned were killed.", "killed", True),
        ("They are feared to have been killed.", "killed", False),
    ],
)
def test_the_day_of_who_looks_into_a_deed(text, word, found):
    mentions = find(text, published=PUBLISHED)
    assert (time_of_event(text, (0, len(text)), span(text, word), mentions) is not None) == found


def test_who_is_feared_to_have_been_killed_died_on_the_day_told():
    text = "A plane crashed on Monday. Ten are feared to have been killed. Rebels have killed many."
    marks = [span(text, "crashed"), span(text, "killed"), span(text, "killed", 2)]
    own = times_of_events(
        text, sentences.split(text), marks, ["destruction", "killing", "killing"], find(text, published=PUBLISHED)
    )
    assert own == (0, 0, None)
