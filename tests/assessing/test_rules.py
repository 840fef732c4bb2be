import tomllib
from itertools import product
from pathlib import Path

import msgspec
import pytest

from evenhand import assessing
from evenhand.assessing.rules import fired, method_table, rule_table, table_of
from evenhand.model.rules import Facts, RuleTable

CONTENT = tomllib.loads((Path(assessing.__file__).parent / "rules.toml").read_text("utf-8"))


def facts(**counts: int) -> Facts:
    return {name: tuple(f"f{n}" for n in range(count)) for name, count in counts.items() if count}


# One row or more a rule: what the ledger's section 3 says of these facts.
CASES = [
    ("O1", "occurrence", {"admitting": 1, "denying": 1, "asserting": 2, "disinterested": 1}, "acknowledged"),
    ("O2", "occurrence", {"denying": 1, "asserting": 2, "disinterested": 1}, "contested"),
    ("O2", "occurrence", {"denying": 1}, "contested"),
    ("O3", "occurrence", {"asserting": 2, "disinterested": 1}, "corroborated"),
    ("O3", "occurrence", {"asserting": 3, "disinterested": 3}, "corroborated"),
    ("O4", "occurrence", {"asserting": 1, "disinterested": 1}, "single_origin"),
    ("O5", "occurrence", {"asserting": 1}, "party_only"),
    ("O5", "occurrence", {"asserting": 4}, "party_only"),
    ("O6", "occurrence", {}, "unattributed"),
    ("O6", "occurrence", {"disputing": 2}, "unattributed"),
    ("R1", "responsibility", {"admitting": 1, "denying": 1, "asserting": 2, "disinterested": 2}, "acknowledged"),
    ("R2", "responsibility", {"denying": 1, "asserting": 1}, "contested"),
    ("R2", "responsibility", {"denying": 1, "asserting": 2, "disinterested": 1}, "contested"),
    ("R3", "responsibility", {"disputing": 2, "asserting": 2, "disinterested": 1}, "contested"),
    ("R4", "responsibility", {"asserting": 2, "disinterested": 1}, "corroborated"),
    ("R4", "responsibility", {"asserting": 2, "disinterested": 1, "disputing": 1}, "corroborated"),
    ("R5", "responsibility", {"asserting": 1, "disinterested": 1}, "single_origin"),
    ("R6", "responsibility", {"asserting": 1}, "party_only"),
    ("R6", "responsibility", {"asserting": 3}, "party_only"),
    ("R7", "responsibility", {}, "unattributed"),
    ("R7", "responsibility", {"denying": 1}, "unattributed"),
    ("V1", "value", {"admitting": 1, "asserting": 1}, "acknowledged"),
    ("V1", "value", {"admitting": 1, "asserting": 2, "disinterested": 2, "disputing": 1}, "acknowledged"),
    ("V2", "value", {"admitting": 1, "disputing": 2, "asserting": 2}, "contested"),
    ("V2", "value", {"disputing": 2, "asserting": 2, "disinterested": 1}, "contested"),
    ("V3", "value", {"asserting": 2, "disinterested": 1}, "corroborated"),
    ("V3", "value", {"asserting": 2, "disinterested": 1, "disputing": 1}, "corroborated"),
    ("V4", "value", {"asserting": 1, "disinterested": 1}, "single_origin"),
    ("V5", "value", {"asserting": 1}, "party_only"),
    ("V5", "value", {"asserting": 2}, "party_only"),
    ("V6", "value", {}, "unattributed"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "question", "counts", "grade"), CASES)
def test_each_rule(rule, question, counts, grade):
    found = fired(rule_table(), question, facts(**counts))
    assert (found.id, found.grade) == (rule, grade)


def survives(table: RuleTable) -> bool:
    try:
        return [fired(table, q, facts(**counts)).grade for _, q, counts, _ in CASES] == [case[3] for case in CASES]
    except StopIteration:  # no rule left that holds
        return False


def mutants():
    for number, row in enumerate(CONTENT["rules"]):
        for place, (fact, op, count) in enumerate(row["when"]):
            changed = [[fact, op, count - 1], [fact, op, count + 1], [fact, "<=" if op == ">=" else ">=", count], None]
            for new in changed:
                yield number, place, new


@pytest.mark.parametrize(("number", "place", "new"), list(mutants()))
def test_every_changed_condition_breaks_a_case(number, place, new):
    content = {**CONTENT, "rules": [dict(row) for row in CONTENT["rules"]]}
    when = list(content["rules"][number]["when"])
    content["rules"][number]["when"] = when[:place] + ([new] if new else []) + when[place + 1 :]
    assert not survives(table_of(content))


@pytest.mark.parametrize("number", range(len(CONTENT["rules"])))
def test_every_rule_that_is_taken_out_breaks_a_case(number):
    rows = CONTENT["rules"][:number] + CONTENT["rules"][number + 1 :]
    assert not survives(table_of({**CONTENT, "rules": rows}))


def test_every_combination_of_facts_has_a_grade():
    for counts in product(range(3), repeat=len(CONTENT["facts"])):
        for question in ("occurrence", "responsibility", "value"):
            assert fired(rule_table(), question, facts(**dict(zip(CONTENT["facts"], counts, strict=True))))


def test_the_table_prints_as_the_method_and_its_version_is_its_content():
    printed = method_table()
    for rule in rule_table().rules:
        assert rule.id in printed and rule.sentence in printed
    assert rule_table().version in printed
    other = {**CONTENT, "rules": CONTENT["rules"][1:]}
    assert table_of(other).version != rule_table().version == table_of(CONTENT).version


def test_a_condition_over_an_unknown_fact_is_refused():
    row = {**CONTENT["rules"][0], "when": [["nationality", ">=", 1]]}
    with pytest.raises(msgspec.ValidationError, match="nationality"):
        table_of({**CONTENT, "rules": [row]})


def test_no_words_that_judge_stand_in_the_table():
    words = set(method_table().casefold().replace(".", " ").split())
    assert not words & {"true", "false", "fake", "guilty"}
