"""Standings to the named facts that the rule table counts: which families admit, deny, dispute and assert."""

from collections.abc import Callable, Iterable

from evenhand.assessing.origins import Standing
from evenhand.model.rules import Facts


def occurrence_facts(standings: Iterable[Standing]) -> Facts:
    """Did it happen? Only origins with own knowledge count."""
    own = [one for one in standings if one.origin.own_knowledge]
    asserting = [one for one in own if one.asserts]
    return _named(
        admitting=_families(asserting, lambda one: one.organ and one.origin.interest == "against_interest"),
        denying=_families(own, lambda one: one.denies),
        asserting=_families(asserting),
        disinterested=_families(asserting, _disinterested),
    )


def responsibility_facts(standings: Iterable[Standing]) -> Facts:
    """Who did it? Blame agrees when the blamed sets overlap: one party at least that all of them name."""
    own = [one for one in standings if one.origin.own_knowledge]
    blaming = [one for one in own if one.blamed and not one.admits]
    common = frozenset.intersection(*(one.blamed for one in blaming)) if blaming else frozenset()
    return _named(
        admitting=_families(own, lambda one: one.admits),
        denying=_families(own, lambda one: one.denies_act),
        disputing=() if common or len(blaming) < 2 else _families(blaming),
        asserting=_families(blaming),
        disinterested=_families(blaming, _disinterested),
    )


def value_facts(standings: Iterable[Standing], giving: frozenset[str], apart: frozenset[str]) -> Facts:
    """How many, where, when? `giving`: names of origins with a value, `apart`: those whose values do not meet."""
    own = [one for one in standings if one.origin.own_knowledge and one.origin.name in giving]
    return _named(
        admitting=_families(own, lambda one: one.organ and one.origin.interest == "against_interest"),
        disputing=_families(own, lambda one: one.origin.name in apart),
        asserting=_families(own),
        disinterested=_families(own, _disinterested),
    )


def independent_families(standings: Iterable[Standing]) -> tuple[str, ...]:
    """Families that assert the occurrence from own knowledge, interested or not."""
    return _families([one for one in standings if one.origin.own_knowledge and one.asserts])


def _disinterested(one: Standing) -> bool:
    return one.origin.interest in {"neutral", "against_interest"}


def _families(standings: Iterable[Standing], which: Callable[[Standing], bool] | None = None) -> tuple[str, ...]:
    return tuple(sorted({one.family for one in standings if which is None or which(one)}))


def _named(**facts: tuple[str, ...]) -> Facts:
    return {name: families for name, families in facts.items() if families}
