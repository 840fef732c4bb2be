import pytest

from evenhand.reading.statements.attitude import attitude, of_cue


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "asserts"), ("announced", "asserts"), ("according to", "asserts"), ("pointed out", "asserts"),
        ("denied", "denies"), ("has rejected", "denies"), ("ruled out", "denies"), ("dismissed", "denies"),
        ("admitted", "admits"), ("expressed regret", "admits"), ("expresses deep sorrow", "admits"),
        ("expressed concern", "believes"), ("expressed the hope", "hopes"), ("claimed responsibility", "admits"), ("acknowledged", "admits"),
        ("accused", "blames"), ("blamed", "blames"), ("strongly condemned", "blames"), ("held responsible", "blames"),
        ("believes", "believes"), ("sees", "believes"), ("welcomed", "believes"), ("voiced scepticism", "believes"),
        ("hopes", "hopes"), ("expressed the hope", "hopes"), ("plans to", "intends"), ("vowed", "intends"),
        ("called on", "demands"), ("calls for", "demands"), ("urged", "demands"), ("demanded", "demands"),
        ("asked", "asks"), ("pleas", "asks"), ("warned", "warns"),
    ],
)  # fmt: skip
def test_of_cue(cue, expected):
    assert of_cue(cue) == expected


def judged(text, cue, content, **more):
    span = (text.index(cue), text.index(cue) + len(cue)) if cue else None
    at = text.index(content)
    return attitude(text, span, [(at, at + len(content))], quoted=more.pop("quoted", False), **more)


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        ('He called the reports that troops shot ten "totally false".', "called", 'the reports that troops shot ten "totally false', "denies"),
        ("She described accounts of a massacre as inventions.", "described", "accounts of a massacre as inventions", "denies"),
        ("The rebels branded the claim that they shelled it baseless.", "branded", "the claim that they shelled it baseless", "denies"),
        ('The front called the report "a lie".', "called", "a lie", "denies"),
        ("He called the killing of ten people a crime.", "called", "the killing of ten people a crime", "asserts"),
        ("She described the attack as a massacre.", "described", "the attack as a massacre", "asserts"),
        ("The army expressed sorrow for the death of ten.", "expressed", "sorrow for the death of ten", "admits"),
        ("The army voiced its deep regret over it.", "voiced", "its deep regret over it", "admits"),
        ("The envoy expressed concern over the deaths.", "expressed", "concern over the deaths", "asserts"),
        ("He said the reports were of a lie in the past.", "said", "the reports were of a lie in the past", "asserts"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_account_or_a_deed(text, cue, content, expected):
    assert judged(text, cue, content) == expected


def test_a_denial_of_a_denial_asserts():
    assert judged("He did not rule out a retreat.", "did not rule out", "a retreat") == "asserts"


def test_the_network_may_know_that_a_rare_cue_denies():
    assert judged("He scoffed at reports of a retreat.", "scoffed at", "reports of a retreat", denial=0.9) == "denies"
    assert judged("He spoke of a retreat.", "spoke", "a retreat", denial=0.1) == "asserts"


def test_a_one_sentence_quotation_takes_its_opening_verb():
    assert judged('"We hope that it ends," he said.', "said", "We hope that it ends", quoted=True) == "hopes"
    assert judged('"I think it ended," he said.', "said", "I think it ended", quoted=True) == "believes"
    assert judged('"We saw it end," he said.', "said", "We saw it end", quoted=True) == "asserts"


def test_own_harm_is_admitted_whoever_speaks():
    for who in ("The coalition", "The rebel group", "The government"):
        text = f"{who} said its raids mistakenly killed nine civilians."
        assert judged(text, "said", "its raids mistakenly killed nine civilians") == "admits"
    for no in ("its raids killed nine fighters", "it had no figures for the wounded in the hospital"):
        assert judged(f"The army said {no}.", "said", no) == "asserts"


def test_a_hope_told_of_oneself():
    assert judged("He said he hoped that it ends.", "said", "he hoped that it ends") == "hopes"
    seen = "they had seen men being taken away"
    assert judged(f"Refugees said {seen}.", "said", seen) == "asserts"
    assert judged("He said she left it there.", "said", "she left it there") == "asserts"


def test_an_announced_plan_is_an_intention():
    assert judged("He announced the operation.", "announced", "the operation") == "intends"
    assert judged("He announced the operation had failed.", "announced", "the operation had failed") == "asserts"
