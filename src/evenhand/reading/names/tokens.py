"""Words of a source, and which runs of them are names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from evenhand.model.evidence import Span
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.lexicon import lexicon

_TOKEN = re.compile(r"\w[\w'’&/-]{0,60}(?:\.\w[\w'’&/-]{0,60}){0,8}\.?|[^\w\s]")
_ARABIC_ARTICLE = re.compile(r"(?:a[lnrstdz]|ash?|el|ul|ad)-\w", re.IGNORECASE)
_ADJECTIVAL = ("-based", "-born", "-speaking", "-linked", "-affiliated", "-language", "-registered")


class Named(Protocol):
    """A name as the network found it."""

    @property
    def span(self) -> Span: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Token:
    """One word: where, as written, and its bare lower-case form without final dot and possessive."""

    start: int
    end: int
    text: str
    low: str
    cap: bool
    possessive: bool


def tokens(text: str, span: Span) -> list[Token]:
    """The words and marks of `text` within `span`."""
    out = []
    for m in _TOKEN.finditer(text, span[0], span[1]):
        word = m.group()
        bare = word.rstrip(".") if word.count(".") == 1 else word
        possessive = bare.endswith(("'s", "’s", "s'", "s’"))
        low = re.sub(r"(?:['’]s?)\Z", "", bare).lower() if possessive else bare.lower()
        cap = word[0].isupper() or (bool(_ARABIC_ARTICLE.match(word)) and any(c.isupper() for c in word))
        out.append(Token(m.start(), m.end(), word, low, cap, possessive))
    return out


def runs_of(toks: list[Token], names: Sequence[Named]) -> list[tuple[int, int]]:
    """Token ranges that are names: the network's spans, else capitalised words with the links between them."""
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(toks):
        named = next((n for n in names if n.kind not in ("quantity", "time") and n.span[0] <= toks[i].start < n.span[1]), None)
        if named is not None and toks[i].low not in words.DEFINITE:
            j = i
            while j < len(toks) and toks[j].start < named.span[1]:
                j += 1
            j = _extend(toks, j) if named.kind == "organisation" else j
            out.append((i, j))
            i = j
        elif toks[i].cap and toks[i].text[0].isalnum() and not grammatical(toks[i], i):
            j = _extend(toks, i + 1)
            out.append((i, j))
            i = j
        else:
            i += 1
    return out


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
    """"Observatory for", "Ministry of": a link belongs to a name only after the name of a body."""
    low = toks[j - 1].low
    return low in lexicon().body_name or words.singular(low) in lexicon().body_name or low == "human"


def grammatical(token: Token, at: int) -> bool:
    """A capital that says nothing: articles and prepositions, "London-based"."""
    if token.low.endswith(_ADJECTIVAL):
        return True
    small = words.DEFINITE | words.INDEFINITE | words.PREPOSITIONS
    return token.low in small and not (token.text.isupper() and len(token.text) > 1)
