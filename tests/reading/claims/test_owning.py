"""A deed told before that somebody owns, disowns or lays to somebody in words that do not name it again."""

from dataclasses import dataclass

import pytest

from evenhand.model.reading import Statement
from evenhand.reading import claims, sentences
from tests.reading.claims.saying import report, told, words


@dataclass
class Town:
    """As much of a place as the claims ask for."""

    start: int
    end: int
    name: str
    country: str = "VA"
    gazetteer: str | None = None
    lat: float = 1.0
    lon: float = 1.0
    radius_km: float = 5.0
    precision: int = 1
    reasons: tuple[str, ...] = ()


BEFORE = "A bomb exploded at the market. "


def last(text):
    found = told(BEFORE + text)[-1]
    return found.type, found.polarity, words(BEFORE + text, found.actor)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The rebels claimed responsibility.", "The rebels"),
        ("The army accepted responsibility on Sunday.", "The army"),
        ("Responsibility was claimed by the separatists.", "the separatists"),
        ("The crime was committed by the militia.", "the militia"),
        ("It was the army that committed these atrocities.", "the army"),
        ("It was the work of the separatists.", "the separatists"),
        ("This is the handiwork of the militia, he said.", "the militia"),
        ("The attackers were members of the militia.", "the militia"),
        ("The gunmen were rebels.", "rebels"),
    ],
)
def test_a_deed_is_owned_or_laid_to_somebody_without_its_name(text, actor):
    assert last(text) == ("bombing", "affirmed", actor)


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility.",
        "The rebels have not claimed responsibility.",
        "The rebels may claim responsibility.",
        "Nobody was behind it.",
        "The minister took responsibility for health.",
    ],
)
def test_nobody_owns_what_is_not_said_to_be_owned(text):
    assert len(told(BEFORE + text)) == len(told(BEFORE))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The army said none of its aircraft had been flying over the town.", "its aircraft"),
        ("The army had no troops in the town.", "The army"),
        ("The general said there had been no government operations in the area.", "government"),
    ],
)
def test_who_had_nothing_there_denies_the_deed(text, actor):
    assert last(text) == ("bombing", "denied", actor)


def test_who_says_that_its_planes_did_not_fly_denies_the_deed():
    assert last_said("its planes had not flown any missions there that day") == ("bombing", "denied", "its planes")


@pytest.mark.parametrize(
    "text",
    [
        "No planes were seen in the sky.",
        "There were no fighters in the hospital.",
        "The town had no soldiers.",
        "The army has not bought any planes.",
    ],
)
def test_that_nothing_was_there_at_all_denies_nobodys_deed(text):
    assert all(claim.polarity == "affirmed" for claim in told(BEFORE + text))


@pytest.mark.parametrize(
    "text",
    ["the accusations are baseless", "the allegation is a lie", "the claims did not correspond to the facts"],
)
def test_a_charge_said_to_be_baseless_is_denied(text):
    found = told(f"{text}.", "asserts")
    assert found == ()  # nothing was told before
    assert last_said(text) == ("bombing", "denied", None)


def last_said(text):
    """The last claim where these words are the content of a statement behind the sentence before."""
    whole = f"{BEFORE}The army said {text}."
    start = whole.index(text)
    said = Statement(id="s1", kind="indirect", content=((start, start + len(text)),), attitude="asserts")
    found = claims.find(report(whole), sentences.split(whole), (), (said,))[-1]
    return found.type, found.polarity, words(whole, found.actor)


def test_that_does_not_stand_for_the_deed_where_a_clause_follows():
    found = told(BEFORE + "Residents have denied that militants stored weapons in the house.")
    assert not any(claim.polarity == "denied" and claim.type == "bombing" for claim in found)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Two strikes reportedly conducted by the army killed ten.", "the army"),
        ("The raid, apparently staged by the militia, killed ten.", "the militia"),
        ("The hospital had been struck by mistake by a government jet.", "a government jet"),
        ("The house was hit by mistake.", None),
    ],
)
def test_by_whom_an_attack_was_made(text, actor):
    assert words(text, told(text)[0].actor) == actor


def test_what_a_jet_fires_comes_from_the_air():
    assert [claim.type for claim in told("An F-16 fired two missiles at the building.")] == ["airstrike"]
    assert [claim.type for claim in told("The battery fired two missiles at the building.")] == ["shelling"]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The army carried out 32 targeting operations against the militia's vehicles.", "The army"),
    ],
)
def test_a_kind_of_operation_is_no_deed_of_its_own(text, actor):
    assert words(text, told(text)[0].actor) == actor


def test_a_towns_name_before_an_attack_is_not_who_did_it():
    text = "The Arden bombing killed ten people."
    place = Town(start=4, end=9, name="Arden")
    assert told(text, places=(place,))[0].actor is None


def test_who_denies_that_his_planes_were_there_denies_the_deed():
    text = "A bomb exploded at the market. The minister denied the air force was active in the area."
    start = text.index("the air force")
    said = Statement(id="s1", kind="indirect", content=((start, len(text) - 1),), attitude="denies")
    found = claims.find(report(text), sentences.split(text), (), (said,))[-1]
    assert (found.type, found.polarity) == ("bombing", "denied")


def test_a_deed_taken_up_is_where_and_when_it_was():
    text = "A bomb exploded at the market in Arden. Talks went on in Belm. The militia denied any involvement."
    arden, belm = (text.index(name) for name in ("Arden", "Belm"))
    places = (Town(arden, arden + 5, "Arden"), Town(belm, belm + 4, "Belm", lat=9.0))
    found = told(text, places=places)
    assert [(claim.polarity, claim.place.name) for claim in found if claim.type == "bombing"] == [
        ("affirmed", "Arden"), ("denied", "Arden"),
    ]  # fmt: skip
    assert found[-1].place.why.startswith("not said here")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The army attributed the shelling of Arden to the rebels.", "the rebels"),
        ("The ministry pinned the blast in Arden on the militia.", "the militia"),
        ("The raid on Arden was attributed to the militia.", "the militia"),
    ],
)
def test_a_deed_is_laid_to_whom_stands_behind_it(text, actor):
    found = told(text)[0]
    assert words(text, found.actor) == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The shells were fired from army positions on the hill.", "army"),
        ("The rockets came from rebel positions.", "rebel"),
        ("The rockets had been fired from positions held by the separatists.", "the separatists"),
        ("The rockets had been launched from territory held by the rebels.", None),
        ("Rockets were fired from the village at the army.", None),
    ],
)
def test_from_whose_guns_it_was_fired_but_not_whose_land(text, actor):
    assert words(text, told(text)[0].actor) == actor


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A helicopter was shot down near Arden, killing five people.", None),
        ("The market was bombed by rebel jets, killing ten people.", "rebel jets"),
        ("The army shelled the market, killing ten people.", "The army"),
    ],
)
def test_what_is_hit_has_not_done_the_harm_that_came_of_it(text, actor):
    found = next(one for one in told(text) if one.type == "killing")
    assert (words(text, found.actor) if found.actor is not None else None) == actor
