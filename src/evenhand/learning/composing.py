"""Made-up reports with exact annotations, for nesting and agency citation forms.

Templates over real plain sentences, and attribution sentences put into other attributions. Who speaks is
drawn from one list for all sides, so no name goes with a role or a cue.
"""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evenhand.learning.corpora import Example, Said, said
from evenhand.learning.rewriting import one_line, strip
from evenhand.reading.tagging.spans import Span

HERE = Path(__file__).parent
FILLERS: dict[str, list[str]] = tomllib.loads((HERE / "fillers.toml").read_text(encoding="utf-8"))
TEMPLATES: dict[str, list[str]] = tomllib.loads((HERE / "templates.toml").read_text(encoding="utf-8"))
_CUES = re.compile(
    r"(?i)\b(sa(id|ys?|ying)|t(old|ells?|elling)|accord|report|announc|claim|accus|stat(ed|es|ing|ement)|add(ed|ing)|den(y|ied)"
    r"|stress|not(ed|ing)\b|confirm|cit(ed|ing)|quot|warn|believ|hop(e|ing)|think|thought|expect|want|describ|call|source|"
    r"monitor|observatory|activist|witness|reveal|urg|explain|comment|interview|ask|want|plan|accord|fear|know|blam|suggest"
    r"|spokes|declar|insist|admit|argu|estimat|according|statement)"
)
_SENTENCE = re.compile(r"(?<![^.!?\n])[^.!?\n]++[.!?]")
_FUNCTION = frozenset(FILLERS["function"])
_BRACE = re.compile(r"\{(\w+)\}")
_OPEN = re.compile(r"<(\^?)(\d)\.(\w+) ?")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with marked attributions: (number, nested, role, span)."""

    text: str
    marks: tuple[tuple[int, bool, str, Span], ...]


class Composer:
    """Draws reports from templates, fillers, plain sentences and short attribution sentences."""

    def __init__(self, plain: list[str], attributed: list[tuple[str, Said]], chance: random.Random) -> None:
        self.fillers, self.templates = FILLERS, TEMPLATES
        self.plain, self.attributed, self.chance = plain, attributed, chance

    def report(self, number: int) -> Example:
        """One report of a headline, a dateline and some paragraphs; a part of them FA-KES-like."""
        chance = self.chance
        outer: list[Said] = []
        inner: list[Said] = []
        text = ""
        if chance.random() < 0.7:
            text = self._add(text, self._template("headline"), outer, inner)
            text += chance.choice(["\n\n", "\n\n", ". ", "\n"])
        text += self._filled(chance.choice(self.templates["dateline"]))
        for _ in range(chance.randint(4, 10)):
            if chance.random() < 0.35 and self.attributed:
                text = self._add(text, self._nested(), outer, inner)
            else:
                text = self._add(text, self._template("sentence"), outer, inner)
            text += chance.choice([" ", "\n\n", "\n\n", "\n"])
        example = Example(f"composed_{number}", text, outer=tuple(outer), inner=tuple(inner))
        kind = chance.random()
        return strip(example, chance) if kind < 0.35 else one_line(example) if kind < 0.5 else example

    def _add(self, text: str, marked: Marked, outer: list[Said], inner: list[Said]) -> str:
        whole, offset = text + marked.text, len(text)
        numbers = sorted({n for n, *_ in marked.marks})
        first: list[Span] = []
        shared: Span | None = None
        for number in numbers:
            mine = [m for m in marked.marks if m[0] == number]
            roles: dict[str, list[Span]] = {}
            for _, _, role, (s, e) in mine:
                roles.setdefault(role, []).append((s + offset, e + offset))
            content = roles.get("content") or first
            first = first or content
            cue, source = roles.get("cue", [None])[0], roles.get("source", [None])[0]
            if source is None and number > 1 and not mine[0][1]:
                source = shared  # "X said P, adding that Q": one source span, two statements
            shared = shared or source
            words = whole[cue[0] : cue[1]].lower() if cue else ""
            if cue and words.startswith(("said ", "told ", "rejected ", "dismissed ", "denied ", "refuted ")):
                cue = (cue[0], cue[0] + words.index(" "))  # the verb alone
            denies = any(stem in words for stem in ("den", "reject", "dismiss", "refut"))
            one = said(whole, content, cue, source, denies)
            held = any(
                n != number and role == "content" and all(s <= a and b <= e for a, b in (m[3] for m in mine))
                for n, _, role, (s, e) in marked.marks
            )
            if one:
                (inner if held or mine[0][1] else outer).append(one)
        return whole

    def _template(self, kind: str) -> Marked:
        return unmark(self._filled(self.chance.choice(self.templates[kind])))

    def _nested(self) -> Marked:
        """An attribution sentence inside another attribution."""
        sentence, one = self.chance.choice(self.attributed)
        quoted = self.chance.random() < 0.5
        before, after = self.chance.choice(_QUOTED if quoted else _INDIRECT)
        if not quoted and before:
            sentence = lower_first(sentence)
        if quoted and self.chance.random() < 0.6:
            more = self._plain()
            after = after.replace(">", f". {more}>", 1) if self.chance.random() < 0.5 else after
            before = before if ". " in after else before.replace("<1.content ", f"<1.content {self._plain()}. ", 1)
        pieces = unmark(self._filled(before) + "\x00" + self._filled(after))
        at = pieces.text.index("\x00")
        grow = len(sentence) - 1

        def moved(span: Span) -> Span:
            return span[0] + (grow if span[0] > at else 0), span[1] + (grow if span[1] > at else 0)

        marks = [(n, nested, role, moved(span)) for n, nested, role, span in pieces.marks]
        marks += [(2, True, "content", (s + at, e + at)) for s, e in one.content]
        marks += [
            (2, True, role, (span[0] + at, span[1] + at))
            for role, span in (("cue", one.cue), ("source", one.source))
            if span
        ]
        return Marked(pieces.text.replace("\x00", sentence, 1), tuple(marks))

    def _plain(self) -> str:
        return self.chance.choice(self.plain)

    def _filled(self, template: str) -> str:
        def fill(match: re.Match[str]) -> str:
            key = match.group(1)
            chance = self.chance
            if key in "PQ":
                return self._plain()
            if key in "pq":
                return lower_first(self._plain())
            if key.startswith("day"):
                return str(chance.randint(10, 28))
            if key == "pronoun2":
                return chance.choice(["him", "her", "them"])
            if key.lower() == "person":
                name = chance.choice(self.fillers["first"]) + " " + chance.choice(self.fillers["last"])
                if chance.random() < 0.3:
                    name = name.split(" ", 1)[1]
                if chance.random() < 0.35:
                    body = chance.choice(self.fillers["body"]).removeprefix("the ")
                    name = f"{body} {chance.choice(self.fillers['role'])} {name}"
                return name[0].upper() + name[1:] if key[0].isupper() else name
            found = chance.choice(self.fillers[key.lower()])
            if key.isupper():
                return found.upper()
            return found[0].upper() + found[1:] if key[0].isupper() else found

        return _BRACE.sub(fill, template)


_QUOTED = (
    ('"<1.content ', '>," <1.source {person}> <1.cue {said}>.'),
    ('"<1.content ', '>," <1.source {pronoun}> <1.cue said>.'),
    ('<1.source {Body}> <1.cue said> in a statement: "<1.content ', '>."'),
    ('"<1.content ', '>," <1.cue said> <1.source {person}>, a {role}.'),
    ('<1.source {Person}> <1.cue told> {agency}: "<1.content ', '>."'),
)
_INDIRECT = (
    ("<1.source {Person}> <1.cue {said}> that <1.content ", ">."),
    ("<1.source {Body}> <1.cue {said}> that <1.content ", ">."),
    ("<1.cue According to> <1.source {agency}>, <1.content ", ">."),
    ("<1.content ", ">, <1.source {body}> <1.cue {said}>."),
    ("<1.source {Agency}> <1.cue reported> that <1.content ", ">."),
    ("<1.content ", ">, <1.cue according to> <1.source {vague}>."),
    ("<1.source {Vague}> <1.cue told> {agency} that <1.content ", ">."),
)


def unmark(marked: str) -> Marked:
    """Take the marks out of a filled template."""
    out: list[str] = []
    length = 0
    open_: list[tuple[int, bool, str, int]] = []
    marks: list[tuple[int, bool, str, Span]] = []
    i = 0
    while i < len(marked):
        opening = _OPEN.match(marked, i)
        if opening:
            open_.append((int(opening.group(2)), bool(opening.group(1)), opening.group(3), length))
            i = opening.end()
        elif marked[i] == ">" and open_:
            number, nested, role, start = open_.pop()
            marks.append((number, nested, role, (start, length)))
            i += 1
        else:
            out.append(marked[i])
            length += 1
            i += 1
    return Marked("".join(out), tuple(marks))


def lower_first(sentence: str) -> str:
    """The sentence as it would stand in mid-sentence, where its first word allows."""
    first = sentence.split(" ", 1)[0]
    return sentence[0].lower() + sentence[1:] if first in _FUNCTION else sentence


def plain_sentences(texts: Iterable[str]) -> list[str]:
    """Sentences of 5 to 35 words in which nobody seems to say anything, without the final stop."""
    out = []
    for text in texts:
        for match in _SENTENCE.finditer(text):
            sentence = " ".join(match.group()[:-1].split())
            words = sentence.count(" ") + 1
            if (
                5 <= words <= 35
                and sentence[0].isupper()
                and not _CUES.search(sentence)
                and not set(sentence) & set('"<>{}\u201c\u201d')
            ):
                out.append(sentence)
    return out


def fakes_texts(path: Path, without: Iterable[str]) -> list[str]:
    """FA-KES article texts, without those whose ids are given (the gold's)."""
    barred = set(without)
    with path.open(encoding="utf-8", newline="") as rows:
        return [row["article_content"] for row in csv.DictReader(rows) if row["unit_id"] not in barred]


def attributed_sentences(examples: Iterable[Example]) -> list[tuple[str, Said]]:
    """Sentences that hold exactly one whole attribution with cue and source, its spans moved to them."""
    out = []
    for example in examples:
        found = sorted(example.outer or (), key=lambda a: a.content)
        for start, end in _lines(example.text):
            near = [a for a in found if any(x < end and y > start for x, y in _spans(a))]
            for match in _SENTENCE.finditer(example.text, start, end) if near else ():
                s, e = match.start(), match.end() - 1
                while s < e and example.text[s].isspace():
                    s += 1
                inside = [a for a in near if any(x < e and y > s for x, y in _spans(a))]
                if len(inside) != 1 or not example.text[s].isupper() or not 5 <= example.text[s:e].count(" ") <= 40:
                    continue
                one = inside[0]
                spans = [*one.content, *(x for x in (one.cue, one.source) if x)]
                if one.cue and one.source and all(s <= a and b <= e for a, b in spans):
                    if set(example.text[s:e]) & set('"\u201c\u201d<>\x00'):
                        continue
                    if example.text[slice(*one.source)].lower() in ("i", "we"):
                        continue
                    out.append((example.text[s:e], _shifted(one, -s)))
    return out


def _spans(one: Said) -> list[Span]:
    return [*one.content, *([one.cue] if one.cue else [])]


def _lines(text: str) -> list[Span]:
    return [m.span() for m in re.finditer(r"[^\n]+", text)]


def _shifted(one: Said, by: int) -> Said:
    def move(span: Span) -> Span:
        return span[0] + by, span[1] + by

    return Said(
        tuple(move(s) for s in one.content), one.cue and move(one.cue), one.source and move(one.source), one.denies
    )
