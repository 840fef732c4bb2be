"""Rows of two sides side by side: which is which, and what each pair says otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.audit.records import Field
from evenhand.audit.rows import LINKS, Row
from evenhand.model.evidence import Span

_SHOWN = 400
MISSING, EXTRA = "not found after exchanging", "found only after exchanging"


@dataclass(frozen=True)
class Differing:
    """A row that differs (the plain side's, or the other's where only that has it) and in what."""

    row: Row
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Compared:
    """Rows of one home compared: how many, which differ, and `links`: the other side's numbers → the plain side's."""

    number: int
    differing: tuple[Differing, ...]
    links: Mapping[str, str]


def compare(plain: Sequence[Row], other: Sequence[Row], links: Mapping[str, str] | None = None) -> Compared:
    """Rows of one home: the same key first, then the largest overlap; `links` resolve links to another stage."""
    pairs = _matched(plain, other)
    known = {two.number: one.number for one, two in pairs}
    resolved = known if links is None else links
    differing = []
    for one, two in pairs:
        fields = _fields(one, two, resolved)
        if fields:
            differing.append(Differing(one, fields))
    ones, twos = {id(one) for one, _ in pairs}, {id(two) for _, two in pairs}
    differing += [Differing(row, (Field(name="record", plain=_short(row), exchanged=MISSING),))
                  for row in plain if id(row) not in ones]  # fmt: skip
    differing += [Differing(row, (Field(name="record", plain=EXTRA, exchanged=_short(row)),))
                  for row in other if id(row) not in twos]  # fmt: skip
    differing.sort(key=lambda found: (found.row.hull or (0, 0), found.fields[0].name))
    return Compared(len(plain), tuple(differing), known)


def _matched(plain: Sequence[Row], other: Sequence[Row]) -> list[tuple[Row, Row]]:
    waiting: defaultdict[object, list[Row]] = defaultdict(list)
    for row in other:
        waiting[row.key].append(row)
    pairs, left = [], []
    for row in plain:
        if waiting[row.key]:
            pairs.append((row, waiting[row.key].pop(0)))
        else:
            left.append(row)
    rest = [row for rows in waiting.values() for row in rows]
    likely = sorted(
        ((-share, i, j) for i, one in enumerate(left) for j, two in enumerate(rest) if (share := _share(one, two)) > 0)
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in likely:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((left[i], rest[j]))
    return pairs


def _share(one: Row, two: Row) -> float:
    """Common code points by all code points of the two hulls, 0 below a half."""
    if one.hull is None or two.hull is None:
        return 0.0
    common = min(one.hull[1], two.hull[1]) - max(one.hull[0], two.hull[0])
    whole = max(one.hull[1], two.hull[1]) - min(one.hull[0], two.hull[0])
    return common / whole if whole and common * 2 >= whole else 0.0


def _fields(one: Row, two: Row, links: Mapping[str, str]) -> tuple[Field, ...]:
    found = []
    for name, value in one.fields.items():
        counterpart = two.fields[name]
        if name in LINKS and isinstance(counterpart, str):
            counterpart = links.get(counterpart, f"another ({counterpart})")
        if value != counterpart:
            found.append(Field(name=name, plain=_shown(value), exchanged=_shown(counterpart)))
    return tuple(found)


def _short(row: Row) -> str:
    return _shown({name: value for name, value in row.fields.items() if value})


def _shown(value: object) -> str:
    words = "none" if value is None else str(value)
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def sentences_of(sentences: Iterable[Span], hull: Span | None) -> tuple[Span, ...]:
    """The sentences that share words with a span."""
    return tuple(span for span in sentences if hull and span[0] < max(hull[1], hull[0] + 1) and hull[0] < span[1])
