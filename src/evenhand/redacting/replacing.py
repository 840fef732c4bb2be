"""Names and details found in text whatever their case, accents, hyphens and invisible characters, and replaced.

Found are: the whole name and every spelling under `also`, written together, apart or with `-`, `_`, `.`; each part of
it alone (the surname anywhere, a first name where it is not followed by another surname); the details; e-mail addresses
and phone numbers of anybody. Positions in the old text are moved to the new one; a span that cuts into a name grows to
hold the whole replacement.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from evenhand.model.evidence import Span
from evenhand.model.wordlist import word_set
from evenhand.redacting.persons import Person

EMAIL, PHONE, DETAIL = "[e-mail withheld]", "[phone withheld]", "[detail withheld]"

_BETWEEN = r"[\s\-_.,+/'’%]{0,3}"
_START, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_WORD = re.compile(r"[^\W_]+")
# Words of a name that name nobody: particles, articles, titles.
PARTICLES = word_set("""
    al el ul ad an ar as ash at az bin ibn ben bint abu abd umm um de da di del della van von der den la le du dos das
    mr mrs ms miss dr prof sir lady lord haji hajj sheikh shaykh sayyid imam mullah the of and jr sr ii iii
""")
_SHORTEST = 3
_HASH = re.compile(r"[0-9a-f]{16,64}")
# One character of a local part may follow another; the class is bounded, so is the time.
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w+.,])(?:\+|00)\d(?:[ \-()./]{0,3}\d){6,14}(?!\w)")


@dataclass(frozen=True, slots=True)
class Moved:
    """A text after its replacements, and where each old position is now."""

    text: str
    cuts: tuple[tuple[int, int, int, int], ...]  # old start, old end, new start, new end

    def span(self, span: Span) -> Span:
        """The span in the new text; one that cuts into a replacement grows to hold it."""
        return self._at(span[0], end=False), self._at(span[1], end=True)

    def meets(self, span: Span) -> bool:
        """Whether anything in the old span was replaced."""
        return any(start < span[1] and span[0] < end for start, end, _, _ in self.cuts)

    def _at(self, position: int, *, end: bool) -> int:
        index = bisect_right(self.cuts, position, key=lambda cut: cut[0]) - 1
        if index < 0:
            return position
        old_start, old_end, new_start, new_end = self.cuts[index]
        if position >= old_end:
            return new_end + position - old_end
        return new_end if end and position > old_start else new_start


@dataclass(frozen=True, slots=True)
class _Rule:
    """A form of a name. `first`: a first name, which may be another person's where a surname not in `own` follows.

    `capital`: the form is an ordinary word, too ("said"), and a name only with a capital.
    """

    pattern: re.Pattern[str]
    instead: str
    first: bool = False
    own: frozenset[str] = frozenset()
    capital: bool = False
    anchor: str = ""  # the longest word of the form: where it is not, no search is needed

    def holds(self, text: str, span: Span) -> bool:
        """Whether the form, found at the span of the text, is this person's."""
        if self.capital and not text[span[0]].isupper():
            return False
        following = _WORD.match(text, span[1] + 1) if self.first and text[span[1] : span[1] + 1] == " " else None
        return following is None or not following[0][0].isupper() or _fold(following[0]) in self.own


