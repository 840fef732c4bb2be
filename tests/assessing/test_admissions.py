"""When naming one's own side as who did it is an admission, and when it is not: the same for every side."""

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.model.incident import Origin, Stance
from evenhand.model.reading import Entity, Participant, Reading
from tests.assessing.hand import Said, one_cluster, profile, reading

OWN = Said(by="Sund Army", actor="Sund Army", killed=(7, 7, 7))


def origin(name: str, *readings: Reading, kind: str = "airstrike") -> Origin:
    found = assess(
        one_cluster(*readings, kind=kind), readings={one.report.id: one for one in readings}, copies=(),
        profile=profile(), settings=AssessmentSettings(),
    )  # fmt: skip
    return next(one for one in found.origins if one.name == name)


def test_a_party_that_says_it_did_it_admits():
    assert origin("Sund Army", reading("r1", OWN)).stance.responsibility == "admits"


def test_its_own_side_in_a_charge_against_another_is_no_admission():
    said = Said(by="Sund Army", attitude="blames", actor="Sund Army", killed=(7, 7, 7))
    assert origin("Sund Army", reading("r1", said)).stance.responsibility == "silent"


def test_what_it_does_as_a_rule_is_no_admission_of_one_deed():
    said = Said(by="Sund Army", actor="Sund Army", words="as it only strikes fighters")
    assert origin("Sund Army", reading("r1", said)).stance.responsibility == "silent"


def test_who_tells_of_more_deeds_of_others_has_not_admitted_those():
    others = [Said(by="Sund Army", actor="armed men", killed=(n, n, n)) for n in (3, 4)]
    assert origin("Sund Army", reading("r1", OWN, *others)).stance.responsibility == "silent"
    assert origin("Sund Army", reading("r1", OWN, OWN, others[0])).stance.responsibility == "admits"


def test_rescuers_counted_with_a_side_do_not_speak_for_its_fighters():
    said = Said(by="Sund Helpers", actor="Sund Army", killed=(7, 7, 7))
    assert origin("Sund Helpers", reading("r1", said)).stance.responsibility != "admits"


@pytest.mark.parametrize(("outlet", "name"), [("nna", "Norland News"), ("sna", "Sund News")])
def test_an_outlet_abroad_admits_nothing_for_its_government_in_its_own_voice(outlet, name):
    side = name.split()[0]
    told = reading("r1", Said(actor=f"{side} Army", killed=(7, 7, 7)), outlet=outlet)
    assert origin(name, told).stance.responsibility == "admits"
    (claim,) = told.claims
    abroad = msgspec.structs.replace(claim, place=msgspec.structs.replace(claim.place, country="ZZ"))
    elsewhere = msgspec.structs.replace(told, claims=(abroad,))
    assert origin(name, elsewhere).stance.responsibility != "admits"


def test_admitted_that_is_an_admission_whatever_else_is_told():
    said = Said(by="Sund Army", attitude="admits", actor="Sund Army")
    others = [Said(by="Sund Army", actor="armed men", killed=(n, n, n)) for n in (3, 4)]
    assert origin("Sund Army", reading("r1", said, *others)).stance.responsibility == "admits"


def test_the_blast_is_what_did_it_and_no_other_who():
    told = reading("r1", OWN, *[Said(by="Sund Army", type="killing", actor="the blast") for _ in range(3)])
    claims = [
        one if one.actor.name == "Sund Army" else msgspec.structs.replace(one, actor=Participant(name="the blast"))
        for one in told.claims
    ]
    told = msgspec.structs.replace(told, claims=tuple(claims))
    assert origin("Sund Army", told).stance.responsibility == "admits"


def test_who_says_who_killed_its_own_does_not_speak_against_its_interest():
    lost = Said(type="killing", by="Sund Army", target="Sund Army", force=True, killed=(7, 7, 7))
    assert origin("Sund Army", reading("r1", lost)).interest == "against_interest"
    charged = Said(type="killing", by="Sund Army", target="Sund Army", force=True, actor="armed men", killed=(7, 7, 7))
    assert origin("Sund Army", reading("r1", charged)).interest == "interested"


