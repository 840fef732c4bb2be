import time

import pytest

from evenhand.assessing.counted import feared_of, parts_of
from evenhand.model.reading import Claim, Quantity


def claim(text: str, number: str) -> Claim:
    at = text.index(number)
    span = (at, at + len(number))
    return Claim(id="c1", type="killing", trigger=span, quantities=(Quantity(role="killed", span=span, op="="),))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("At least two of the killed were medical staff.", "two"),
        ("One of those killed was the head of the clinic.", "One"),
        ("The page said one civilian was among those killed.", "one"),
        ("Shelling killed 31 people including two medics.", "two"),
        ("The raid killed 58 people, among them at least 11 children.", "11"),
    ],
)
def test_some_of_the_dead(text, number):
    assert parts_of(text, claim(text, number))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Shelling killed 31 people including two medics.", "31"),
        ("At least 22 people were killed in the strikes.", "22"),
        ("Ten children were among at least 48 people killed in a village.", "48"),
    ],
)
def test_all_of_the_dead(text, number):
    assert not parts_of(text, claim(text, number))
    assert not feared_of(text, claim(text, number))


def test_what_a_toll_may_become_is_no_toll():
    text = "More than 40 people are confirmed dead and the toll could reach as many as 200."
    assert feared_of(text, claim(text, "200"))
    assert not feared_of(text, claim(text, "40"))


def test_hostile_text_takes_linear_time():
    text = "including " * 20_000 + "7" + " of the" * 20_000
    start = time.perf_counter()
    parts_of(text, claim(text, "7"))
    assert time.perf_counter() - start < 1
