"""Sentences parsed with what is told apart from the words of the telling.

In "The army shelled the camp, an official of the province told reporters on Friday" the parser easily takes the
official for the one who shelled. The statements are known by now, so what each tells is parsed as a sentence of its
own and hung, as its clause, on the verb that tells it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from evenhand.model.evidence import Span
from evenhand.model.reading import Statement
from evenhand.reading.claims.words import begins, words
from evenhand.reading.syntax.parser import WINDOW, Parser, Sentence
from evenhand.reading.syntax.tokens import Token, tokenize

_NO_CLAUSE = frozenset({"blames", "demands", "asks", "intends", "hopes"})
"""Attitudes whose content is rarely a clause: "(accused) the army of shelling", "(urged) them to stop"."""
_SHORT = 4
_Unit = list[int]


def parse_apart(
    parser: Parser, text: str, sentences: Sequence[Span], statements: Sequence[Statement]
) -> tuple[Sentence, ...]:
    """One tree a sentence (more where it is longer than `WINDOW` words), what is told hung on the words that tell it.

    `sentences` and the spans of `statements` are code points of `text`. Linear in the text.
    """
    pieces: list[list[Token]] = []
    for span in sentences:
        tokens = tokenize(text, span)
        pieces += [tokens[i : i + WINDOW] for i in range(0, len(tokens), WINDOW)]
    telling = sorted(
        (s for s in statements if s.cue is not None and _is_clause(s, text)), key=lambda s: s.cue or (0, 0)
    )
    cut: list[list[tuple[_Unit, int]]] = []
    at = 0
    for tokens in pieces:
        start, end = tokens[0].start, tokens[-1].end
        while at < len(telling) and (telling[at].cue or (0, 0))[0] < start:
            at += 1
        here = at
        while here < len(telling) and (telling[here].cue or (0, 0))[0] < end:
            here += 1
        cut.append(_units(tokens, telling[at:here]))
    parsed = iter(
        parser.parse_tokens([[tokens[i] for i in u] for tokens, us in zip(pieces, cut, strict=True) for u, _ in us])
    )
    return tuple(
        _mended(_joined(tokens, units, [next(parsed) for _ in units]))
        for tokens, units in zip(pieces, cut, strict=True)
    )


def _mended(s: Sentence) -> Sentence:
    """Three slips of the tree that lose who suffered what."""
    return _with_reduced(_with_outcome(_with_stopped(s)))


def _with_reduced(s: Sentence) -> Sentence:
    """In "The priest, kidnapped in May, was released" the tree takes the participle for the main verb."""
    i = next((k for k, head in enumerate(s.heads) if head < 0), None)
    if i is None or i < 2 or s.tags[i] not in ("VBN", "VBD") or s.lower[i - 1] != ",":
        return s
    if s.child(i, "nsubj", "nsubj:pass", "obj", "aux", "aux:pass") is not None:
        return s
    for j in s.children[i]:
        subject = s.child(j, "nsubj:pass", "nsubj") if s.relations[j] == "conj" else None
        if subject is not None and subject < i:
            heads, relations = list(s.heads), list(s.relations)
            heads[i], relations[i], heads[j], relations[j] = subject, "acl", -1, "root"
            return replace(s, heads=tuple(heads), relations=tuple(relations))
    return s


def _with_outcome(s: Sentence) -> Sentence:
    """In "struck the town near the border killing three" the tree hangs the killing on the border: it is the verb's."""
    if "acl" not in s.relations:
        return s
    heads, relations = list(s.heads), list(s.relations)
    for i, word in enumerate(s.lower):
        if s.relations[i] != "acl" or word not in words("outcomes") or s.relations[s.heads[i]] not in ("nmod", "obl"):
            continue
        verb = next((k for k in s.chain(s.heads[i]) if s.tags[k] in ("VBD", "VBZ", "VBP", "VBN")), None)
        if verb is not None and any(s.relations[j] == "case" for j in s.children[s.heads[i]]):
            heads[i], relations[i] = verb, "advcl"
    return replace(s, heads=tuple(heads), relations=tuple(relations)) if heads != list(s.heads) else s


