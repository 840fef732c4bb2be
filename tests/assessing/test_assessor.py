import itertools
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.assessing import AssessmentSettings, Merge, PartyOf, assess
from evenhand.grouping import compare, groups
from evenhand.model.evidence import to_json
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, one_cluster, profile, reading

WATCH = Said(by="Varda Watch", target="civilians", killed=(20, 20, 20))
MINISTRY = Said(by="Norland Defence Ministry")


def grade(*readings: Reading, settings: AssessmentSettings | None = None) -> Incident:
    by_id = {one.report.id: one for one in readings}
    reports = [one.report for one in readings]
    copied = groups(compare(reports), reports)
    return assess(
        one_cluster(*readings), readings=by_id, copies=copied, profile=profile(),
        settings=settings or AssessmentSettings(),
    )  # fmt: skip


def grades(incident: Incident) -> tuple[str | None, str | None]:
    return incident.questions.occurrence.grade, incident.questions.responsibility.grade


def test_a_monitor_alone_is_a_single_origin_whoever_prints_it():
    found = grade(
        reading("r1", WATCH, outlet="paper"), reading("r2", WATCH, outlet="nna"), reading("r3", WATCH, outlet="sna")
    )
    assert grades(found) == ("single_origin", "unattributed")
    assert found.independent_origins == 1
    assert [one.name for one in found.origins] == ["Varda Watch"]


def test_two_families_one_of_them_not_interested_corroborate():
    found = grade(reading("r1", WATCH), reading("r2", Said(by="Norland Defence Ministry", actor="Sund Army")))
    assert grades(found)[0] == "corroborated"
    assert grades(found)[1] == "party_only"


def test_a_party_alone_is_party_only_in_its_own_voice_and_by_its_organs():
    found = grade(
        reading("r1", Said(actor="Sund Army", target="civilians"), outlet="nna"),
        reading("r2", Said(by="Norland Defence Ministry", actor="Sund Army")),
        reading("r3", Said(by="Norland Army", actor="Sund Army")),
    )
    assert grades(found) == ("party_only", "party_only")
    assert found.independent_origins == 1
    assert {one.family for one in found.origins} == {"norland"}


def test_the_party_that_is_blamed_and_denies_makes_responsibility_contested_not_occurrence():
    found = grade(
        reading("r1", Said(by="Varda Watch", actor="Norland Army", target="civilians")),
        reading("r2", Said(by="Norland Defence Ministry", actor="Norland Army", denied=True, attitude="denies")),
    )
    assert grades(found) == ("single_origin", "contested")
    assert found.questions.responsibility.against == ("Norland Defence Ministry",)


def test_an_admission_acknowledges():
    found = grade(
        reading("r1", Said(by="Varda Watch", actor="Norland Army", target="civilians")),
        reading("r2", Said(by="Norland Defence Ministry", actor="Norland Army", attitude="admits")),
    )
    assert grades(found) == ("acknowledged", "acknowledged")
    assert "rule O1" in found.questions.occurrence.reasons[0]


def test_own_dead_soldiers_without_an_owner_are_the_losses_of_the_state_that_tells_of_them():
    found = grade(reading("r1", Said(by="Norland Army", type="killing", target="99 sailors")))
    assert found.origins[0].interest == "against_interest"
    assert grades(found)[0] == "acknowledged"
    others = grade(reading("r1", Said(by="Norland Army", type="killing", target="99 villagers")))
    assert grades(others)[0] == "party_only"


def test_who_lays_it_to_an_ally_alone_is_not_interested():
    blames = Said(by="Norland Defence Ministry", type="killing", actor="Farland", target="villagers")
    (origin,) = grade(reading("r1", blames)).origins
    assert origin.interest == "neutral"
    blames = Said(by="Norland Defence Ministry", type="killing", actor="Sund Army", target="villagers")
    (origin,) = grade(reading("r1", blames)).origins
    assert origin.interest == "interested"


def test_own_losses_without_blame_are_against_interest():
    found = grade(reading("r1", Said(by="Norland Defence Ministry", target="Norland Army", force=True)))
    assert found.origins[0].interest == "against_interest"
    assert grades(found)[0] == "acknowledged"