class Redactor:
    """Replaces persons by pseudonyms; `pseudonyms` maps `Person.name` to what stands in its place.

    `ordinary`: parts of names that are words of the language, see `ordinary_words`.
    """

    def __init__(
        self, persons: Sequence[Person], pseudonyms: Mapping[str, str], ordinary: frozenset[str] = frozenset()
    ) -> None:
        self._ordinary = ordinary
        self._strings: dict[str, str] = {}  # records say the same names again and again
        self._rules: list[_Rule] = []
        self._loose: list[_Rule] = []
        for person in persons:
            self._add(person, pseudonyms[person.name])

    def _add(self, person: Person, pseudonym: str) -> None:
        for detail in person.details:
            words = _words(detail)
            named = [word for word in words if not word.isdigit()]
            # an address without its number still tells; a word alone may be any word
            for form in (words, named if len(named) > 1 else []):
                if form:
                    self._rules.append(
                        _Rule(re.compile(_START + _joined(form) + _END), DETAIL, anchor=max(form, key=len))
                    )
        names = sorted((_words(name) for name in (person.name, *person.also)), key=len, reverse=True)
        own = frozenset(word for words in names for word in words)
        for words in filter(None, names):
            anchor = max(words, key=len)
            self._rules.append(_Rule(_alone(_joined(words)), pseudonym, anchor=anchor))
            self._loose.append(_Rule(re.compile(_joined(words)), pseudonym, anchor=anchor))
        for words in names if person.parts else ():
            telling = _telling(words)
            for word in dict.fromkeys(telling):
                first, common = word != telling[-1], word in self._ordinary
                self._rules.append(_Rule(_alone(re.escape(word)), pseudonym, first, own, common, word))
                if len(word) > _SHORTEST and not first and not common:
                    self._loose.append(_Rule(re.compile(re.escape(word)), pseudonym, anchor=word))

    def text(self, text: str) -> Moved:
        """The text with every name and detail replaced, and the map of positions."""
        return _moved(text, self._found(text, self._rules))

    def string(self, value: str) -> str:
        """A short text (a title, a name, a reason) with the same replaced, also where it is written in escapes."""
        if (known := self._strings.get(value)) is None:
            known = self._strings[value] = self._string(value)
        return known

    def _string(self, value: str) -> str:
        once = self.text(value).text
        plain = html.unescape(unquote(once))
        return self.text(plain).text if plain != once and self._found(plain, self._rules) else once

    def identifier(self, value: str) -> str:
        """A file name, path or address: names and surnames are found within longer words, too."""
        if _HASH.fullmatch(value.removeprefix("sha256:")):
            return value
        plain = html.unescape(unquote(value))
        found = self._found(plain, [*self._rules, *self._loose])
        return _moved(plain, found).text if found else value

    def leaks(self, text: str) -> list[str]:
        """Names and details that still stand in a text, as they are written there; in hashes they are none."""
        text = _HASH.sub(" ", text)
        return [text[start:end] for (start, end), _ in self._found(text, self._rules)]

    def _found(self, text: str, rules: Sequence[_Rule]) -> list[tuple[Span, str]]:
        folded, starts = _folded(text)
        found: list[tuple[Span, str]] = []
        for rule in rules:
            if rule.anchor not in folded:
                continue
            for match in rule.pattern.finditer(folded):
                span = (starts[match.start()], starts[match.end()])
                if rule.holds(text, span):
                    found.append((span, rule.instead))
        found += [(match.span(), EMAIL) for match in _EMAIL.finditer(text)]
        found += [(match.span(), PHONE) for match in _PHONE.finditer(text)]
        return _apart(found)


def ordinary_words(persons: Iterable[Person], texts: Iterable[str]) -> frozenset[str]:
    """Parts of the persons' names that the texts write in small letters more often than with a capital."""
    parts = {word for person in persons for name in (person.name, *person.also) for word in _telling(_words(name))}
    small: Counter[str] = Counter()
    for text in texts:
        for match in _WORD.finditer(text):
            if (word := _fold(match[0])) in parts:
                small[word] += -1 if match[0][0].isupper() else 1
    return frozenset(word for word, count in small.items() if count > 0)


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) >= _SHORTEST and word not in PARTICLES]


def _words(name: str) -> list[str]:
    return _WORD.findall(_folded(name)[0])


def _joined(words: Sequence[str]) -> str:
    return _BETWEEN.join(re.escape(word) for word in words)


def _alone(pattern: str) -> re.Pattern[str]:
    return re.compile(_START + pattern + r"(?:e?s)?" + _END)


def _fold(text: str) -> str:
    return _folded(text)[0]


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without case, accents and invisible characters; the i-th character comes from `starts[i]` on."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(text):
        for plain in unicodedata.normalize("NFKD", char.casefold()):
            if not unicodedata.combining(plain) and unicodedata.category(plain) != "Cf":
                folded.append(plain)
                starts.append(at)
    starts.append(len(text))
    return "".join(folded), starts


def _apart(found: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Spans that do not meet, left to right: of those that do, the one that begins first and reaches furthest, grown.

    What overlaps is joined, so that no part of a name is left between two replacements.
    """
    kept: list[tuple[Span, str]] = []
    for (start, end), instead in sorted(found, key=lambda one: (one[0][0], -one[0][1])):
        if end <= start:
            continue
        if kept and start < kept[-1][0][1]:
            (first, last), before = kept[-1]
            kept[-1] = ((first, max(last, end)), before)
        else:
            kept.append(((start, end), instead))
    return kept


def _moved(text: str, found: Sequence[tuple[Span, str]]) -> Moved:
    parts: list[str] = []
    cuts: list[tuple[int, int, int, int]] = []
    done, length = 0, 0
    for (start, end), instead in found:
        parts += [text[done:start], instead]
        length += start - done
        cuts.append((start, end, length, length + len(instead)))
        length += len(instead)
        done = end
    parts.append(text[done:])
    return Moved("".join(parts), tuple(cuts))
