"""Words of a source, and which runs of them are names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Protocol

import msgspec
from msgspec.structs import replace

from evenhand.model.evidence import Span
from evenhand.reading.capitals import capitals
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.lexicon import lexicon

_TOKEN = re.compile(r"\w[\w'’&/-]{0,60}(?:\.\w[\w'’&/-]{0,60}){0,8}\.?|[^\w\s]")
_ARABIC_ARTICLE = re.compile(r"(?:a[lnrstdz]|ash?|el|ul|ad)-\w", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s?)\Z")
_ORIGIN_SURE = ("ian", "ean", "ish", "ese")
_PRONOUNS = words.SPEAKER | words.HE | words.SHE | words.IT | words.THEY | words.RELATIVE | words.OTHER_PRONOUNS
_SMALL = words.DETERMINERS | words.PREPOSITIONS
_ORIGIN = ("an", "ish", "ese", "i", "ch", "qi")
_ADJECTIVAL = (
    "-based", "-born", "-speaking", "-linked", "-affiliated", "-language", "-registered", "-backed", "-aligned",
    "-supported", "-sponsored", "-funded", "-allied", "-occupied", "-held", "-controlled", "-run",
)  # fmt: skip


Range = tuple[int, int]
"""Indices of tokens, half-open."""


class Named(Protocol):
    """A name as the network found it."""

    @property
    def span(self) -> Span:
        """Code points."""

    @property
    def kind(self) -> str:
        """person, organisation, place, people, weapon, facility, quantity or time."""


class Name(msgspec.Struct, frozen=True):
    """A name fit for use: it has a capital letter and more in it than articles and titles."""

    span: Span
    kind: str


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word: where, as written, and its bare lower-case form without final dot and possessive."""

    start: int
    end: int
    text: str
    low: str
    cap: bool
    possessive: bool


def tokens(text: str, span: Span) -> list[Token]:
    """The words and marks of `text` within `span`."""
    found = [Token(m.start(), m.end(), *_form(m.group())) for m in _TOKEN.finditer(text, span[0], span[1])]
    printed = capitals(text)
    if printed.stretches:
        found = [replace(t, cap=False) if t.cap and printed.marks_nothing(t.start, t.low) else t for t in found]
    return found


@lru_cache(maxsize=20_000)
def _form(word: str) -> tuple[str, str, bool, bool]:
    """The word as written, its bare lower-case form, whether it is capitalised, whether it is a possessive."""
    bare = word.rstrip(".") if word.count(".") == 1 else word
    possessive = bare.endswith(("'s", "’s", "s'", "s’"))
    low = _POSSESSIVE.sub("", bare).lower() if possessive else bare.lower()
    cap = word[0].isupper() or (
        not word.islower() and bool(_ARABIC_ARTICLE.match(word)) and any(c.isupper() for c in word)
    )
    return word, low, cap, possessive


def with_based(toks: list[Token]) -> list[Token]:
    """As in "the London based monitor", its hyphen lost: one adjective."""
    out: list[Token] = []
    for t, following in zip(toks, [*(f.low for f in toks[1:]), ""], strict=False):
        if t.low == "based" and out and out[-1].cap and following not in ("in", "at", "out", "near", ""):
            last = out.pop()
            t = Token(last.start, t.end, last.text + "-" + t.text, last.low + "-based", True, False)  # noqa: PLW2901
        out.append(t)
    return out


def usable(text: str, names: Sequence[Named]) -> list[Name]:
    """The network's names without what is none: bare nouns, titles, articles in front, a second sentence."""
    lex = lexicon()
    out: list[Name] = []
    for n in sorted(names, key=lambda n: n.span):
        if n.kind in ("quantity", "time"):
            continue
        toks = tokens(text, _whole_words(text, n.span))
        toks = toks[: next((i + 1 for i, t in enumerate(toks[:-1]) if _ends_sentence(t)), len(toks))]
        if n.kind == "organisation":  # "the ministry spokeswoman X" is no body
            toks = toks[: next((i for i, t in enumerate(toks) if i and lex.is_person(t.low) and not t.cap), len(toks))]
            while len(toks) > 1 and not toks[-1].cap and toks[-1].low not in lex.body:
                toks = toks[:-1]
        if n.kind == "person":  # "Observatory head X Y": the name is what stands behind the role
            roles = [i for i, t in enumerate(toks[:-1]) if t.low in lex.title or lex.is_person(t.low)]
            toks = toks[roles[-1] + 1 :] if roles else toks
        while toks and (toks[0].low in words.DETERMINERS or not toks[0].text[0].isalnum()):
            toks = toks[1:]
        capital = [t for t in toks if t.cap and not grammatical(t, 1)]
        known = _titles() if n.kind == "person" else _documents()
        if n.kind == "person" and all(t.low in known or lex.is_person(t.low) for t in toks):
            continue
        if n.kind in ("person", "organisation") and all(t.low in known for t in capital):
            continue
        if (
            len(toks) == 1
            and toks[0].low in _PRONOUNS
            and not (toks[0].cap and len(toks[0].text) > 1 and toks[0].text.isupper())
        ):
            continue
        lone = len(toks) > 1 and len(capital) == 1 and capital[0] is toks[0] and not toks[0].text.isupper()
        if lone and _sentence_initial(text, toks[0].start) and not toks[0].low.endswith(_ORIGIN):
            continue  # "Medical sources", "Local activists"
        if toks and capital and any(len(t.low) > 1 for t in capital):
            origin = n.kind == "person" and len(toks) == 1 and toks[0].low.endswith(_ORIGIN_SURE)
            out.append(Name(_to_the_right(text, toks, n.kind), "people" if origin else n.kind))
    return _agreed(text, out)


@cache
def _titles() -> frozenset[str]:
    return lexicon().person | lexicon().title