def test_blame_that_does_not_meet_is_contested_and_blame_that_overlaps_agrees():
    apart = grade(
        reading("r1", Said(by="Varda Watch", actor="Norland Army")),
        reading("r2", Said(by="Varda Relief", actor="Sund Army")),
    )
    assert grades(apart)[1] == "contested"
    agree = grade(
        reading("r1", Said(by="Varda Watch", actor="Norland or Sund army")),
        reading("r2", Said(by="Varda Relief", actor="Sund Army")),
    )
    assert grades(agree)[1] == "corroborated"


def test_a_government_abroad_has_no_own_knowledge():
    found = grade(reading("r1", Said(by="Farland", actor="Sund Army")))
    assert found.origins[0].own_knowledge is False
    assert grades(found) == ("unattributed", "unattributed")


def test_unattributed_text_is_the_outlets_own_and_of_a_copy_the_wires():
    words = "struck the old market beside the river bridge shortly before noon while many families were shopping"
    first = reading("r1", Said(words=words), outlet="wire", published="2031-05-04")
    copy = reading("r2", Said(words=words), outlet="paper", credit="wire")
    found = grade(first, copy)
    assert [one.name for one in found.origins] == ["Wire One"]
    assert found.copies[0].of == "wire"
    assert grades(found)[0] == "unattributed"


def test_opinion_and_hearsay_do_not_count():
    found = grade(reading("r1", Said(by="Varda Watch", attitude="believes")), reading("r2", Said(by="media reports")))
    assert grades(found)[0] == "unattributed"
    assert any("no own knowledge" in reason for reason in found.questions.occurrence.reasons)


def test_an_unnamed_source_in_a_partys_organ_counts_as_that_party():
    found = grade(reading("r1", Said(by="unnamed: a source", actor="Sund Army"), outlet="nna"))
    assert found.origins[0].party == "norland"
    assert grades(found)[0] == "party_only"


def test_flooding_five_hundred_outlets_with_one_text_changes_no_grade():
    alone = grade(reading("r0", Said(by="Norland Defence Ministry", actor="Sund Army")))
    many = [
        reading(f"r{n}", Said(by="Norland Defence Ministry", actor="Sund Army"), outlet=f"outlet{n}")
        for n in range(500)
    ]
    flooded = grade(*many)
    assert grades(flooded) == grades(alone) == ("party_only", "party_only")
    assert flooded.independent_origins == 1


def test_one_spokesman_in_five_hundred_wordings_is_one_origin():
    rng = random.Random(7)
    word = ["struck", "raid", "aircraft", "bombs", "morning", "market", "school", "bridge", "again", "hard"]
    spellings = ["Norland Defence Ministry", "the Norland defense ministry", "Norland's Defence Ministry",
                 "a spokesman for the Norland Defence Ministry"]  # fmt: skip
    said = [
        reading(f"r{n}", Said(by=rng.choice(spellings), actor="Sund Army", words=" ".join(rng.choices(word, k=12))),
                outlet=f"outlet{n}")
        for n in range(500)
    ]  # fmt: skip
    flooded = grade(*said)
    assert [one.name for one in flooded.origins] == ["Norland Defence Ministry"]
    assert grades(flooded)[0] == "party_only"
    more = grade(*said, reading("new", WATCH))
    assert grades(more)[0] == "corroborated"
    assert "asserting" in more.questions.occurrence.reasons[0]


def test_the_order_of_reports_does_not_matter():
    told = [
        reading("r1", WATCH), reading("r2", Said(by="Norland Defence Ministry", actor="Sund Army")),
        reading("r3", Said(by="residents", killed=(18, 18, 18)), published="2031-05-06"),
    ]  # fmt: skip
    lines = {to_json(grade(*order)) for order in itertools.permutations(told)}
    written = [json.loads(line) for line in lines]
    for one in written:
        one["claims"] = sorted(one["claims"], key=str)
    assert all(one == written[0] for one in written)


