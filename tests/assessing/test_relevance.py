"""Whether what is said tells of an attack that came about, that did not, or that one has only heard of."""

from datetime import date

import pytest

from evenhand.assessing.relevance import (
    goes_over,
    is_answered,
    is_bare_attack,
    is_by_anybody,
    is_causal,
    is_denied_as_a_rule,
    is_foiled,
    is_judged,
    is_left_open,
    is_only_named,
    is_owned_fault,
    is_specific,
    is_told_not_to_be,
    said_on,
)
from evenhand.model.reading import Claim, Participant


def claim(text: str, trigger: str, **more: object) -> Claim:
    at = text.index(trigger)
    return Claim(id="c1", type="bombing", trigger=(at, at + len(trigger)), **more)


@pytest.mark.parametrize(
    ("text", "trigger", "foiled"),
    [
        ("troops foiled an attempt to detonate a truck", "detonate", True),
        ("troops destroyed the car rigged with explosives before it reached its target", "destroyed", True),
        ("the army thwarted a plot to bomb the bridge", "bomb", True),
        ("a bomb went off before it reached the road", "bomb", False),
        ("troops detonated a truck at the gate", "detonated", False),
    ],
)
def test_an_attack_that_did_not_come_about(text, trigger, foiled):
    assert is_foiled(text, (0, len(text)), claim(text, trigger)) is foiled


@pytest.mark.parametrize(
    ("text", "trigger", "heard"),
    [
        ("it had received reports of hospitals being bombed", "bombed", True),
        ("it was concerned by reports of a gas attack", "attack", True),
        ("it reported that the town was bombed", "bombed", False),
    ],
)
def test_who_speaks_of_reports_has_only_heard_of_it(text, trigger, heard):
    assert is_left_open(text, (0, len(text)), claim(text, trigger)) is heard


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("there was no attack on the town", True),
        ("there was no sign yet of a new attack", False),
        ("while not directly addressing the attack", False),
    ],
)
def test_not_to_have_seen_or_spoken_of_it_denies_nothing(text, denied):
    assert is_told_not_to_be(text, (0, len(text)), claim(text, "attack", polarity="denied")) is denied


@pytest.mark.parametrize(
    ("text", "one_deed"),
    [
        ("its jets hit the bridge", False),
        ("its jets carried out the strike", True),
        ("its jets only strike fighters", False),
    ],
)
def test_one_deed_is_told_by_the_or_by_when_where_or_how_many(text, one_deed):
    word = "strike" if "strike" in text else "hit"
    assert is_specific(text, (0, len(text)), claim(text, word)) is one_deed


@pytest.mark.parametrize(
    ("text", "trigger", "fault"),
    [
        ("a plane wrongly bombed the hall", "bombed", True),
        ("its aircraft mistakenly struck the convoy", "struck", True),
        ("the jets hit the bus by mistake", "hit", True),
        ("the jets hit the bus on Monday", "hit", False),
    ],
)
def test_who_calls_its_deed_a_fault_owns_it(text, trigger, fault):
    assert is_owned_fault(text, (0, len(text)), claim(text, trigger)) is fault


def test_the_bare_word_attack_does_not_say_how():
    bare, said = claim("the attack on the camp", "attack"), claim("the air attack on the camp", "air attack")
    assert is_bare_attack("the attack on the camp", bare)
    assert not is_bare_attack("the air attack on the camp", said)


def test_the_buried_were_killed():
    killed = Claim(id="c1", type="killing", trigger=(0, 1))
    assert is_causal(killed, "mass_grave", "asserts")
    assert not is_causal(Claim(id="c1", type="shelling", trigger=(0, 1)), "mass_grave", "asserts")
    assert is_causal(Claim(id="c1", type="shelling", trigger=(0, 1)), "ground_attack", "asserts")  # opened fire on


