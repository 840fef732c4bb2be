"""Polarity and modality."""

import pytest

from tests.reading.claims.saying import told, words


def stand(text, attitude=None, type_=None):
    found = [c for c in told(text, attitude) if type_ in (None, c.type)]
    assert found, text
    return found[0].polarity, found[0].modality


@pytest.mark.parametrize(
    ("text", "attitude", "expected"),
    [
        ("The army bombed the town.", None, ("affirmed", "asserted")),
        ("The army did not bomb the town.", None, ("denied", "asserted")),
        ("The army might bomb the town.", None, ("affirmed", "possible")),
        ("The army will bomb the town.", None, ("affirmed", "planned")),
        ("The army plans to bomb the town.", None, ("affirmed", "planned")),
        ("The army reportedly bombed the town.", None, ("affirmed", "possible")),
        ("The army denied that it had bombed the town.", None, ("denied", "asserted")),
        ("If the army bombs the town, thousands will flee.", None, ("affirmed", "hypothetical")),
        ("The envoy called for a ceasefire.", None, ("affirmed", "called_for")),
        ("The strike did not cause casualties.", None, ("affirmed", "asserted")),
        ("No casualties were reported.", None, ("denied", "asserted")),
        ("The rebels no longer control the town.", None, ("denied", "asserted")),
        ("The rebels failed to capture the town.", None, ("denied", "asserted")),
        ("Nobody was killed.", None, ("denied", "asserted")),
        ("The army bombed the town.", "denies", ("denied", "asserted")),
        ("The army bombs the town.", "hopes", ("affirmed", "hoped")),
        ("The army must withdraw from the town.", None, ("affirmed", "called_for")),
    ],
)
def test_stance(text, attitude, expected):
    assert stand(text, attitude) == expected


def test_no_casualties_is_a_denied_injury():
    assert stand("The strike did not cause casualties.", type_="injury") == ("denied", "asserted")


def test_what_is_condemned_or_to_be_ended_is_taken_for_granted():
    assert stand("The envoy condemned the air strikes on the town.", "demands", "airstrike")[1] == "asserted"
    text = "We call for an end to the regime's attacks on the town."
    assert stand(text, None, "ground_attack")[1] == "asserted"
    assert stand(text, None, "ceasefire")[1] == "called_for"


def test_a_wish_for_anything_is_a_claim():
    text = "all parties to remain calm and respect the constitution."
    found = told(text, "demands")
    assert [(c.type, c.modality) for c in found] == [("other", "called_for")] * 2


def test_refused_access_is_obstruction():
    found = told("The agency has not been given access to the town.")
    assert [(c.type, c.polarity) for c in found] == [("aid_obstruction", "affirmed")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Gunmen killed ten people. The militia denied any involvement.", "The militia"),
        ("Gunmen killed ten people. The army played no part in it.", "The army"),
        ("Gunmen killed ten people. Our troops were not involved in the incident.", "Our troops"),
        ("The militia denied any role in the killing of ten people.", "The militia"),
    ],
)
def test_who_disclaims_a_deed_denies_it(text, actor):
    found = told(text)[-1]
    assert (found.type, found.polarity, words(text, found.actor)) == ("killing", "denied", actor)


def test_a_disclaimer_of_nothing_told_is_no_claim():
    assert told("The militia denied any involvement.") == ()


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Gunfire could be heard in the town.", "Gunfire", ("affirmed", "asserted")),
        ("An assault on the port would put thousands at risk.", "assault", ("affirmed", "hypothetical")),
        ("Talks will go on if the rebels stop attacking civilians.", "attacking", ("affirmed", "hypothetical")),
        ("The army has yet to retake the town.", "retake", ("denied", "asserted")),
        ("The army neither shelled the town nor bombed the port.", "shelled", ("denied", "asserted")),
        ("Rights groups fear an assault on the camp.", "assault", ("affirmed", "possible")),
        ("Reports of a gas attack have not been confirmed.", "gas attack", ("affirmed", "possible")),
        ("They should not go home until the streets are cleared of mines.", "cleared", ("affirmed", "hypothetical")),
        ("Nobody was hurt in the raid.", "hurt", ("denied", "asserted")),
    ],
)
def test_more_stances(text, trigger, expected):
    found = next(c for c in told(text) if text[slice(*c.trigger)] == trigger)
    assert (found.polarity, found.modality) == expected


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Gunmen killed ten people. The militia has nothing to do with it.", "The militia"),
        ("Gunmen killed ten people. The militia denied it.", "The militia"),
        ("Gunmen killed ten people. The militia has rejected the accusation.", "The militia"),
        ("Gunmen killed ten people. The army dismissed the allegations.", "The army"),
        ("Gunmen killed ten people. We are not behind this.", "We"),
        ("Gunmen killed ten people. The militia denied that it was responsible.", "it"),
        ("The militia has nothing to do with the killing of ten people.", "The militia"),
    ],
)
def test_a_denial_may_name_the_deed_by_it_or_the_accusation(text, actor):
    found = told(text)[-1]
    assert (found.type, found.polarity, words(text, found.actor)) == ("killing", "denied", actor)


def test_what_the_allegations_say_is_what_is_denied():
    text = "Gunmen killed ten people. The army denied the allegations that it had bombed the town."
    assert [(c.type, c.polarity) for c in told(text)] == [("killing", "affirmed"), ("airstrike", "denied")]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The army said the Front was behind the attack.", "affirmed"),
        ("The army denied that the Front was behind the attack.", "denied"),
    ],
)
def test_who_is_behind_an_attack_did_it(text, polarity):
    (found,) = told(text)
    assert (words(text, found.actor), found.polarity) == ("the Front", polarity)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A bomb killed ten people. The government blamed the rebels.", "the rebels"),
        ("A bomb killed ten people. Officials said the army was responsible.", "the army"),
        ("A bomb killed ten people. Officials accused the rebels.", "the rebels"),
        ("A bomb killed ten people. Officials accused the rebels of theft.", None),
        ("A bomb killed ten people. Officials blamed the weather.", None),
        ("A bomb killed ten people. The minister was responsible for health.", None),
        ("A bomb killed ten people. Each side blamed the other.", None),
    ],
)
def test_whom_one_blames_without_a_word_for_the_deed(text, actor):
    found = told(text)[-1]
    assert words(text, found.actor) == actor and (actor is None or found.type == "bombing")


def test_what_is_rejected_as_something_is_denied():
    text = "A bomb killed ten people. The army rejected the accusations as baseless."
    assert (told(text)[-1].polarity, words(text, told(text)[-1].actor)) == ("denied", "The army")
