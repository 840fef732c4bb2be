"""The grammar of a source: its head noun, the person it names, the body it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evenhand.model.evidence import Span
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.lexicon import lexicon
from evenhand.reading.names.tokens import Named, Range, Token, grammatical

_SMALL = words.PREPOSITIONS | words.DETERMINERS | words.RELATIVE | {"and", "or", "but"}


def head_index(toks: list[Token], runs: list[Range]) -> int | None:
    """The last word before the first preposition, comma or clause that is outside a name."""
    last = None
    i = 0
    while i < len(toks):
        run = next((r for r in runs if r[0] == i), None)
        if run is not None:
            noun = _leading_noun(toks, run)
            if noun is not None and last is None:
                return noun
            last = run[1] - 1
            i = run[1]
            continue
        token = toks[i]
        if last is not None and (token.low in words.PREPOSITIONS or not token.text[0].isalnum()):
            break
        if last is not None and (token.low in ("a", "an", "the", "and", "or") or _says_what_it_does(toks, i)):
            break
        if token.text[0].isalnum() and token.low not in words.DETERMINERS:
            last = i
        i += 1
    return last


def _says_what_it_does(toks: list[Token], at: int) -> bool:
    """As in "a rescue service operating in the north": a participle behind people or a body, which names nobody."""
    before, token, behind = toks[at - 1], toks[at], toks[at + 1 : at + 2]
    if not token.low.endswith("ing") or token.cap or not behind or not _is_who(before.low) or _is_who(token.low):
        return False
    return not _is_who(behind[0].low)  # "the army training centre"


def _is_who(low: str) -> bool:
    return low in lexicon().body or lexicon().is_person(low)


def _leading_noun(toks: list[Token], run: Range) -> int | None:
    """As in "Members of the Security Council" read as one run by its capitals: the noun before "of" is the head."""
    for i in range(run[0], run[1] - 1):
        if toks[i + 1].low in ("of", "for", "in", "at") and lexicon().is_person(toks[i].low):
            return i
    return None


def person_name(toks: list[Token], runs: list[Range], names: Sequence[Named]) -> Range | None:
    """The token range of the person who speaks, if the phrase names one."""
    for run in runs:
        found = _person_in(toks, run, names)
        if found is not None:
            return found
    return None


def _person_in(toks: list[Token], run: Range, names: Sequence[Named]) -> Range | None:
    """The person whom one capitalised run names."""
    lex, (begin, end) = lexicon(), run
    if end < len(toks) and _modifies(toks[end]) and not _introduces(toks, begin, end):
        return None
    bodily = any(t.low in lex.body_name and t.low not in lex.title for t in toks[begin:end])
    if bodily and begin > 0 and lex.is_person(toks[0].low):
        split = _behind_body(toks, begin, end)
        if split < end:
            return split, end
    last_title = max((i for i in range(begin, end) if _is_title(toks[i])), default=None)
    if last_title == end - 1:
        named = _office_behind(toks, begin, end) if not bodily else None
        return (begin, named) if named is not None else None
    start = last_title + 1 if last_title is not None else begin
    if toks[start].low in words.NAME_LINKS:  # "Army of Conquest"
        return None
    first = toks[start].low
    if start < end - 1 and first.endswith("s") and first[:-1] in lex.body_name:  # "the Observatorys X Y"
        start, bodily = start + 1, False
    persons = [n for n in names if n.kind == "person"]
    tagged = [n for n in persons if n.span[0] < toks[end - 1].end and toks[begin].start < n.span[1]]
    if tagged and not bodily and not _governed(toks, begin):
        while start < end - 1 and toks[start].end <= tagged[0].span[0]:
            start += 1
        return start, end
    if _governed(toks, begin) and not _titled_anew(toks, begin, last_title):
        return None
    if last_title is not None and start < end and not any(t.low in lex.body_name for t in toks[start:end]):
        return start, end
    role_before = begin > 0 and (lex.is_person(toks[begin - 1].low) or (toks[begin - 1].text == "," and any(
        lex.is_person(t.low) for t in toks[:begin])))  # fmt: skip
    return (begin, end) if role_before and not bodily else None


def _behind_body(toks: list[Token], begin: int, end: int) -> int:
    """As in "Doctor at the City Hospital Dr. Name": where the name begins behind the body's."""
    split = max(i for i in range(begin, end) if toks[i].low in lexicon().body_name) + 1
    while split < end - 1 and _is_title(toks[split]):
        split += 1
    return split


