"""When who tells a deed tells it as the own side's: each rule with its nearest neighbour."""

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.naming import Namer
from evenhand.model.reading import Entity, Mention, Participant
from tests.assessing.hand import Said, one_cluster, profile, reading
from tests.assessing.test_admissions import origin


def stance(said: Said, name: str = "Sund Army") -> str:
    return origin(name, reading("r1", said)).stance.responsibility


@pytest.mark.parametrize("actor", ["army units", "a patrol", "one artillery battalion", "commandos"])
def test_the_men_of_an_army_without_an_owner_are_its_own_in_its_spokesmans_words(actor):
    assert stance(Said(by="Sund Army", actor=actor, killed=(7, 7, 7))) == "admits"


@pytest.mark.parametrize("actor", ["fighters", "guerrillas", "gunmen", "terrorists", "militiamen"])
def test_armed_men_are_not(actor):
    assert stance(Said(by="Sund Army", actor=actor, killed=(7, 7, 7))) == "silent"


def test_to_regret_a_deed_that_nobody_lays_to_it_admits_nothing():
    regret = Said(by="Sund Army", attitude="admits", killed=(7, 7, 7))
    told = reading("r1", regret)
    cue = (told.report.text.index("said that"), told.report.text.index("said that") + 4)
    text = told.report.text.replace("said that", "regrets  ", 1)
    (spoken,) = told.statements
    told = msgspec.structs.replace(
        told, statements=(msgspec.structs.replace(spoken, cue=(cue[0], cue[0] + 7)),),
        report=msgspec.structs.replace(told.report, text=text),
    )  # fmt: skip
    assert origin("Sund Army", told).stance.responsibility == "silent"
    accusing = reading("r2", Said(by="Varda Watch", actor="Sund Army"))
    assert origin("Sund Army", told, accusing).stance.responsibility == "admits"


def test_to_admit_that_fighting_goes_on_admits_no_deed():
    assert (
        origin(
            "Sund Army", reading("r1", Said(by="Sund Army", type="armed_clash", attitude="admits")), kind="armed_clash"
        ).stance.responsibility
        == "silent"
    )


def test_it_is_another_where_other_forces_are_named_before():
    def told(before):
        said = reading("r1", Said(by="Sund Army", before=f"{before} it", killed=(7, 7, 7)))
        at = said.report.text.index(" it ") + 1
        speaker = Entity(id="e1", kind="organisation", name="Sund Army", mentions=(Mention(span=(0, 9), form="name"),))
        (claim,), (spoken,) = said.claims, said.statements
        actor = Participant(name="Sund Army", entity="e1", span=(at, at + 2))
        words = (said.report.text.index("that ") + 5, spoken.content[0][1])
        return msgspec.structs.replace(
            said, entities=(speaker,),
            statements=(msgspec.structs.replace(spoken, speaker="e1", content=(words,)),),
            claims=(msgspec.structs.replace(claim, actor=actor),),
        )  # fmt: skip

    assert origin("Sund Army", told("on Monday")).stance.responsibility == "admits"
    assert origin("Sund Army", told("where the rebels were")).stance.responsibility == "silent"
    assert origin("Sund Army", told("where its troops were")).stance.responsibility == "admits"
    assert origin("Sund Army", told("a bomb was found before")).stance.responsibility == "silent"


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("it would be rash to say that the Sund Army made an", "silent"),
        ("we want to say that the Sund Army made an", "admits"),
    ],
)
def test_what_would_be_rash_to_say_is_not_said(before, found):
    assert stance(Said(by="Sund Army", actor="Sund Army", before=before, killed=(7, 7, 7))) == found


def test_who_made_a_bomb_safe_has_not_laid_it():
    said = reading("r1", Said(by="Sund Army", type="mines_or_explosives", actor="Sund Army", killed=(7, 7, 7)))
    assert origin("Sund Army", said, kind="mines_or_explosives").stance.responsibility == "admits"
    text = said.report.text.replace("mines or explosives", "defused            ", 1)
    (claim,) = said.claims
    safe = msgspec.structs.replace(
        said, report=msgspec.structs.replace(said.report, text=text),
        claims=(msgspec.structs.replace(claim, trigger=(claim.trigger[0], claim.trigger[0] + 7)),),
    )  # fmt: skip
    assert origin("Sund Army", safe, kind="mines_or_explosives").stance.responsibility == "silent"


