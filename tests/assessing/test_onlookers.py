"""People who were there and tell it in words that hold no claim of a kind; bodies that no profile lists."""

import msgspec
import pytest

from evenhand.assessing import AssessmentSettings, assess
from evenhand.assessing.onlookers import tells_of_the_scene
from evenhand.model.incident import Incident
from evenhand.model.reading import Reading, Statement
from tests.assessing.hand import Said, one_cluster, profile, reading


def assessed(*readings: Reading) -> Incident:
    return assess(
        one_cluster(*readings), readings={one.report.id: one for one in readings}, copies=(), profile=profile(),
        settings=AssessmentSettings(),
    )  # fmt: skip


def adding(found: Reading, words: str, by: str | None, *, attitude: str = "asserts") -> Reading:
    """The same reading with a sentence more, in which nobody or somebody says what holds no claim."""
    text = found.report.text
    start = len(text)
    sentence = f'"{words}," said {by}.' if by else f"{words}."
    statements = found.statements
    if by:
        said = (start + 1, start + 1 + len(words))
        at = start + sentence.index(by)
        statements = (*statements, Statement(
            id="extra", kind="direct", content=(said,), source=(at, at + len(by)), attitude=attitude,
            speaker_name=by if by[:1].isupper() else f"unnamed: {by}", chain=("paper", by),
        ))  # fmt: skip
    report = msgspec.structs.replace(found.report, text=text + sentence + " ")
    return msgspec.structs.replace(
        found, report=report, statements=statements, sentences=(*found.sentences, (start, start + len(sentence)))
    )


@pytest.mark.parametrize(
    "words",
    [
        "I heard a whistle, then it went dark and people were falling on me",
        "There were body parts everywhere",
        "Everything was burning",
        "They came at night with machetes",
        "The helicopter circled and came back",
    ],
)
def test_words_of_a_scene(words: str):
    assert tells_of_the_scene(words)


@pytest.mark.parametrize("words", ["We want peace", "The camp hosts many old women", "It was calm in the morning", ""])
def test_words_of_no_scene(words: str):
    assert not tells_of_the_scene(words)


@pytest.mark.parametrize(
    ("words", "by", "origins"),
    [
        ("There were bodies on the stairs", "a resident", 2),
        ("We brought out eleven corpses", "rescue workers", 2),
        ("They were torn to pieces", "a doctor at the hospital", 2),
        ("There were bodies on the stairs", "an activist", 1),
        ("There were bodies on the stairs", "a government spokesman", 1),
        ("We want peace", "a resident", 1),
    ],
)
def test_who_tells_of_the_scene_is_an_origin_of_no_side(words: str, by: str, origins: int):
    found = assessed(adding(reading("r1", Said(by="Norland Army")), words, by))
    assert found.independent_origins == origins


@pytest.mark.parametrize(
    ("words", "by", "origins"),
    [
        ("I was buying matches and then everybody around me was on the ground", "a resident", 2),
        ("The little lorry went past the buses and turned into them", "an eyewitness", 2),
        ("They do not care about us", "a resident", 1),
        ("My sister went to learn how to put on a bandage", "a resident", 1),
        ("I was buying matches and then everybody around me was on the ground", "a Norland army spokesman", 1),
    ],
)
def test_who_was_there_needs_no_word_for_what_was_done(words: str, by: str, origins: int):
    found = assessed(adding(reading("r1", Said(by="Norland Army")), words, by))
    assert found.independent_origins == origins


@pytest.mark.parametrize(
    ("words", "origins"),
    [
        ("Our staff were shown the bodies of young women", 2),
        ("The dead deserve an answer", 1),
        ("The attack was carried out at night", 1),
    ],
)
def test_a_body_of_no_side_whose_people_saw_what_was_left_is_an_origin(words: str, origins: int):
    found = assessed(adding(reading("r1", Said(by="Norland Army")), words, "Varda Watch"))
    assert found.independent_origins == origins


def test_a_statement_that_holds_a_claim_of_something_else_may_tell_of_the_scene():
    told = adding(reading("r1", Said(by="Norland Army")), "I saw bodies, and somebody pulled me out", "a resident")
    at = told.report.text.index("pulled")
    moved = msgspec.structs.replace(
        told.claims[0], id="moved", type="movement", statement="extra", trigger=(at, at + 6), quantities=()
    )
    beside = msgspec.structs.replace(told, claims=(*told.claims, moved))
    cluster = msgspec.structs.replace(one_cluster(beside), claims=one_cluster(told).claims)
    found = assess(cluster, readings={"r1": beside}, copies=(), profile=profile(), settings=AssessmentSettings())
    assert found.independent_origins == 2


