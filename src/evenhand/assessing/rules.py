"""The rule table: read from `rules.toml`, applied to facts, printed for the method."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from evenhand.model.evidence import sha256_hex
from evenhand.model.incident import Answer
from evenhand.model.rules import Facts, GradeWords, QuestionKind, Rule, RuleTable

_FILE = Path(__file__).parent / "rules.toml"


@cache
def rule_table() -> RuleTable:
    """The table that ships with evenhand."""
    return table_of(tomllib.loads(_FILE.read_text("utf-8")))


def table_of(content: dict[str, Any]) -> RuleTable:
    """A table from its TOML content. Raises msgspec.ValidationError where a row is not of the right form."""
    rows = [
        {**row, "when": [{"fact": fact, "op": op, "number": number} for fact, op, number in row["when"]]}
        for row in content["rules"]
    ]
    rules = msgspec.convert(rows, tuple[Rule, ...])
    unknown = {condition.fact for rule in rules for condition in rule.when} - set(content["facts"])
    if unknown:
        raise msgspec.ValidationError(f"rules.toml: facts that are not described: {', '.join(sorted(unknown))}")
    version = sha256_hex(msgspec.json.encode(content, order="sorted"))[:16]
    grades = msgspec.convert(content["grades"], tuple[GradeWords, ...])
    return RuleTable(version=version, rules=rules, facts=dict(content["facts"]), grades=grades)


def fired(table: RuleTable, question: QuestionKind, facts: Facts) -> Rule:
    """The first rule of the question that holds; the last row of each question has no condition."""
    return next(rule for rule in table.rules if rule.question == question and rule.holds(facts))


def answer(table: RuleTable, question: QuestionKind, facts: Facts, stands: tuple[str, ...] = ()) -> Answer:
    """Grade a question: the rule that fired with the origins it rests on; `stands` are origin names for it."""
    rule = fired(table, question, facts)
    return Answer(
        grade=rule.grade,
        for_=stands,
        against=facts.get("denying", ()),
        reasons=(reason(rule, facts),),
        would_change=rule.would_change,
    )


def reason(rule: Rule, facts: Facts) -> str:
    """The rule's id and sentence with the families it rests on."""
    named = [f"{fact}: {', '.join(facts[fact])}" for fact in rule.names if facts.get(fact)]
    return f"rule {rule.id}: {rule.sentence}" + (f" ({'; '.join(named)})" if named else "")


def method_table() -> str:
    """The table as markdown, for docs/method.md."""
    return rule_table().markdown()
