"""Exchanging the two parties of the invented war, in words and profile, exchanges every answer and nothing else."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from evenhand.profiles import with_case, world

FOLDER = Path(__file__).parents[2] / "examples" / "varda"
CASE = (FOLDER / "case.toml").read_text("utf-8")
PAIRS = [
    ("Varda", "Kessary"), ("Vardan", "Kessarian"), ("VNA", "KNA"), ("Ostreth", "Marnesk"), ("Torvia", "Sellund"),
    ("Torvian", "Sellundian"), ("Quelleth", "Vigoth"), ("Aldo Renn", "Karl Hoft"), ("Ilen Marsk", "Mira Dolen"),
    ("Oren Tavel", "Joren Vask"), ("Lars Emmer", "Anders Holm"), ("Marsk", "Dolen"), ("Tavel", "Vask"),
]  # fmt: skip
DAY = date(2024, 3, 5)


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for one, other in PAIRS:
        for form in (str, str.upper, str.lower):
            table[form(one)], table[form(other)] = form(other), form(one)
    return table


TABLE = _table()
PATTERN = re.compile(r"\b(" + "|".join(sorted(map(re.escape, TABLE), key=len, reverse=True)) + r")\b")


def exchange(text: str) -> str:
    """`text` with the two parties' names exchanged, whole words only."""
    return PATTERN.sub(lambda found: TABLE[found.group()], text.replace("examples/varda", "examples/*")).replace(
        "examples/*", "examples/varda"
    )


PLAIN = with_case(world(), tomllib.loads(CASE))
EXCHANGED = with_case(world(), tomllib.loads(exchange(CASE)))
REPORTS = sorted((FOLDER / "reports").glob("*.txt"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_exchanging_twice_gives_the_same_words(path):
    text = path.read_text("utf-8")
    assert exchange(exchange(text)) == text
    assert len(exchange(text).split()) == len(text.split())


def test_the_exchanged_case_holds_the_same_facts():
    assert {party.id for party in PLAIN.parties} == {party.id for party in EXCHANGED.parties}
    assert len(PLAIN.ties) == len(EXCHANGED.ties)
    assert PLAIN.opposed("varda", "kessary") is not None
    assert EXCHANGED.allied("kessary", "torvia") is None
    assert EXCHANGED.allied("kessary", "sellund") is not None


def test_every_name_in_the_reports_is_owned_by_the_exchanged_party():
    names = set()
    for path in REPORTS:
        names |= set(re.findall(r"(?:[A-Z][a-z]+(?: [a-z]+)?[ ,]+){1,4}", path.read_text("utf-8")))
    names = {name.strip(" ,") for name in names}
    assert len(names) > 100
    answered = 0
    for name in names:
        member = PLAIN.owner_of(name, on=DAY)
        other = EXCHANGED.owner_of(exchange(name), on=DAY)
        assert (exchange(member.party) if member else None) == (other.party if other else None), name
        assert (member.basis if member else None) == (other.basis if other else None), name
        answered += member is not None
    assert answered > 20