def test_a_reporter_who_saw_it_is_an_origin_though_the_sentence_holds_no_claim():
    found = assessed(
        adding(reading("r1", Said(by="Norland Army")), "A Wire One photographer saw bodies in the road", None)
    )
    (seen,) = [one for one in found.origins if one.family == "outlet:wire"]
    assert seen.own_knowledge
    assert found.independent_origins == 2
    assert found.questions.killed.low is None


def test_a_reporter_in_a_carried_text_is_the_wires():
    seen = "A correspondent at the scene counted bodies in the road"
    own = adding(reading("r1", Said(by="Norland Army"), outlet="wire"), seen, None)
    copy = adding(reading("r2", Said(by="Norland Army"), credit="wire"), seen, None)
    cluster = one_cluster(own, copy)
    found = assess(
        cluster, readings={"r1": own, "r2": copy}, copies=(), profile=profile(), settings=AssessmentSettings()
    )
    assert [one.family for one in found.origins if one.own_knowledge and one.party is None] == ["outlet:wire"]


def test_an_account_joins_the_others_of_its_kind_and_blames_nobody():
    told = adding(reading("r1", Said(by="villagers", actor="Sund Army")), "I saw smoke and blood", "a resident")
    found = assessed(told)
    assert [(one.family, one.stance.responsibility) for one in found.origins] == [("class:residents", "blames:sund")]
    alone = assessed(adding(reading("r1", Said(by="Norland Army")), "I saw smoke and blood", "a resident"))
    (resident,) = [one for one in alone.origins if one.family == "class:residents"]
    assert resident.stance.responsibility == "silent"
    assert resident.claims == ()
    assert resident.evidence


def test_who_denies_or_speaks_beside_another_deed_is_no_onlooker():
    denies = adding(reading("r1", Said(by="Norland Army")), "There were no bodies", "a resident", attitude="denies")
    assert assessed(denies).independent_origins == 1
    two = reading("r1", Said(by="Norland Army"), Said(by="Norland Army", type="shelling", place=("Far", 40.0, 60.0)))
    beside = adding(two, "There were bodies on the stairs", "a resident")
    first = one_cluster(beside)
    other = msgspec.structs.replace(first, claims=first.claims[:1])
    found = assess(other, readings={"r1": beside}, copies=(), profile=profile(), settings=AssessmentSettings())
    assert found.independent_origins == 1


def test_people_of_a_body_that_is_named_are_not_onlookers_beside_it():
    told = reading("r1", Said(by="Varda Relief"))
    assert assessed(adding(told, "There were bodies everywhere", "nurses")).independent_origins == 1


def test_a_body_of_no_profile_knows_what_it_is_said_to_have_done():
    guards = Said(by="Ann Tarn", org="Ironwall", actor="guards of Ironwall")
    found = assessed(reading("r1", guards))
    (body,) = found.origins
    assert (body.name, body.family, body.own_knowledge) == ("Ironwall", "name:ironwall", True)
    assert body.interest == "interested"
    other = assessed(reading("r1", Said(by="Ann Tarn", org="Ironwall", actor="Sund Army")))
    assert [one.own_knowledge for one in other.origins] == [False]


def test_all_who_speak_for_one_body_are_one():
    told = [Said(by=by, org="Ironwall", actor="guards of Ironwall") for by in ("Ann Tarn", "Joe Hult")]
    assert assessed(reading("r1", *told)).independent_origins == 1


def test_who_was_told_of_it_has_not_seen_it():
    told = reading("r1", Said(by="a resident"))
    (statement,) = told.statements
    text = told.report.text.replace("a resident said that", "a resident was told that")
    at = text.index("was told")
    changed = msgspec.structs.replace(
        told, report=msgspec.structs.replace(told.report, text=text),
        statements=(msgspec.structs.replace(statement, cue=(at, at + len("was told"))),),
    )  # fmt: skip
    assert assessed(changed).independent_origins == 0
    assert assessed(told).independent_origins == 1


@pytest.mark.parametrize(("by", "origins"), [("the charity", 2), ("an aid agency", 2), ("the group", 1)])
def test_a_charity_knows_of_its_own_without_its_name_and_is_the_one_that_is_named(by: str, origins: int):
    found = assessed(reading("r1", Said(by="Norland Army"), Said(by=f"unnamed: {by}")))
    assert found.independent_origins == origins
    beside = reading("r1", Said(by="Varda Relief"), Said(by=f"unnamed: {by}"))
    assert assessed(beside).independent_origins == 1