def _with_stopped(s: Sentence) -> Sentence:
    """In "stop attacking civilians" the tree may take the second verb for an adjective; it is what is stopped."""
    wrong = [
        i
        for i in range(1, len(s.tokens))
        if s.tags[i] == "VBG" and s.relations[i] == "amod" and s.lower[i - 1] in words("aspect")
        and s.heads[s.heads[i]] == i - 1 and s.relations[s.heads[i]] == "obj"
    ]  # fmt: skip
    if not wrong:
        return s
    heads, relations = list(s.heads), list(s.relations)
    for i in wrong:
        heads[heads[i]], heads[i] = i, i - 1
        relations[s.heads[i]], relations[i] = "obj", "xcomp"
    return replace(s, heads=tuple(heads), relations=tuple(relations))


def _is_clause(statement: Statement, text: str) -> bool:
    """Whether what is told is a clause; "(attributed) the shelling to the rebels" is none."""
    if statement.attitude in _NO_CLAUSE:
        return False
    cue = text[slice(*statement.cue)].lower() if statement.cue is not None else ""
    return not any(begins(word, "ascribing") for word in cue.split())


def _units(tokens: Sequence[Token], telling: Sequence[Statement]) -> list[tuple[_Unit, int]]:
    """The words that are parsed together, and the word (the cue's last, -1 for none) that they hang on."""
    whole = list(range(len(tokens)))
    if not telling:
        return [(whole, -1)]
    starts, ends = [t.start for t in tokens], [t.end for t in tokens]
    owner = [-1] * len(tokens)
    size = [0] * len(tokens)
    cues: list[int] = []
    for n, statement in enumerate(telling):
        cue = statement.cue or (0, 0)
        first = bisect_right(ends, cue[0])
        cues.append(first if first < len(tokens) and starts[first] < cue[1] else -1)
        held = (range(bisect_left(starts, start), bisect_right(ends, end)) for start, end in statement.content)
        inside = sorted({i for part in held for i in part})
        if len(inside) < _SHORT or cues[n] < 0 or cues[n] in inside:
            continue
        for i in inside:
            if owner[i] < 0 or len(inside) < size[i]:
                owner[i], size[i] = n, len(inside)
    return [([i for i in whole if owner[i] == n], cues[n] if n >= 0 else -1) for n in sorted(set(owner))]


def _joined(tokens: Sequence[Token], units: Sequence[tuple[_Unit, int]], parsed: Sequence[Sentence]) -> Sentence:
    """One tree of the trees of the units."""
    if len(units) == 1:
        return parsed[0]
    heads, relations, tags = [-1] * len(tokens), ["root"] * len(tokens), [""] * len(tokens)
    roots: list[tuple[int, int]] = []
    for (unit, cue), tree in zip(units, parsed, strict=True):
        for k, i in enumerate(unit):
            tags[i], relations[i] = tree.tags[k], tree.relations[k]
            heads[i] = unit[tree.heads[k]] if 0 <= tree.heads[k] < len(unit) else -1
            if heads[i] < 0:
                roots.append((i, cue))
    top = roots[0][0]
    for root, cue in roots[1:]:
        heads[root] = cue if cue >= 0 and root not in _chain(heads, cue) else top
        relations[root] = "ccomp"
    return Sentence(
        span=(tokens[0].start, tokens[-1].end),
        tokens=tuple(tokens),
        tags=tuple(tags),
        heads=tuple(heads),
        relations=tuple(relations),
    )


def _chain(heads: Sequence[int], i: int) -> set[int]:
    """Word i and all above it; of two statements that each hold the other's cue one is hung on top."""
    seen: set[int] = set()
    while i >= 0 and i not in seen:
        seen.add(i)
        i = heads[i]
    return seen
