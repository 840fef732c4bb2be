"""The table by which every question is graded: data that runs, prints as the method and stands in each dossier."""

from collections.abc import Mapping
from typing import Literal

from evenhand.model.evidence import Record
from evenhand.model.incident import Grade

QuestionKind = Literal["occurrence", "responsibility", "value"]
Facts = Mapping[str, tuple[str, ...]]
"""Each fact's name and the families (or, without a family, origins) of which it holds; its number is its length."""


class Condition(Record, frozen=True, kw_only=True):
    """Holds when the number of families of `fact` is `>=`, `<=` or `=` the number given."""

    fact: str
    op: Literal[">=", "<=", "="]
    number: int

    def holds(self, facts: Facts) -> bool:
        """Whether it holds of these facts; a fact not given is of nobody."""
        count = len(facts.get(self.fact, ()))
        if self.op == ">=":
            return count >= self.number
        return count <= self.number if self.op == "<=" else count == self.number

    def __str__(self) -> str:
        return f"{self.fact} {self.op} {self.number}"


class Rule(Record, frozen=True, kw_only=True):
    """One row: when all conditions hold, the question has this grade. `names`: the facts whose families it names."""

    id: str
    question: QuestionKind
    grade: Grade
    sentence: str
    when: tuple[Condition, ...]
    names: tuple[str, ...]
    would_change: str

    def holds(self, facts: Facts) -> bool:
        """Whether every condition holds."""
        return all(condition.holds(facts) for condition in self.when)


class GradeWords(Record, frozen=True, kw_only=True):
    """A grade in words, with the nearest grade of Airwars and the Admiralty credibility digit (no equivalence)."""

    grade: Grade
    words: str
    airwars_like: str
    admiralty_like: str


class RuleTable(Record, frozen=True, kw_only=True):
    """All rules in the order in which they are tried; `version` is the hash of their content."""

    version: str
    rules: tuple[Rule, ...]
    facts: Mapping[str, str]
    grades: tuple[GradeWords, ...]

    def markdown(self) -> str:
        """The table as it stands in docs/method.md."""
        lines = [f"Rule table version `{self.version}`. The first rule of a question that holds gives the grade.", ""]
        lines += ["| rule | question | grade | in words | condition |", "|---|---|---|---|---|"]
        for rule in self.rules:
            condition = " and ".join(f"`{one}`" for one in rule.when) or "none of the above"
            lines.append(f"| {rule.id} | {rule.question} | {rule.grade} | {rule.sentence} | {condition} |")
        lines += ["", "| fact | counts the families |", "|---|---|"]
        lines += [f"| `{name}` | {words} |" for name, words in self.facts.items()]
        lines += ["", "| grade | in words | near Airwars' | near the Admiralty digit |", "|---|---|---|---|"]
        lines += [f"| {g.grade} | {g.words} | {g.airwars_like} | {g.admiralty_like} |" for g in self.grades]
        return "\n".join(lines) + "\n"
