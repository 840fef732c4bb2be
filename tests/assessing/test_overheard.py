"""Whose word a claim in the outlet's own voice is: written texts with one claim each."""

import msgspec
import pytest

from evenhand.assessing.identity import Source
from evenhand.assessing.naming import Namer
from evenhand.assessing.overheard import claims_the_deed, overheard, who_saw
from evenhand.assessing.settings import AssessmentSettings
from evenhand.assessing.sources import each_of
from evenhand.model.reading import Claim, Entity, Mention, Participant, Quantity, Reading, Statement
from evenhand.model.report import OriginalRef, Report
from tests.assessing.hand import SOFTWARE, profile


def told(text: str, trigger: str, *names: str, killed: str = "", kind: str = "bombing") -> tuple[Reading, Claim]:
    entities = tuple(
        Entity(
            id=f"e{n}", kind="organisation", name=name,
            mentions=(Mention(span=(text.index(name), text.index(name) + len(name)), form="name"),),
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    at = text.index(trigger)
    quantities = ()
    if killed:
        number = (text.index(killed), text.index(killed) + len(killed))
        quantities = (Quantity(role="killed", span=number, op="=", low=31, best=31, high=31),)
    claim = Claim(id="c1", type=kind, trigger=(at, at + len(trigger)), quantities=quantities)
    report = Report(id="r1", original=OriginalRef(sha256="0" * 64, locator="r1"), outlet="paper", text=text)
    sentences = ((0, len(text)),)
    return Reading(software=SOFTWARE, report=report, sentences=sentences, entities=entities, claims=(claim,)), claim


def source(text: str, trigger: str, *names: str, killed: str = "", kind: str = "bombing") -> tuple[str, bool] | None:
    reading, claim = told(text, trigger, *names, killed=killed, kind=kind)
    found = overheard(reading, claim, (0, len(text)), None, None)
    return (found.source.name, found.claims_it) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sund Army claimed responsibility for the bombing.", ("Sund Army", True)),
        ("The Sund Army has claimed the responsibility for Monday's bombing.", ("Sund Army", True)),
        ("The Sund Army took credit for the bombing.", ("Sund Army", True)),
        ("The Sund Army has not claimed responsibility for the bombing.", None),
        ("Nothing links the Sund Army, and no group has yet claimed responsibility for the bombing.", None),
        ("The Sund Army denied the bombing.", None),
        ("The Sund Army claimed the bombing.", ("Sund Army", True)),
        ("The Sund Army claimed the bombing killed nobody.", None),
        ("The bombing was later claimed by the Sund Army.", ("Sund Army", True)),
    ],
)
def test_who_claims_responsibility_says_that_it_did_it(text, expected):
    assert source(text, "bombing", "Sund Army") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Watch, a monitoring group, gave a toll of 31 people killed.", "Watch"),
        ("The Watch put the number of dead at 31 people killed.", "Watch"),
        ("The Watch gave no toll, but 31 people were killed.", None),
        ("The Watch gave food to families after 31 people were killed.", None),
        ("31 people were killed, the mayor gave out bread.", None),
    ],
)
def test_who_gives_a_toll_says_it(text, expected):
    found = source(text, "killed", *(["Watch"] if "Watch" in text else []), killed="31", kind="killing")
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A Wire One correspondent who reached the old market some minutes after the blast saw ruins.",
         "A Wire One correspondent who reached the old market some minutes after the blast"),
        ("Journalists taken there by the army, among them a Wire One reporter, saw ruins.", "a Wire One reporter"),
        ("Wire One reporters who went to both found ruins.", "Wire One reporters who went to both"),
        ("Journalists were taken there by the army, among them a reporter of the wire, and praised it.", None),
    ],
)  # fmt: skip
def test_who_saw_it_may_be_described_or_be_one_of_several(text: str, who: str | None):
    assert who_saw(text) == who


def test_what_a_photographer_saw_is_of_the_photographer():
    text = "A photographer contributing to Wire One saw massive destruction at the market."
    assert source(text, "destruction", kind="destruction") == (
        "unnamed: A photographer contributing to Wire One",
        False,
    )
    assert source("No reporter saw destruction at the market.", "destruction", kind="destruction") is None


def test_a_toll_without_a_subject_is_nobodys():
    reading, claim = told("The toll rose to 31 people killed.", "killed", killed="31", kind="killing")
    assert overheard(reading, claim, (0, len(reading.report.text)), None, None) is None


