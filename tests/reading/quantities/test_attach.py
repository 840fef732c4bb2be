import pytest

from evenhand.reading.quantities import find, quantities_of_event, quantities_of_events


def span(text, words, nth=1):
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return at, at + len(words)


def given_to(text, *events):
    """The words of the numbers of each `(trigger, kind)`, the text being one sentence."""
    mentions = find(text)
    triggers = [span(text, *(t if isinstance(t, tuple) else (t,))) for t, _ in events]
    found = quantities_of_events(text, [(0, len(text))], triggers, [kind for _, kind in events], mentions)
    return [[text[slice(*mentions[i].span)] for i in indices] for indices in found]


@pytest.mark.parametrize(
    ("text", "events", "expected"),
    [
        (
            "Six people were killed and four injured in bombing that destroyed two homes.",
            [("killed", "killing"), ("injured", "injury"), ("bombing", "airstrike"), ("destroyed", "destruction")],
            [["Six"], ["four"], [], ["two"]],
        ),
        (
            "The strike hit a market killing 14 and leaving injured about 50.",
            [("strike", "airstrike"), ("killing", "killing"), ("injured", "injury")],
            [[], ["14"], ["about 50"]],
        ),
        (
            "At least nine people died in three suicide attacks.",
            [("died", "killing"), ("attacks", "bombing")],
            [["At least nine"], ["three"]],
        ),
        (
            "At least 11 people including two children were killed.",
            [("killed", "killing")],
            [["At least 11", "two"]],
        ),
        (
            "They killed and executed 270 people.",
            [("killed", "killing"), ("executed", "execution")],
            [["270"], ["270"]],
        ),
        (
            "Strikes engaged three jeeps, four trucks, a tunnel and two loaders.",
            [("Strikes", "airstrike"), ("engaged", "destruction")],
            [[], ["three", "four", "two"]],
        ),
        (
            "40 rocket shells hit the town.",
            [("hit", "shelling")],
            [["40"]],
        ),
        (
            "They agreed an eight-hour truce after five years of war.",
            [("truce", "ceasefire"), ("war", "armed_clash")],
            [["eight"], []],
        ),
        (
            "A 45-year-old man was killed.",
            [("killed", "killing")],
            [["A 45-year-old man"]],
        ),
        (
            "A mine killed a family of five.",
            [("killed", "killing")],
            [["five"]],
        ),
        (
            "She blew herself up, killing two guards, two officers said.",
            [("killing", "killing")],
            [["two"]],
        ),
        (
            "They released two of the seven prisoners.",
            [("released", "other")],
            [["two"]],
        ),
        (
            "Five gendarmes died near the crossing.",
            [("died", "killing")],
            [["Five"]],
        ),
        (
            "Two suicide bombers struck near a mosque.",
            [("struck", "bombing")],
            [[]],
        ),
        ("Four soldiers were charged with murder.", [("murder", "killing")], [[]]),
        ("Eleven officers pleaded guilty to the killing of 40 villagers.", [("killing", "killing")], [["40"]]),
        ("The 12 men who were killed were buried.", [("killed", "killing")], [["12"]]),
        (
            "One was killed on Friday and one on Saturday.",
            [("killed", "killing"), ("killed", "killing")],
            [["One"], ["one"]],
        ),
    ],
)  # fmt: skip
def test_a_number_goes_to_its_act(text, events, expected):
    assert given_to(text, *events) == expected


def test_numbers_of_another_sentence_stay_out():
    text = "Ten shells fell. Six people died."
    mentions = find(text)
    sentences = [(0, 16), (17, len(text))]
    found = quantities_of_events(
        text, sentences, [span(text, "fell"), span(text, "died")], ["shelling", "killing"], mentions
    )
    assert found == ((0,), (1,))
    assert quantities_of_event(text, sentences[1], span(text, "died"), mentions, kind="killing") == (1,)


def test_a_number_goes_to_the_nearer_of_two_acts():
    text = "Six people were killed and four wounded."
    mentions = find(text)
    others = [(span(text, "wounded"), "injury")]
    assert quantities_of_event(text, (0, len(text)), span(text, "killed"), mentions, kind="killing", others=others) == (
        0,
    )


def test_nothing_in_gives_nothing_out():
    assert quantities_of_events("", [], [], [], ()) == ()


@pytest.mark.parametrize(
    ("text", "word", "kind", "number"),
    [
        ("The militia killed four sentries and released 30 prisoners.", "killed", "killing", "30"),
        ("They executed 900 recruits and let go 2,100.", "executed", "execution", "2,100"),
        ("The society spoke separately with nine villagers and has the names of 34 dead.", "dead", "killing", "nine"),
        ("After questioning 128 residents it listed 103 killed.", "killed", "killing", "128"),
        ("Monitors interviewed 41 people and found that 63 were killed.", "killed", "killing", "41"),
    ],
)
def test_who_was_let_go_or_asked_was_not_killed(text, word, kind, number):
    mentions = find(text)
    given = quantities_of_event(text, (0, len(text)), span(text, word), mentions, kind=kind)
    taken = [text[slice(*mentions[i].span)] for i in given]
    assert number not in taken
    assert len(taken) == 1


def test_a_list_of_dead_counts_them_and_a_register_of_others_does_not():
    for text, expected in (
        ("The society composed a list of 96 killed villagers.", 1),
        ("It has a list of 58 dead from the raid, all killed at home.", 1),
        ("The estimate of 54 killed rests on a register of 63 persons who hid.", 1),
    ):
        given = quantities_of_event(text, (0, len(text)), span(text, "killed"), find(text), kind="killing")
        assert len(given) == expected, text
