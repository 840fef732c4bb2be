"""Every quantity in a text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evenhand.model.dates import find_literals
from evenhand.model.evidence import Span
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.bounds import (
    LONGEST_PHRASE,
    PHRASES,
    SUFFIXES,
    Bounds,
    bounds_of,
    range_bounds,
    tidy,
    vague_bounds,
)
from evenhand.reading.quantities.counted import Counted, counted_after, whole_after
from evenhand.reading.quantities.mention import QuantityKind, QuantityMention
from evenhand.reading.quantities.numbers import Core, core_at
from evenhand.reading.quantities.roles import with_roles
from evenhand.reading.quantities.tokens import Token, tokens_of

_CURRENCY = frozenset("$€£¥₽₪")


def find(text: str, *, times: Sequence[Span] = ()) -> tuple[QuantityMention, ...]:
    """Every quantity in `text`, in order, never overlapping.

    `times` are the spans (code points) of dates and times of day already found, which hold no quantities
    (`evenhand.reading.times.dated_spans`); printed dates are left alone in any case. Years, names such as
    "T-72", numbers of resolutions, roads and telephones are no quantities. Raises nothing on any string.
    """
    tokens = tokens_of(text)
    closed = _closed(tokens, [*times, *(literal.span for literal in find_literals(text))])
    drafts: list[tuple[QuantityMention, int, int]] = []
    at = 0
    while at < len(tokens):
        found = _quantity_at(text, tokens, at, closed, drafts[-1][2] if drafts else 0)
        if found is None:
            at += 1
            continue
        drafts.append(found)
        at = max(found[2], at + 1)
    return with_roles(text, tokens, drafts)


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


def _quantity_at(
    text: str, tokens: Sequence[Token], at: int, closed: bytearray, reached: int
) -> tuple[QuantityMention, int, int] | None:
    """The quantity whose number starts at token `at`: mention, first and last token; None if none does."""
    if closed[at] or tokens[at].kind in ("skip", "name", "stop", "own"):
        return None
    single = _single_or_none(text, tokens, at) or _times_over(tokens, at, reached)
    if single is not None:
        return single
    money = at > 0 and tokens[at - 1].word in _CURRENCY
    core = core_at(tokens, at, money=money)
    if core is None or any(closed[core.first : core.last]) or _is_name(text, tokens, core):
        return None
    if _is_score(tokens, core):
        return None
    core, span_last, second = _with_range(tokens, core, closed, money)
    core = _signed(tokens, core)
    first, operator = _operator(tokens, core.first, reached)
    last, suffix = _suffix(tokens, span_last)
    counted = whole_after(text, tokens, last) if core.share else counted_after(text, tokens, last, money=money)
    if _is_no_quantity(text, tokens, core, counted, operator, closed):
        return None
    kind = _kind(core, counted, money)
    bounds = _bounds(core, second, operator or suffix, kind)
    if core.reason:
        bounds = Bounds("=", None, None, None)
    if core.share and second is None:
        kind, bounds = "percent", _share(core, operator)
    start = tokens[first].start
    mention = QuantityMention(
        (start, tokens[last - 1].end), bounds.op, bounds.low, bounds.best, bounds.high, "other", kind,
        None if core.vague or core.reason else tidy(core.low), counted.text, counted.span, counted.unit,
        reason=core.reason,
    )  # fmt: skip
    return mention, first, last


def _with_range(
    tokens: Sequence[Token], core: Core, closed: bytearray, money: bool
) -> tuple[Core, int, Core | None]:
    """A second number after "to", "-", "or", "and" (after "between"): a range."""
    if core.last >= len(tokens) or core.reason or core.vague:
        return core, core.last, None
    at = _past_unit(tokens, core.last)
    joint = _word(tokens, at)
    opening = _opening_word(tokens, core.first)
    bare = at == core.last == core.first + 1 and not money
    joined = joint in ("-", "–", "—", "or") or (joint == "to" and (opening != "by" or bare))
    if not (joined or (joint == "and" and opening == "between")):
        return core, core.last, None
    after = at + 1
    while _word(tokens, after) in _CURRENCY or _word(tokens, after) == "to":
        after += 1
    if after >= len(tokens) or closed[after] or after > at + 3:
        return core, core.last, None
    second = core_at(tokens, after, money=money)
    if second is None or second.reason or second.share or second.vague:
        return core, core.last, None
    if at > core.last and _word(tokens, second.last) != _word(tokens, core.last):
        return core, core.last, None
    low, high = _scaled_alike(core, second), second.high
    if joint == "or" and not low < high <= low + max(3.0, low):
        return core, core.last, None
    if low >= high and not (opening == "from" and joint == "to" and low > high):
        return core, core.last, None
    if opening == "from" and _rising_toll(tokens, core.first):
        return core, core.last, None
    return Core(core.first, core.last, low, high, figures=core.figures), second.last, second


def _past_unit(tokens: Sequence[Token], at: int) -> int:
    """"5% to 6%", "15 days to 20 days": the token after a unit of the first number."""
    if _word(tokens, at) == "per" and _word(tokens, at + 1) == "cent":
        return at + 2
    if _word(tokens, at) in ("%", "percent") or _word(tokens, at) in w.LENGTHS | w.DURATIONS | w.MONEY_WORDS:
        return at + 1 if _word(tokens, at + 1) in ("to", "-", "–", "and", "or") else at
    return at


def _signed(tokens: Sequence[Token], core: Core) -> Core:
    """"minus 5", "minus-130"."""
    at = core.first - 1
    if _word(tokens, at) == "-" and _word(tokens, at - 1) in ("minus", "$"):
        at -= 1 if _word(tokens, at - 1) == "minus" else 0
    elif _word(tokens, at) != "minus":
        return core
    return replace(core, first=at, low=-core.low, high=-core.high)


def _opening_word(tokens: Sequence[Token], first: int) -> str:
    at = first - 1
    while at >= 0 and tokens[at].word in _CURRENCY:
        at -= 1
    return _word(tokens, at)


def _scaled_alike(core: Core, second: Core) -> float:
    """"1 to 2 thousand", "$1.25 to $1.5 million": the scale printed once holds for both."""
    single = core.last - core.first == 1
    if not single or second.last - second.first < 2:
        return core.low
    scale = next((s for s in (10**12, 10**9, 10**6, 1000, 100) if second.high >= s), 1)
    return core.low * scale if core.low * scale < second.high else core.low


def _rising_toll(tokens: Sequence[Token], first: int) -> bool:
    """"the toll rose from 20 to 35": two figures of a running total, no range."""
    return any(t.word in w.TOLL_WORDS or t.word in w.CUES for t in tokens[max(0, first - 8) : first])


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _operator(tokens: Sequence[Token], first: int, reached: int) -> tuple[int, str | None]:
    """The longest operator phrase before the number, and where it starts."""
    at = first
    while at > reached and tokens[at - 1].word in _CURRENCY:
        at -= 1
    for length in range(min(LONGEST_PHRASE, at - reached), 0, -1):
        operator = PHRASES.get(tuple(t.word for t in tokens[at - length : at]))
        if operator is None:
            continue
        if operator == "exact":
            return first, None
        if tokens[at - length].word in ("over", "under", "above", "below", "within", "beyond", "around") and at - length > 0:
            if tokens[at - length - 1].word in ("all", "took", "from", "control"):
                return first, None
        outer = at - length
        if tokens[outer - 1].word in ("an", "some", "the", "well", "just", "far") and outer - 1 >= reached and length == 1:
            extended = PHRASES.get((tokens[outer - 1].word, tokens[outer].word))
            outer -= 1 if extended else 0
        return outer, operator
    return first, None


def _suffix(tokens: Sequence[Token], last: int) -> tuple[int, str | None]:
    for length in (2, 1):
        operator = SUFFIXES.get(tuple(t.word for t in tokens[last : last + length]))
        if operator is None or (length == 1 and tokens[last].start != tokens[last - 1].end):
            continue
        if _word(tokens, last) == "at" and last + 2 < len(tokens) and tokens[last + 2].kind not in ("stop", "sign"):
            continue  # "113 At least nine": the words belong to the next number
        return last + length, operator
    return last, None


def _single_or_none(text: str, tokens: Sequence[Token], at: int) -> tuple[QuantityMention, int, int] | None:
    """"a woman was killed" (one) and "no casualties" (none)."""
    word = tokens[at].word
    if word == "no" and any(_word(tokens, at + k) in w.HARM_NOUNS for k in (1, 2)):
        noun = at + 1 if _word(tokens, at + 1) in w.HARM_NOUNS else at + 2
        if _word(tokens, at + 1) in ("longer", "one", "more") or tokens[at + 1].kind != "word":
            return None
        span = (tokens[noun].start, tokens[noun].end)
        mention = QuantityMention((tokens[at].start, tokens[at].end), "=", 0, 0, 0, "other", "count", 0,
                                  text[slice(*span)], span)  # fmt: skip
        return mention, at, at + 1
    if word in ("a", "an") and at + 1 < len(tokens):
        for noun in range(at + 1, min(at + 4, len(tokens))):
            if tokens[noun].kind != "word":
                break
            if tokens[noun].word in w.SINGLE and _harmed(tokens, at, noun):
                span = (tokens[noun].start, tokens[noun].end)
                low, high = (3, 9) if tokens[noun].word == "family" else (1, 1)
                if tokens[noun].word == "family":
                    return None
                mention = QuantityMention((tokens[at].start, tokens[noun].end), "=", low, 1, high, "other", "count", 1,
                                          text[slice(*span)], span)  # fmt: skip
                return mention, at, noun + 1
            if tokens[noun].word in w.STOPS:
                break
    return None


def _times_over(tokens: Sequence[Token], at: int, reached: int) -> tuple[QuantityMention, int, int] | None:
    """"at least once", "more than twice"; a bare "once" is no number."""
    value = {"once": 1, "twice": 2}.get(tokens[at].word)
    if value is None:
        return None
    first, operator = _operator(tokens, at, reached)
    if operator not in ("at least", "more", "up to"):
        return None
    b = bounds_of(value, operator)
    span = (tokens[first].start, tokens[at].end)
    return QuantityMention(span, b.op, b.low, b.best, b.high, "other", "count", value, "occasions"), first, at + 1


_HARMED_AFTER = frozenset("was is has had killed injured wounded died dead were and detained arrested abducted kidnapped shot".split())


def _harmed(tokens: Sequence[Token], first: int, noun: int) -> bool:
    """Whether harm is said of the one person: "killing a child", "including a child", "a woman was killed"."""
    before = [t.word for t in tokens[max(0, first - 3) : first]]
    if before and (before[-1] in w.CUES or before[-1] in ("including", "among") or (before[-1] == "and" and before[:-1][-1:] and before[-2] in w.SINGLE | w.PERSONS)):
        return True
    after = [t.word for t in tokens[noun + 1 : noun + 7]]
    for position, word in enumerate(after):
        if word in w.CUES and CUE_VERBS.get(word, True):
            return position == 0 or after[0] in _HARMED_AFTER or after[0] in ("who", "in", "from")
        if word in (".", ";", "said", "told", "who"):
            return False
    return False


CUE_VERBS: dict[str, bool] = {"toll": False, "lives": False, "claimed": False, "held": False, "lost": False}


def _is_name(text: str, tokens: Sequence[Token], core: Core) -> bool:
    """"Resolution 2254", "Group of Seven", "F-16s", "the Big 12", "Boeing 787": a name, not a count."""
    first = tokens[core.first]
    before = tokens[core.first - 1] if core.first else None
    if before is None:
        return False
    if before.word in w.NUMBERED and not (before.word in ("age", "area", "number", "top") and not core.figures):
        return not (before.word in ("number", "numbers") and core.vague)
    if before.word == "of" and core.first > 1 and tokens[core.first - 2].word == "group" and text[first.start].isupper():
        return True
    glued_before = before.end == first.start and before.kind in ("word", "name", "sign")
    if glued_before and before.word in ("-", "/", "_", "#", "@", ".", ":") and core.figures:
        outer = tokens[core.first - 2] if core.first > 1 else None
        touching = outer is not None and outer.end == before.start and outer.kind in ("word", "name")
        if before.word != "-" or touching:
            return not (outer is not None and outer.word in ("minus", "sub", "plus"))
    return False


def _is_no_quantity(
    text: str, tokens: Sequence[Token], core: Core, counted: Counted, operator: str | None, closed: bytearray
) -> bool:
    """Years, times of day, bare "one", numbered lists, proper names with a number."""
    first = tokens[core.first]
    money = counted.kind == "money"
    after = _word(tokens, core.last)
    before = tokens[core.first - 1] if core.first else None
    if after in w.NOT_COUNTED or (core.figures and core.last < len(closed) and closed[core.last] and not counted.text):
        return True  # "1838 11.10.2017": the hour before a date
    if core.last - core.first == 1 and first.word in ("one", "zero"):
        return _bare_one(tokens, core) or (first.capital and before is not None and before.capital)
    if core.figures and _is_age(tokens, core) or (counted.text or "").split(" ")[-1].lower() in w.STREETS:
        return True
    if core.figures and core.low == int(core.low) and 1900 <= core.low <= 2100 and len(first.word) == 4 and not money:
        if operator is None and counted.kind not in ("percent", "measure", "money") and not (
            counted.text and counted.text.split()[-1].lower() in w.PERSONS | w.WEAPONS
        ):
            return True
    if core.figures and not money and operator is None and before is not None and before.kind == "word":
        printed = text[before.start]
        alone = counted.text is None and counted.kind == "count"
        named = alone or (counted.text or "x")[0].isupper()
        if printed.isupper() and named and before.word not in w.CUES and not _opens(tokens, core.first - 1):
            return True
    if core.figures and after == "." and _opens(tokens, core.first) and core.low < 100 and counted.kind == "count":
        return core.last - core.first == 1 and counted.text is None
    return False


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].kind == "stop"


def _is_age(tokens: Sequence[Token], core: Core) -> bool:
    """"Ali Hassan, 25, said"."""
    before, after = _word(tokens, core.first - 1), _word(tokens, core.last)
    named = core.first > 1 and tokens[core.first - 2].capital
    return before == "," and after in (",", ".", ")") and named and 0 < core.low < 120 and core.last - core.first == 1


def _is_score(tokens: Sequence[Token], core: Core) -> bool:
    """"2-0", "89-89": the result of a game, either number of it."""
    for left, sign, right in ((core.first, core.last, core.last + 1), (core.first - 2, core.first - 1, core.first)):
        if left < 0 or right >= len(tokens) or tokens[sign].word not in ("-", "–") or not core.figures:
            continue
        a, b = tokens[left], tokens[right]
        touching = a.end == tokens[sign].start and b.start == tokens[sign].end
        if touching and a.kind == b.kind == "number" and (a.value or 0) >= (b.value or 0) and (a.value or 0) < 200:
            return True
    return False


def _bare_one(tokens: Sequence[Token], core: Core) -> bool:
    """"no one", "one another", "the one", "one day": no number is meant."""
    before, after = _word(tokens, core.first - 1), _word(tokens, core.last)
    if after in w.PERSONS and before not in ("no", "the", "some"):
        return False
    if before in ("no", "this", "that", "the", "which", "any", "every", "each", "some", "a", "another", "only", "same", "'s", "my"):
        return not (before in ("the", "only") and after in ("hundred",)) and before != "only"
    return after in ("another", "day", "time", "should", "can", "could", "may", "might", "would", "must", "thing", "'s", "’s",
                     "side", "hopes", "such", "way", "has", "is", "if", "they", "that")  # fmt: skip


def _kind(core: Core, counted: Counted, money: bool) -> QuantityKind:
    if money:
        return "money"
    return counted.kind


def _bounds(core: Core, second: Core | None, operator: str | None, kind: QuantityKind) -> Bounds:
    if second is not None:
        if operator in ("at least", "more", "up to", "fewer"):
            return vague_bounds(core.low, core.high, operator)
        return range_bounds(core.low, core.high)
    if core.vague:
        return vague_bounds(core.low, core.high, operator)
    return bounds_of(core.low, operator, steps=kind in ("count", "percent"))


def _share(core: Core, operator: str | None) -> Bounds:
    """A fraction as a percentage: "half" 50, "more than half" from 51."""
    return bounds_of(float(f"{core.low * 100:.6g}"), operator)


def iter_counts(mentions: Sequence[QuantityMention]) -> Iterator[int]:
    """Indices of the mentions that may be a toll: counts that are no part of another."""
    return (i for i, m in enumerate(mentions) if m.kind == "count" and m.part_of is None)


__all__ = ["find", "iter_counts", "replace"]