@cache
def _documents() -> frozenset[str]:
    return lexicon().person | lexicon().document


def _sentence_initial(text: str, at: int) -> bool:
    return text[max(0, at - 8) : at].rstrip()[-1:] in ("", ".", "!", "?", '"', "”", ":", "\n")


def _to_the_right(text: str, toks: list[Token], kind: str) -> Span:
    """The span of a name; a body's name goes on over capitalised words for bodies ("Xian Defence" "Ministry")."""
    end = toks[-1].end
    if kind == "organisation":
        for m in _TOKEN.finditer(text, end, min(len(text), end + 60)):
            _, low, cap, _ = _form(m.group())
            if m.start() != end + 1 or not cap or low not in lexicon().body_name:
                break
            end = m.end()
    return toks[0].start, end


def described(text: str, names: Sequence[Named]) -> list[Span]:
    """The network's spans that describe a body or people without naming them: "government forces", "the rebels"."""
    lex = lexicon()
    out: list[Span] = []
    for n in names:
        if n.kind not in ("organisation", "people", "person"):
            continue
        toks = tokens(text, _whole_words(text, n.span))
        while toks and toks[0].low in words.PREPOSITIONS:
            toks = toks[1:]
        if not toks or any(t.cap and not grammatical(t, 1) for t in toks) or len(toks) > 6:
            continue
        if len(toks) == 1 and (toks[0].low in lex.generic or toks[0].low == "people"):
            continue
        if toks[-1].low in lex.body or (words.plural(toks[-1].low) and lex.is_person(toks[-1].low)):
            out.append((toks[0].start, toks[-1].end))
    return sorted(set(out))


def _agreed(text: str, names: list[Name]) -> list[Name]:
    """One kind for one string in one report: the one it was given most often."""
    votes: dict[str, dict[str, int]] = {}
    for n in names:
        given = votes.setdefault(text[slice(*n.span)], {})
        given[n.kind] = given.get(n.kind, 0) + 1
    out: list[Name] = []
    for n in names:
        if out and n.span[0] < out[-1].span[1]:
            continue
        given = votes[text[slice(*n.span)]]
        out.append(Name(n.span, max(given, key=given.__getitem__)))
    return out


def _whole_words(text: str, span: Span) -> Span:
    start, end = max(0, min(span[0], len(text))), max(0, min(span[1], len(text)))
    while 0 < start < len(text) and start > span[0] - 40 and _in_word(text, start):
        start -= 1
    while 0 < end < len(text) and end < span[1] + 40 and _in_word(text, end):
        end += 1
    return start, end


def _in_word(text: str, at: int) -> bool:
    """Whether a border would fall inside a word."""
    before, after = text[at - 1], text[at]
    return (before.isalnum() or before == "-") and (after.isalnum() or (after == "-" and before.isalnum()))


def _ends_sentence(token: Token) -> bool:
    """As in "Ministry." before another word; not "Gen." or "U.S."."""
    if token.text in (".", ";", ":", "!", "?"):
        return True
    return (
        token.text.endswith(".")
        and token.text.count(".") == 1
        and len(token.low) > 3
        and token.low not in lexicon().title
    )


def runs_of(toks: list[Token], names: Sequence[Named], *, begins: bool = False) -> list[Range]:
    """Token ranges that are names: capitalised words with the links between them.

    A body's name that the network saw whole ("Aid to the Church") joins its parts. `begins`: the first word has its
    capital from the sentence.
    """
    out: list[Range] = []
    i = 1 if begins and _only_begins(toks, names) else 0
    while i < len(toks):
        if toks[i].cap and toks[i].text[0].isalnum() and not grammatical(toks[i], i):
            j = _joined(toks, _extend(toks, i + 1), names)
            out.append((i, j))
            i = j
        else:
            i += 1
    return out


def _only_begins(toks: list[Token], names: Sequence[Named]) -> bool:
    """As in "File photo", "Photographs circulated": a common word at a sentence's start."""
    first = toks[0]
    if len(toks) < 2 or not toks[1].text[0].isalpha() or toks[1].cap or toks[1].low in words.PREPOSITIONS | {"and"}:
        return False
    if first.text.isupper() or first.possessive or ("-" in first.text[1:-1] and not first.text[0].isupper()):
        return False
    return not any(n.span[0] <= first.start < n.span[1] for n in names) and not first.low.endswith(_ORIGIN)


def _joined(toks: list[Token], j: int, names: Sequence[Named]) -> int:
    for n in names:
        if n.kind == "organisation" and n.span[0] < toks[j - 1].end < n.span[1]:
            k = j
            while k < len(toks) and toks[k].start < n.span[1]:
                k += 1
            if toks[k - 1].cap:
                return k
    return j


def _extend(toks: list[Token], j: int) -> int:
    while j < len(toks):
        if toks[j].cap and toks[j].text[0].isalnum() and not toks[j - 1].possessive and not grammatical(toks[j], j):
            j += 1
        elif toks[j].low in words.NAME_LINKS and j + 1 < len(toks) and toks[j + 1].cap and not toks[j - 1].possessive:
            if toks[j].low in ("of", "for", "and", "&") and not _body_before(toks, j):
                break
            j += 2
        else:
            break
    return j


def _body_before(toks: list[Token], j: int) -> bool:
    """As in "Observatory for", "Ministry of": a link belongs to a name only after the name of a body."""
    low = toks[j - 1].low
    return low in lexicon().body_name or words.singular(low) in lexicon().body_name or low == "human"


def grammatical(token: Token, at: int) -> bool:
    """A capital that says nothing: articles and prepositions, "London-based"."""
    if token.low.endswith(_ADJECTIVAL):
        return True
    return token.low in _SMALL and not (token.text.isupper() and len(token.text) > 1)