def _office_behind(toks: list[Token], begin: int, end: int) -> int | None:
    """As in "Ali Omar Secretary General of the group": where the name ends and the office begins."""
    named = next((i for i in range(begin, end) if _is_title(toks[i])), end)
    office = end < len(toks) and toks[end].low in ("of", "for", "at")
    return named if named - begin > 1 and office and not _governed(toks, begin) else None


def _titled_anew(toks: list[Token], begin: int, last_title: int | None) -> bool:
    """As in "leader of the city Imam X": words of the name before stand between the preposition and the title."""
    return last_title is not None and any(not _is_title(t) for t in toks[begin:last_title])


def _introduces(toks: list[Token], begin: int, end: int) -> bool:
    """As in "Ali Omar head of the group": a name and its role without a comma between."""
    lex = lexicon()
    role = toks[end]
    if end - begin < 2 or not lex.is_person(role.low) or any(t.low in lex.body_name for t in toks[begin:end]):
        return False
    return end + 1 < len(toks) and toks[end + 1].low in ("of", "for", "at")


def _modifies(following: Token) -> bool:
    """Whether a capitalised run is an adjective of the noun behind it: "Xian defence ministry"."""
    return following.text[0].isalpha() and not following.cap and following.low not in _SMALL


def _is_title(token: Token) -> bool:
    return token.low in lexicon().title or (lexicon().is_person(token.low) and token.cap)


def _governed(toks: list[Token], begin: int) -> bool:
    """Whether a preposition stands over the name: "a spokesman for President X"."""
    i = begin - 1
    while i >= 0 and (toks[i].low in words.DETERMINERS or _is_title(toks[i]) or toks[i].text == "."):
        i -= 1
    return i >= 0 and toks[i].low in words.PREPOSITIONS


_WITHIN = frozenset({"in", "inside", "within", "across", "throughout"})
_AGAINST = frozenset({
    "against", "fight", "fights", "fighting", "fought", "battles", "battling", "opposes", "opposing", "opposed",
    "resisting", "combating", "combatting", "countering", "besieged", "attacked", "captured", "fleeing", "fled",
})  # fmt: skip
"""Words between an office and a name behind it by which the name is an adversary's, or whom one fled."""


def org_of(toks: list[Token], runs: list[Range], person: Range | None, role_at: int | None) -> Span | None:
    """The body a speaker stands for: the words before the role noun, else what a preposition names."""
    lex = lexicon()
    limit = role_at if role_at is not None else (person[0] if person else len(toks))
    start, stop = None, None
    for i, t in enumerate(toks[:limit]):
        if start is None and t.cap and not grammatical(t, i) and not (_is_title(t) and i >= limit - 3):
            start = i
    if start is not None:
        stop = limit
        while stop > start + 1 and not toks[stop - 1].cap and toks[stop - 1].low not in lex.body:
            stop -= 1
        while stop > start and (_is_title(toks[stop - 1]) or not toks[stop - 1].text[0].isalnum()):
            stop -= 1
        if stop > start and not (person and person[0] < stop):
            return toks[start].start, no_possessive(toks[stop - 1])
    for begin, end in runs:
        if role_at is not None and begin > role_at and (person is None or end <= person[0] or begin >= person[1]):
            if _AGAINST.intersection(token.low for token in toks[role_at:begin]):
                return None  # "a spokesman for a group that fights X" is not of X
            if toks[role_at].low in lex.somewhere and toks[begin - 1].low in _WITHIN:
                return None  # "extremists in X" are not X's
            tail = end
            while tail < len(toks) and toks[tail].low in lex.body and not toks[tail].cap:
                tail += 1
            return toks[begin].start, no_possessive(toks[tail - 1])
    for i, t in enumerate(toks):
        if role_at is not None and i > role_at and t.low in lex.body:
            return t.start, t.end
    return None


def no_possessive(token: Token) -> int:
    """The end of a word without its possessive ending."""
    match = re.search(r"['’]s?\Z", token.text)
    return token.start + match.start() if match and token.possessive else token.end


def modifiers(toks: list[Token], runs: list[Range]) -> frozenset[str]:
    """The words of the names in a phrase."""
    return frozenset(t.low for b, e in runs for t in toks[b:e] if t.text[0].isalnum())
