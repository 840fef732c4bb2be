"""Every quantity in a text."""

from collections.abc import Sequence

from msgspec.structs import replace

from evenhand.model.dates import all_literals
from evenhand.model.evidence import Span
from evenhand.reading.quantities.bounds import Bounds, bounds_of, range_bounds, tidy, vague_bounds
from evenhand.reading.quantities.counted import Counted, counted_after, family_of, whole_after
from evenhand.reading.quantities.exclusions import is_name, is_no_quantity, is_score
from evenhand.reading.quantities.mention import QuantityKind, QuantityMention
from evenhand.reading.quantities.numbers import STARTS, Core, core_at
from evenhand.reading.quantities.operators import operator_after, operator_before
from evenhand.reading.quantities.ranges import signed, with_range
from evenhand.reading.quantities.roles import with_roles
from evenhand.reading.quantities.singles import SINGLES, Draft, single_at
from evenhand.reading.quantities.tokens import CURRENCY, Token, tokens_of


def find(text: str, *, times: Sequence[Span] = ()) -> tuple[QuantityMention, ...]:
    """Every quantity in `text`, in order, never overlapping.

    `times` are the spans (code points) of dates and times of day already found, which hold no quantities
    (`evenhand.reading.times.dated_spans`); printed dates are left alone in any case. Years, names such as
    "T-72", numbers of resolutions, roads and telephones are no quantities. Raises nothing on any string.
    """
    tokens = tokens_of(text)
    closed = _closed(tokens, [*times, *(literal.span for literal in all_literals(text))])
    tokens = [replace(t, kind="sign") if c and t.kind == "stop" else t for t, c in zip(tokens, closed, strict=True)]
    drafts: list[Draft] = []
    at = 0
    while at < len(tokens):
        here = tokens[at]
        begins = here.kind != "word" or here.word in _BEGINNINGS
        found = _quantity_at(text, tokens, at, closed, drafts[-1][2] if drafts else 0) if begins else None
        if found is None:
            at += 1
            continue
        drafts.append(found)
        at = max(found[2], at + 1)
    return with_roles(text, tokens, drafts)


_BEGINNINGS = STARTS | SINGLES
"""Words that a quantity may begin with."""


def _closed(tokens: Sequence[Token], spans: Sequence[Span]) -> bytearray:
    """1 for every token inside a date or time."""
    closed = bytearray(len(tokens))
    at = 0
    for start, end in sorted(spans):
        while at < len(tokens) and tokens[at].end <= start:
            at += 1
        here = at
        while here < len(tokens) and tokens[here].start < end:
            closed[here] = 1
            here += 1
    return closed


def _quantity_at(text: str, tokens: Sequence[Token], at: int, closed: bytearray, reached: int) -> Draft | None:
    """The quantity whose number starts at token `at`, None if none does."""
    if closed[at] or tokens[at].kind in ("skip", "name", "stop", "own"):
        return None
    single = single_at(text, tokens, at, reached)
    if single is not None:
        return single
    money = at > 0 and tokens[at - 1].word in CURRENCY
    core = core_at(tokens, at, money=money)
    if core is None or any(closed[core.first : core.last]) or is_name(text, tokens, core) or is_score(tokens, core):
        return None
    core, span_last, is_range = with_range(tokens, core, closed, money=money)
    core = signed(tokens, core)
    first, operator = operator_before(tokens, core.first, reached)
    last, suffix = operator_after(tokens, span_last)
    counted = _counted(text, tokens, core, last, money)
    if is_no_quantity(text, tokens, core, counted, operator or suffix, closed):
        return None
    kind: QuantityKind = "percent" if core.share and not is_range else "money" if money else counted.kind
    bounds = _bounds(core, is_range, operator or suffix, kind)
    mention = QuantityMention(
        span=(tokens[first].start, tokens[last - 1].end),
        op=bounds.op,
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        role="other",
        kind=kind,
        number=None if core.vague or core.reason else tidy(core.low),
        of=counted.text,
        of_span=counted.span,
        unit=counted.unit,
        reason=core.reason,
    )
    return mention, first, last


def _counted(text: str, tokens: Sequence[Token], core: Core, last: int, money: bool) -> Counted:
    if core.share:
        return whole_after(text, tokens, last)
    family = family_of(text, tokens, core.first)
    return family or counted_after(text, tokens, last, money=money)


def _bounds(core: Core, is_range: bool, operator: str | None, kind: QuantityKind) -> Bounds:
    if core.reason:
        return Bounds("=", None, None, None)
    if is_range and operator not in ("at least", "more", "up to", "fewer"):
        return range_bounds(core.low, core.high)
    if is_range or core.vague:
        return vague_bounds(core.low, core.high, operator)
    if core.share:
        return bounds_of(float(f"{core.low * 100:.6g}"), operator)
    return bounds_of(core.low, operator, steps=kind in ("count", "percent"))