@pytest.mark.parametrize(("source", "heard"), [("No group", False), ("None of them", False), ("Nordia", True)])
def test_what_nobody_says_is_nobodys_word(source, heard):
    said = reading("r1", Said(by=source, actor="Norland Army", killed=(7, 7, 7)))
    found = assess(
        one_cluster(said, kind="airstrike"), readings={"r1": said}, copies=(), profile=profile(),
        settings=AssessmentSettings(),
    )  # fmt: skip
    assert (source in [one.name for one in found.origins]) is heard


@pytest.mark.parametrize(("actor", "blamed"), [("the enemy", "blames:norland"), ("an enemy", "blames:norland")])
def test_the_enemy_is_the_one_adversary_that_the_report_names(actor, blamed):
    told = reading("r1", Said(by="Sund Army", actor=actor, killed=(7, 7, 7)))
    assert origin("Sund Army", told).stance.responsibility == "silent"
    foe = Entity(id="e7", kind="armed_group", name="Norland Army", party="norland")
    assert origin("Sund Army", msgspec.structs.replace(told, entities=(foe,))).stance.responsibility == blamed
    ally = Entity(id="e7", kind="government", name="Awayland", party="away")
    assert origin("Sund Army", msgspec.structs.replace(told, entities=(ally,))).stance.responsibility == "silent"


def test_the_page_of_a_listed_ministry_speaks_for_it():
    namer = Namer(profile(), AssessmentSettings())
    assert namer.outlet("sund-defence-ministry", None).party == "sund"
    assert namer.outlet("sund-evening-post", None).party is None


def test_an_officer_on_the_page_of_a_force_is_its_man_and_in_a_newspaper_nobodys():
    def told(outlet):
        said = reading("r1", Said(by="Warren Cade", actor="Norland Army", killed=(7, 7, 7)), outlet=outlet)
        text = said.report.text.replace("Warren Cade", "Gen. W Cade", 1)
        (spoken,) = said.statements
        return msgspec.structs.replace(
            said, report=msgspec.structs.replace(said.report, text=text),
            statements=(msgspec.structs.replace(spoken, speaker_name="W Cade"),),
        )  # fmt: skip

    def parties(one):
        found = assess(
            one_cluster(one, kind="airstrike"), readings={"r1": one}, copies=(), profile=profile(),
            settings=AssessmentSettings(),
        )  # fmt: skip
        return [each.party for each in found.origins]

    assert parties(told("sund-defence-ministry")) == ["sund"]
    assert parties(told("paper")) == [None]


def test_it_said_rebels_attacked_is_not_the_word_of_rebels():
    said = reading("r1", Said(by="Sund Army", actor="Sund Army", killed=(7, 7, 7)))
    text = "It said Sund Army" + " " * (len(said.report.text) - 17)
    (spoken,) = said.statements
    turned = msgspec.structs.replace(
        said, report=msgspec.structs.replace(said.report, text=text),
        statements=(msgspec.structs.replace(spoken, cue=(3, 7), source=(8, 17)),),
    )  # fmt: skip
    found = assess(
        one_cluster(turned, kind="airstrike"), readings={"r1": turned}, copies=(), profile=profile(),
        settings=AssessmentSettings(),
    )  # fmt: skip
    assert "admits" not in [one.stance.responsibility for one in found.origins]


def test_a_partys_organ_abroad_owns_the_deed_that_others_lay_to_its_side():
    told = reading("r1", Said(actor="Sund Army", killed=(7, 7, 7)), outlet="sna")
    (claim,) = told.claims
    abroad = msgspec.structs.replace(claim, place=msgspec.structs.replace(claim.place, country="ZZ"))
    elsewhere = msgspec.structs.replace(told, claims=(abroad,))
    assert origin("Sund News", elsewhere).stance.responsibility != "admits"
    accusing = reading("r2", Said(by="Varda Watch", actor="Sund Army"))
    assert origin("Sund News", elsewhere, accusing).stance.responsibility == "admits"


def test_to_have_returned_fire_owns_the_shelling_and_not_to_have_returned_it_denies_nothing():
    def told(*, denied):
        said = reading(
            "r1", Said(by="Sund Army", type="armed_clash", actor="Sund Army", killed=(7, 7, 7), denied=denied)
        )
        text = said.report.text.replace("armed clash", "return fire", 1)
        return msgspec.structs.replace(said, report=msgspec.structs.replace(said.report, text=text))

    assert origin("Sund Army", told(denied=False), kind="shelling").stance.responsibility == "admits"
    assert origin("Sund Army", told(denied=True), kind="shelling").stance.responsibility == "silent"