def test_the_case_file_overrides_merges_and_parties_with_its_reason():
    told = (reading("r1", WATCH), reading("r2", Said(by="Varda Relief")))
    merged = AssessmentSettings(same_origin=(Merge(names=("Varda Watch", "Varda Relief"), why="one staff"),))
    found = grade(*told, settings=merged)
    assert found.independent_origins == 1
    assert any("one staff" in why for why in found.origins[0].why)
    partial = AssessmentSettings(party_of=(PartyOf(name="Varda Watch", party="sund", why="paid by it"),))
    assert {one.name: one.party for one in grade(*told, settings=partial).origins}["Varda Watch"] == "sund"


@pytest.mark.parametrize("word", ["true", "false", "fake", "guilty"])
def test_words_that_judge_never_come_out(word):
    found = grade(
        reading("r1", Said(by="Varda Watch", actor="Norland Army")), reading("r2", Said(by="Norland Army", denied=True))
    )

    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for one in value.values() for text in texts(one)]
        if isinstance(value, list):
            return [text for one in value for text in texts(one)]
        return [value] if isinstance(value, str) else []

    assert not any(word in text.casefold().split() for text in texts(json.loads(to_json(found))))


SOURCES = ["Varda Watch", "Varda Relief", "residents", "activists", "Norland Defence Ministry", "Sund Defence Ministry",
           "Norland Army", "Sund Army", "Farland", "Awayland", None]  # fmt: skip
SIDES = ["Norland Army", "Sund Army", "Norland or Sund Army", None]
CLAIMS = st.builds(
    Said, by=st.sampled_from(SOURCES), actor=st.sampled_from(SIDES), denied=st.booleans(),
    target=st.sampled_from(["civilians", "Norland Army", "Sund Army", None]), force=st.booleans(),
    attitude=st.sampled_from(["asserts", "denies", "admits", "believes"]),
    killed=st.sampled_from([None, (5, 5, 5), (9, 9, None)]),
)  # fmt: skip
EXCHANGE = {"Norland": "Sund", "Sund": "Norland", "Farland": "Awayland", "Awayland": "Farland",
            "norland": "sund", "sund": "norland", "far": "away", "away": "far", "nna": "sna", "sna": "nna"}  # fmt: skip


def exchanged(text: str | None) -> str | None:
    import re

    if text is None:
        return None
    text = re.sub("Norland or Sund", "Sund or Norland", text) if "Norland or Sund" in text else text
    return re.sub("|".join(rf"\b{key}" for key in EXCHANGE), lambda m: EXCHANGE[m.group()], text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CLAIMS, st.sampled_from(["nna", "sna", "paper"])), min_size=1, max_size=5))
def test_exchanging_two_parties_exchanges_every_grade_and_changes_nothing_else(told):
    from dataclasses import replace

    def assessed(swap: bool) -> Incident:
        read = []
        for n, (said, outlet) in enumerate(told):
            name = (lambda text: exchanged(text)) if swap else (lambda text: text)
            mirrored = replace(said, by=name(said.by), actor=name(said.actor), target=name(said.target))
            read.append(reading(f"r{n}", mirrored, outlet=name(outlet)))
        return assess(
            one_cluster(*read), readings={one.report.id: one for one in read}, copies=(), profile=profile(),
            settings=AssessmentSettings(),
        )  # fmt: skip

    plain, swapped = assessed(False), assessed(True)
    assert grades(plain) == grades(swapped)
    assert plain.independent_origins == swapped.independent_origins
    assert plain.questions.killed.grade == swapped.questions.killed.grade

    def shape(incident: Incident, swap: bool) -> set[tuple[object, ...]]:
        name = exchanged if swap else (lambda text: text)
        return {
            (name(one.family), one.interest, one.own_knowledge, one.stance.occurrence,
             "/".join(sorted(name(one.stance.responsibility).removeprefix("blames:").split("/"))))
            for one in incident.origins
        }  # fmt: skip

    def swapped_families(families: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
        return families

    assert shape(plain, True) == shape(swapped, False)