def test_what_is_denied_is_what_one_is_accused_of_whatever_it_is_called():
    struck = Claim(id="c1", type="airstrike", trigger=(0, 1), polarity="denied")
    assert not is_causal(struck, "ground_attack", "asserts")
    assert is_causal(struck, "ground_attack", "denies")
    assert is_causal(struck, "ground_attack", "asserts", bare=True)


@pytest.mark.parametrize(
    ("after", "judged"),
    [
        (" was intentional", True),
        (" is a war crime", True),
        (" may constitute a crime", True),
        (" was clearly a violation of the truce", True),
        (" was carried out by drones", False),
        (" was near a crime scene", False),
        (" killed the criminal", False),
    ],
)
def test_who_only_judges_a_deed_tells_nothing_of_it(after: str, judged: bool):
    text = f"They said the attack{after}."
    assert is_judged(text, (10, len(text)), claim(text, "attack")) is judged


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("Norland called the attack a provocation", True),
        ("Norland described Monday's attack as an outrage", True),
        ("Norland called it a deliberate attack", True),
        ("Norland said the attack killed ten", False),
    ],
)
def test_who_only_gives_a_deed_a_name_tells_nothing_of_it(text, judged):
    cue = text.split()[1]
    at = text.index(cue)
    assert is_only_named(text, (at, at + len(cue)), claim(text, "attack")) is judged


@pytest.mark.parametrize(
    "words", ["could not determine who", "was unable to say who", "was not clear who", "had not verified who"]
)
def test_not_to_know_who_did_it_denies_nothing(words: str):
    text = f"observers said it {words} fired"
    assert not is_told_not_to_be(text, (0, len(text)), claim(text, "fired", polarity="denied"))


@pytest.mark.parametrize("kind", ["armed_clash", "territory_taken"])
def test_the_dead_of_a_battle_are_told_of_it(kind):
    killed = Claim(id="c1", type="killing", trigger=(0, 6))
    assert is_causal(killed, kind, "asserts")
    assert not is_causal(Claim(id="c1", type="detention", trigger=(0, 6)), kind, "asserts")


@pytest.mark.parametrize(
    ("sentence", "trigger", "target", "one_deed"),
    [
        ("X said its aircraft bombed the building.", "bombed", "the building", True),
        ("X said its soldiers had opened fire.", "opened", None, True),
        ("X said its aircraft bomb the enemy.", "bomb", "the enemy", False),
        ("X said its aircraft strike fighters.", "strike", "fighters", False),
    ],
)
def test_one_thing_or_what_had_been_done_is_one_deed(sentence, trigger, target, one_deed):
    def span(words):
        return sentence.index(words), sentence.index(words) + len(words)

    harmed = Participant(name=target, span=span(target)) if target else None
    claim = Claim(id="c1", type="airstrike", trigger=span(trigger), target=harmed)
    assert is_specific(sentence, (0, len(sentence)), claim) is one_deed


@pytest.mark.parametrize(
    ("words", "general"),
    [
        ("We do not target civilians", True),
        ("the army never strikes houses and never target civilians", True),
        ("its forces don't deliberately target civilians", True),
        ("the army did not target civilians", False),
        ("the army never targeted civilians", False),
        ("nobody targets a clinic", True),
        ("nobody targeted a clinic", False),
    ],
)
def test_what_is_not_done_as_a_rule_answers_no_charge(words, general):
    start = words.rindex("target")
    end = start + len(words[start:].split()[0])
    claim = Claim(id="c1", type="airstrike", trigger=(start, end), polarity="denied")
    assert is_denied_as_a_rule(words, claim) is general


@pytest.mark.parametrize(
    ("actor", "any_"),
    [("anyone under any circumstances", True), ("any party", True), ("Anna Verd", False), ("the army", False)],
)
def test_what_anybody_may_do_is_no_one_deed(actor, any_):
    claim = Claim(id="c1", type="airstrike", trigger=(0, 3), actor=Participant(name=actor))
    assert is_by_anybody(claim) is any_


