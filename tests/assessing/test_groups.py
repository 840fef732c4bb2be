"""Armed groups that only the report calls so."""

import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.groups import group_named, groups_of
from evenhand.assessing.identity import Source
from evenhand.assessing.naming import Namer
from evenhand.model.reading import Entity, Mention, Reading
from evenhand.model.report import OriginalRef, Report
from tests.assessing.hand import SOFTWARE, Said, one_cluster, profile, reading


def told(text, *named, kind="organisation"):
    """A reading of a text whose entities are these names, each at every place where it stands."""
    entities = []
    for number, name in enumerate(named):
        spans = [at for at in range(len(text)) if text.startswith(name, at)]
        mentions = tuple(Mention(span=(at, at + len(name)), form="name") for at in spans)
        entities.append(Entity(id=f"e{number}", kind=kind, name=name, mentions=mentions))
    report = Report(id="r", original=OriginalRef(sha256="0" * 64), text=text)
    return Reading(software=SOFTWARE, report=report, entities=tuple(entities))


@pytest.mark.parametrize(
    ("text", "name", "group"),
    [
        ("Rebels of the VLF attacked the town.", "VLF", "VLF"),
        ("The VLF, a separatist movement in the north, attacked.", "VLF", "VLF"),
        ("VLF guerrillas attacked the town.", "VLF", "VLF"),
        ("The rebel group Varda Liberation Front attacked.", "Varda Liberation Front", "Varda Liberation Front"),
        ("The guerrilla Varda Liberation Front, or VLF, attacked.", "Varda Liberation Front", "VLF"),
        ("The Varda Liberation Front attacked.", "Varda Liberation Front", "Varda Liberation Front"),
        ("The Varda Liberation Front (VLF) claimed responsibility for it.", "VLF", "VLF"),
        ("Police said that the VLF was behind the raid.", "VLF", "VLF"),
        ("Fighters loyal to the Varda Liberation Front (VLF) attacked.", "VLF", "VLF"),
    ],
)
def test_what_a_report_calls_an_armed_group_is_one(text, name, group):
    found = groups_of(told(text, "Varda Liberation Front"))
    assert group_named(f"men of the {name}", found) == group


@pytest.mark.parametrize(
    "text",
    [
        "Islamist rebels attacked the town.",
        "Militias of Arden attacked the town.",
        "The VLF attacked the town.",
        "Norlandish gunmen attacked the town.",
        "Popular resistance fighters attacked.",
    ],
)
def test_peoples_places_and_mere_names_are_no_groups(text):
    assert not groups_of(told(text, "Arden", kind="place"))


def test_the_rebels_are_the_one_group_that_a_report_names():
    namer = Namer(profile(), AssessmentSettings())
    one = told("Rebels of the VLF attacked the town. The rebels denied it.")
    assert namer.named_so("the rebels", one) == "VLF"
    namer = Namer(profile(), AssessmentSettings())
    two = told("Rebels of the VLF and militants of the MPN fought. The rebels denied it.")
    assert namer.named_so("the rebels", two) is None


def test_a_groups_spokesman_is_the_groups():
    namer = Namer(profile(), AssessmentSettings())
    one = told("Rebels of the VLF attacked the town. Its spokesman denied it.")
    assert namer.identify_in(Source(name="Jan Verd", org="VLF"), one).party == "VLF"
    assert namer.identify_in(Source(name="Jan Verd", org="Varda Watch"), one).party is None


def test_the_names_of_a_listed_party_are_the_profiles():
    namer = Namer(profile(), AssessmentSettings())
    assert namer.named_so("Sund Army", told("Rebels of the Sund Army attacked.", "Sund Army")) is None


def test_a_group_that_no_list_has_is_called_by_its_name_and_not_by_its_speakers():
    accuses = reading("r1", Said(by="Varda Watch", actor="VLF", words="by rebels of the VLF", killed=(7, 7, 7)))
    denies = reading(
        "r2", Said(by="Jan Verd", org="VLF", attitude="denies", denied=True, actor="VLF", words="of VLF guerrillas")
    )
    both = {one.report.id: one for one in (accuses, denies)}
    found = assess(
        one_cluster(accuses, denies), readings=both, copies=(), profile=profile(), settings=AssessmentSettings()
    )
    answer = found.questions.responsibility
    assert answer.grade == "contested" and answer.against == ("Jan Verd",)
    assert "Varda Watch: names VLF as having done it" in answer.reasons
