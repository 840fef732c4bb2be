"""What a user decides about an assessment: the rule for a best figure, and which origins are one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from evenhand.errors import CaseError
from evenhand.model.evidence import Record

BestRule = Literal["none", "most_conservative", "latest_best_graded"]
_BEST: tuple[BestRule, ...] = ("none", "most_conservative", "latest_best_graded")


class Merge(Record, frozen=True, kw_only=True):
    """Names that are (or are not) one origin, by the user's decision, with the user's reason."""

    names: tuple[str, ...]
    why: str


class PartyOf(Record, frozen=True, kw_only=True):
    """A source that the user holds to be of a party (null: of none), with the user's reason."""

    name: str
    party: str | None
    why: str


class AssessmentSettings(Record, frozen=True, kw_only=True):
    """`best`: by which rule a toll has a best value; never an average, and none unless the user asks for one."""

    best: BestRule = "none"
    same_origin: tuple[Merge, ...] = ()
    not_same_origin: tuple[Merge, ...] = ()
    party_of: tuple[PartyOf, ...] = ()

    @classmethod
    def from_case(cls, case: Mapping[str, Any]) -> AssessmentSettings:
        """Read `[assessment] best`, `[[same_origin]]`, `[[not_same_origin]]` and `[[party_of]]` of a case file.

        Raises CaseError naming the key that is not of the right form.
        """
        asked = _table(case, "assessment")
        if unknown := sorted(set(asked) - {"best"}):
            raise CaseError(f"[assessment] {', '.join(unknown)}: no such key; the one there is: best")
        best = asked.get("best", "none")
        if best not in _BEST:
            raise CaseError(f"[assessment] best = {best!r}: choose one of {', '.join(_BEST)}")
        return cls(
            best=best,
            same_origin=tuple(_merge(row, "same_origin") for row in _rows(case, "same_origin")),
            not_same_origin=tuple(_merge(row, "not_same_origin") for row in _rows(case, "not_same_origin")),
            party_of=tuple(_party(row) for row in _rows(case, "party_of")),
        )


def _table(case: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = case.get(key, {})
    if not isinstance(table, Mapping):
        raise CaseError(f"[{key}] is not a table")
    return table


def _rows(case: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = case.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise CaseError(f"[[{key}]] is not a list of tables")
    return rows


def _merge(row: Mapping[str, Any], key: str) -> Merge:
    names = row.get("names")
    if not isinstance(names, list) or len(names) < 2 or not all(isinstance(name, str) for name in names):
        raise CaseError(f"[[{key}]] names: give two or more names of origins")
    return Merge(names=tuple(names), why=_why(row, key))


def _party(row: Mapping[str, Any]) -> PartyOf:
    name, party = row.get("name"), row.get("party", "")
    if not isinstance(name, str) or not isinstance(party, str):
        raise CaseError("[[party_of]] name and party: give a source's name and a party's id, or none")
    return PartyOf(name=name, party=None if party in ("", "none") else party, why=_why(row, "party_of"))


def _why(row: Mapping[str, Any], key: str) -> str:
    why = row.get("why", "")
    if not isinstance(why, str) or not why.strip():
        raise CaseError(f"[[{key}]] why: say why; the reason is printed wherever the decision counts")
    return why