def test_one_of_its_fighters_did_one_deed():
    text = "The group said one of its fighters blew himself up."
    start = text.index("blew")
    claim = Claim(id="c1", type="bombing", trigger=(start, start + 4), actor=Participant(name="one of its fighters"))
    assert is_specific(text, (0, len(text)), claim)
    others = Claim(id="c1", type="bombing", trigger=(start, start + 4), actor=Participant(name="its fighters"))
    assert not is_specific(text, (0, len(text)), others)


@pytest.mark.parametrize(
    ("text", "specific"),
    [
        ("its troops fought fighters at the site", True),
        ("its troops fought fighters that night", True),
        ("its troops fought fighters", False),
    ],
)
def test_what_points_at_the_deed_told_is_one_deed(text, specific):
    start = text.index("fought")
    claim = Claim(id="c1", type="armed_clash", trigger=(start, start + 6), actor=Participant(name="its troops"))
    assert is_specific(text, (0, len(text)), claim) is specific


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("The same week, nine people were killed in a raid on Belm village.", True),
        ("Earlier this month soldiers burned eleven people in Don, in the north.", True),
        ("A day earlier three mortar rounds killed ten people who queued for aid in Dorn.", True),
        ("Elsewhere, a mine killed two farmers.", True),
        ("In another attack, gunmen shot a priest.", True),
        ("The same day, the toll rose to 31.", False),
        ("Last week the strike killed 20 people in Arden.", False),
        ("The raid of last month killed eleven people in Arden.", False),
    ],
)
def test_a_sentence_that_goes_over_to_another_deed(text, over):
    assert goes_over(text, (0, len(text))) is over


@pytest.mark.parametrize(
    ("text", "deed", "rule"),
    [
        ("The government has denied targeting civilians.", "targeting", True),
        ("The army denied bombing hospitals in the 14-month conflict.", "bombing", True),
        ("The navy denied shelling residential areas.", "shelling", True),
        ("The army denied bombing hospitals in Arden.", "bombing", False),
        ("The militia denied targeting civilians in the attack.", "targeting", False),
        ("The army denied bombing the hospital.", "bombing", False),
        ("The militia denied it had attacked civilians.", "attacked", False),
    ],
)
def test_who_denies_it_of_everybody_answers_no_one_charge(text, deed, rule):
    at = text.index(deed)
    claim = Claim(id="c1", type="airstrike", trigger=(at, at + len(deed)), polarity="denied")
    assert is_denied_as_a_rule(text, claim, "denies") == rule


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Recently, on March 13 the agency reported that four people had been killed.", date(2031, 3, 13)),
        ("On 13 March the Varda Watch said that ten were killed.", date(2031, 3, 13)),
        ("On 13 June the Varda Watch said that ten were killed.", date(2030, 6, 13)),
        ("On March 13, 2029, it announced that ten were killed.", date(2029, 3, 13)),
        ("On March 13 ten were killed, the Watch said.", None),
        ("The Watch said that on March 13 ten were killed.", None),
        ("On February 30 it said that ten were killed.", None),
    ],
)
def test_the_day_on_which_something_was_said(text, day):
    at = text.index("killed")
    told = Claim(id="c1", type="killing", trigger=(at, at + 6))
    assert said_on(text, (0, len(text)), told, date(2031, 5, 6)) == day
    assert said_on(text, (0, len(text)), told, None) is None


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("The blast came a week after they claimed an attack on a hotel in which 20 people were killed.", True),
        ("It came days after dozens of aid workers were killed.", True),
        ("Two days after the attack killed 20 people, they were buried.", False),
        ("A week after the raid, a strike on the town killed 20.", False),
    ],
)
def test_a_deed_by_which_another_is_dated(text, dates):
    at = text.index("killed")
    assert is_answered(text, Claim(id="c1", type="killing", trigger=(at, at + 6))) is dates