def test_sources_that_say_it_together_are_each_one():
    both = Source(name="unnamed: a medical source and witnesses", written="a medical source and witnesses")
    assert [one.name for one in each_of(both)] == ["unnamed: a medical source", "unnamed: witnesses"]
    alike = Source(name="unnamed: doctors and nurses", written="doctors and nurses")
    assert each_of(alike) == (alike,)
    ministry = Source(
        name="unnamed: the ministry of health and population", written="the ministry of health and population"
    )
    assert each_of(ministry) == (ministry,)
    named = Source(name="Varda Watch; unnamed: residents")
    assert [one.name for one in each_of(named)] == ["Varda Watch", "unnamed: residents"]


def namer() -> Namer:
    return Namer(profile(), AssessmentSettings())


@pytest.mark.parametrize("name", ["unnamed: a monitor", "unnamed: the opposition"])
def test_a_partys_organ_does_not_mean_its_own_by_monitors_and_opponents(name):
    found = namer().identify(Source(name=name, outlet="sna", country="VA"))
    assert found.party is None


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The Sund Army has denied it.", "Sund Army"),
        ("The Sund Army denied any involvement.", "Sund Army"),
        ("The Sund Army, which fled, had no part in it, people said of any involvement.", None),
    ],
)
def test_who_denies_a_deed_says_so(text, by):
    trigger = "it." if "it." in text else "involvement"
    reading, claim = told(text, trigger.strip("."), "Sund Army")
    at = (text.index("Sund Army"), text.index("Sund Army") + 9)
    denied = msgspec.structs.replace(
        claim, polarity="denied", actor=Participant(name="Sund Army", span=at, entity="e0"), trigger=(
            text.rindex(trigger.strip(".")), text.rindex(trigger.strip(".")) + len(trigger.strip("."))),
    )  # fmt: skip
    found = overheard(reading, denied, (0, len(text)), None, None)
    assert (found.source.name if found else None) == by


@pytest.mark.parametrize(
    ("text", "trigger", "names", "killed", "expected"),
    [
        ("The Upland Front, a militia that fights the regime, has put the number of dead at 35.", "dead",
         ("Upland Front", "regime"), "35", "Upland Front"),
        ("The Varda Society has composed a list of 96 killed villagers by name.", "killed",
         ("Varda Society",), "96", "Varda Society"),
        ("Cardinal Oro Benn, who visited the wounded in the Saint Ode ward, spoke of 16 dead.", "dead",
         ("Cardinal Oro Benn", "Saint Ode"), "16", "Cardinal Oro Benn"),
        ("Arden has raised the death toll from Thursday's explosions in the centre of the old town of Ilm to 312.",
         "death toll", ("Arden",), "312", "Arden"),
        ("Upland officials have raised the death toll from the blasts to 312.", "death toll", (), "312",
         "unnamed: Upland officials"),
        ("Nobody has put the toll at 35.", "toll", (), "35", None),
    ],
)  # fmt: skip
def test_whoever_gives_a_number_of_dead_is_its_source(text, trigger, names, killed, expected):
    found = source(text, trigger, *names, killed=killed, kind="killing")
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "deed", "owned"),
    [
        ("claimed the massacres at Arden and Orlin in a letter.", "massacres", True),
        ("claims this bombing, the third this month.", "bombing", True),
        ("claimed both attacks.", "attacks", True),
        ("claimed the attack killed twenty.", "attack", False),
        ("claimed that the attack was theirs.", "attack", False),
    ],
)
def test_who_claims_a_deed_by_its_name_owns_it(text, deed, owned):
    at = text.index(deed)
    claim = Claim(id="c1", type="killing", trigger=(at, at + len(deed)))
    assert claims_the_deed(text, 0, claim) == owned


def test_a_pronoun_that_gives_a_number_is_whoever_spoke_last():
    text = "The Varda Society said that soldiers shot them. It has collected the names of 96 victims."
    reading, claim = told(text, "collected", "Varda Society", killed="96", kind="killing")
    cue = (text.index("said"), text.index("said") + 4)
    spoken = Statement(
        id="s1", kind="indirect", content=((22, 46),), cue=cue, speaker="e0", speaker_name="Varda Society"
    )
    reading = msgspec.structs.replace(reading, statements=(spoken,))
    sentence = (text.index("It has"), len(text))
    found = overheard(reading, claim, sentence, None, None)
    assert found is not None
    assert found.source.name == "Varda Society"
    assert overheard(msgspec.structs.replace(reading, statements=()), claim, sentence, None, None) is None