def test_own_dead_told_beside_a_charge_are_no_admission_of_what_harms_it():
    dead = Said(type="killing", by="Sund Army", target="Sund Army", force=True, killed=(12, 12, 12))
    charge = Said(by="Sund Army", actor="armed men")
    assert origin("Sund Army", reading("r1", dead)).interest == "against_interest"
    assert origin("Sund Army", reading("r1", dead, charge)).interest == "interested"


def test_who_foils_an_attack_neither_admits_nor_denies_one_of_its_own():
    foiled = Said(
        by="Sund Army", actor="Sund Army", words="which it foiled before it reached its target", killed=(7, 7, 7)
    )
    told = origin("Sund Army", reading("r1", Said(by="Varda Watch", actor="Sund Army"), foiled))
    assert told.stance.responsibility in {"silent", "blames:sund"}


def test_who_alone_is_accused_owns_the_deed_by_its_armed_aim():
    accusing = reading("r1", Said(by="Varda Watch", actor="Sund Army"))
    aimed = reading("r2", Said(by="Sund Army", target="Norland fighters", force=True, before="the"))
    assert origin("Sund Army", accusing, aimed).stance.responsibility == "admits"
    assert origin("Sund Army", aimed).stance.responsibility == "silent"
    others = reading("r3", Said(by="Varda Relief", actor="Norland Army"))
    assert origin("Sund Army", accusing, aimed, others).stance.responsibility == "silent"
    unarmed = reading("r2", Said(by="Sund Army", target="villagers", before="the"))
    assert origin("Sund Army", accusing, unarmed).stance.responsibility == "silent"


def test_who_laid_explosives_in_a_house_did_not_strike_it():
    strike = Said(by="Sund Army", actor="Sund Army", killed=(7, 7, 7))
    laid = Said(by="Sund Army", type="mines_or_explosives", actor="Norland Army")
    assert origin("Sund Army", reading("r1", strike, laid)).stance.responsibility == "admits"


def test_a_governments_bare_name_knows_what_its_organ_tells_in_the_same_report():
    charge = Said(by="Farland", attitude="blames", actor="Sund Army")
    tells = Said(by="Farland", killed=(7, 7, 7))
    assert origin("Farland", reading("r1", charge)).own_knowledge is False
    assert origin("Farland", reading("r1", charge, tells)).own_knowledge is False  # no organ of it speaks


@pytest.mark.parametrize("actor", ["soldiers", "the security forces", "troops"])
def test_soldiers_without_an_owner_are_those_of_the_army_that_speaks(actor):
    assert origin("Sund Army", reading("r1", Said(by="Sund Army", actor=actor, killed=(7, 7, 7)))).stance == Stance(
        occurrence="asserts", responsibility="admits"
    )
    told = reading("r1", Said(by="Varda Watch", actor=actor, killed=(7, 7, 7)))
    assert origin("Varda Watch", told).stance.responsibility == "silent"


def test_armed_men_in_the_words_of_an_army_are_not_its_own():
    told = reading("r1", Said(by="Sund Army", actor="gunmen", killed=(7, 7, 7)))
    assert origin("Sund Army", told).stance.responsibility == "silent"


def test_an_outlet_named_beside_a_deed_has_not_done_it():
    told = reading("r1", Said(actor="Sund News", killed=(7, 7, 7)), outlet="sna")
    (claim,) = told.claims
    news = Entity(id="e9", kind="outlet", name="Sund News", party="sund")
    actor = msgspec.structs.replace(claim.actor, entity="e9")
    said = msgspec.structs.replace(
        told, claims=(msgspec.structs.replace(claim, actor=actor),), entities=(*told.entities, news)
    )
    assert origin("Sund News", said).stance.responsibility == "silent"


def test_a_deed_taken_for_the_word_of_saying_says_nothing():
    told = reading("r1", Said(by="Sund Army", actor="Sund Army", killed=(7, 7, 7)))
    (statement,), (claim,) = told.statements, told.claims
    headline = msgspec.structs.replace(
        told, statements=(msgspec.structs.replace(statement, cue=claim.trigger),)
    )  # "Sund Army | air strikes | kill seven"
    found = assess(
        one_cluster(headline, kind="airstrike"), readings={headline.report.id: headline}, copies=(),
        profile=profile(), settings=AssessmentSettings(),
    )  # fmt: skip
    assert [one.name for one in found.origins if one.stance.responsibility == "admits"] == []
