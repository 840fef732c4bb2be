"""Prose in capitals is found; names, acronyms and datelines in capitals are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading.capitals import Capitals
from evenhand.reading.names.phrases import understand
from evenhand.reading.names.tokens import tokens


def found(text):
    return [text[start:end] for start, end in Capitals(text).stretches]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("THE FMLN IS RESPONSIBLE FOR THE ATTACKS.", ["THE FMLN IS RESPONSIBLE FOR THE ATTACKS"]),
        ("TEN KILLED BY SHELLS. The army said so.", ["TEN KILLED BY SHELLS"]),
        ("The army said: THE ROAD TO HOMS WAS SHELLED TODAY, and left.", ["THE ROAD TO HOMS WAS SHELLED TODAY"]),
        ("The UN, US, IS and EU met.", []),
        ("Members of UN, WHO, IS, US, EU, AU met.", []),
        ("DAMASCUS, SYRIA (AFP) The army said so.", []),
        ("JERUSALEM (AFP/REUTERS) - Army units left.", []),
        ("The town was shelled.", []),
        ("", []),
    ],
)
def test_prose_in_capitals(text, prose):
    assert found(text) == prose


@given(st.text(max_size=200))
def test_stretches_are_in_order_and_hold_no_small_letter(text):
    last = 0
    for start, end in Capitals(text).stretches:
        assert last <= start < end <= len(text)
        last = end


def test_a_verb_in_such_prose_has_no_capital_and_an_acronym_keeps_its_own():
    text = "IT IS CLEAR THAT THE FMLN IS RESPONSIBLE."
    assert [t.text for t in tokens(text, (0, len(text))) if t.cap] == ["FMLN"]
    text = "Fighters of IS left."
    assert [t.text for t in tokens(text, (0, len(text))) if t.cap] == ["Fighters", "IS"]


def test_us_in_such_prose_is_who_speaks_and_elsewhere_a_country():
    for text, ours in (("MANY TIMES YOU HAVE HEARD US MENTION THE WORD.", True), ("As the US said today.", False)):
        at = text.index("US")
        assert (understand(text, (at, at + 2), []).pronoun == "us") is ours
