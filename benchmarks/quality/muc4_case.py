"""MUC-4 reports as a newsroom would print them: case restored, lines joined, the broadcaster as the outlet.

The texts are in capitals. A word gets the case it has most often in other news (FA-KES, PolNeAR), a name the case of
the profile, an abbreviation in brackets stays in capitals and so does every first letter of the name that it
abbreviates. An unknown word is taken for a name unless it ends as an English verb or adjective does. Nothing of the
keys is used.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.quality.muc4 import SHARED, day_of
from evenhand.model.profile import Profile

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?:][\"'”)]*\s+|\n\s*|--\s*|\[TEXT\]\s*)[\"'“(]*$")
_SHORT = re.compile(r"(?<=[A-Z\"'] )\[([A-Z]{2,8}(?:-[A-Z]{2,5})?)\](?! \")")
_TAG = re.compile(
    r"\[(?:TEXT|REPORT|COMMUNIQUE|SPEECH|EDITORIAL REPORT|COMMENTARY|STATION COMMENTARY|ARTICLE|VIDEO REPORT)\]"
)
_OUTLET = re.compile(r"^[^\n]{0,40}?\(([A-Z][A-Z0-9 .-]{1,40})\)")
_ENDS = (
    "ing",
    "ed",
    "ly",
    "tion",
    "ions",
    "ment",
    "ness",
    "able",
    "ous",
    "ful",
    "ism",
    "ist",
    "ists",
    "ity",
    "ers",
    "ive",
)
_LONGEST = 8
_SMALL = frozenset(["of", "the", "and", "for", "de", "del", "la", "las", "los", "y", "el"])


@dataclass(frozen=True)
class Printed:
    """A report with its case restored; `published`: an ISO date, where its dateline has one."""

    id: str
    text: str
    outlet: str | None
    published: str | None


def printed(items: Iterable[dict], profile: Profile) -> Iterator[Printed]:
    """The reports of a part of MUC-4 in readable case."""
    rows = list(items)
    names = _names(profile)
    short = {found for row in rows for found in _SHORT.findall(row["text"])}
    for row in rows:
        text = row["text"]
        day, outlet = day_of(text), _OUTLET.match(text)
        yield Printed(
            id=row["id"],
            text=_restored(_joined(text), names, short),
            outlet=outlet[1].title() if outlet else None,
            published=day.isoformat() if day else None,
        )


def _joined(text: str) -> str:
    text = _TAG.sub("", re.sub(r"\n(?!\s*\n)", " ", text))
    return re.sub(r"[ \t]{2,}", " ", text)


def _restored(text: str, names: dict[tuple[str, ...], str], short: set[str]) -> str:
    usual = _usual()
    words = list(_WORD.finditer(text))
    plain = [_plain(word[0]) for word in words]
    kept = _abbreviated(text, words, short)
    out, at, n = [], 0, 0
    while n < len(words):
        word, own = words[n], words[n][0]
        out.append(text[at : word.start()])
        known = next((k for k in range(min(_LONGEST, len(words) - n), 0, -1) if tuple(plain[n : n + k]) in names), 0)
        if known > 1 or (known and usual.get(plain[n]) != plain[n]):
            name = names[tuple(plain[n : n + known])]
            end = words[n + known - 1].end()
            out.append(name.rstrip(".") if text[end : end + 1] == "." else name)
        elif own in short and (usual.get(plain[n]) is None or f"[{own}]" in text):
            out.append(own)
        elif n in kept:
            out.append(own.lower() if plain[n] in _SMALL else own.capitalize())
        else:
            begins = _SENTENCE.search(text[max(0, word.start() - 12) : word.start()]) is not None
            out.append(_cased(own, usual.get(plain[n]), begins=begins))
        n += max(1, known if known > 1 else 1)
        at = words[n - 1].end()
    out.append(text[at:])
    return "".join(out).replace("[", "(").replace("]", ")")


def _cased(word: str, usual: str | None, *, begins: bool) -> str:
    low = word.lower()
    stem = _usual().get(_plain(low.split("'")[0])) if "'" in low else None
    stem = stem or (_usual().get(_plain(low[:-1])) if low.endswith("s") else None)
    if usual is not None:
        found = usual.capitalize() if usual.isupper() and len(usual) > 2 else usual
    elif stem is not None:
        found = stem + low[len(stem) :]
    else:
        found = low if low.endswith(_ENDS) else word.capitalize()
    return found[:1].upper() + found[1:] if begins else found


def _abbreviated(text: str, words: list[re.Match[str]], short: set[str]) -> set[int]:
    """Which words are of a name that an abbreviation in brackets stands for, or stand in brackets behind one."""
    found: set[int] = set()
    for n, word in enumerate(words):
        if word[0] in short and text[word.start() - 1 : word.start()] == "[":
            letters, k = word[0].replace("-", ""), n - 1
            for letter in reversed(letters):
                while k >= 0 and _plain(words[k][0]) in _SMALL and not words[k][0].startswith(letter):
                    k -= 1
                if k < 0 or not words[k][0].startswith(letter) or word.start() - words[k].start() > 100:
                    break
                k -= 1
            else:
                found.update(range(k + 1, n))
    for bracket in re.finditer(r"\[([^\[\]]{5,80})\]", text):
        inside = [n for n, word in enumerate(words) if bracket.start() <= word.start() < bracket.end()]
        before = next((words[n][0] for n in range(inside[0] - 1, -1, -1)), "") if inside else ""
        if before in short and before[:1] == words[inside[0]][0][:1]:
            found.update(inside)
    return found


def _plain(word: str) -> str:
    found = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(c for c in found if not unicodedata.combining(c)).casefold()


def _names(profile: Profile) -> dict[tuple[str, ...], str]:
    """Names and adjectives of parties, organs, persons, organisations and outlets as the profile spells them."""
    found: dict[tuple[str, ...], str] = {}
    for party in profile.parties:
        told = [party.name, *party.names, *party.adjectives, *party.seats]
        told += [name for organ in party.organs for name in (organ.name, *organ.names)]
        told += [name for person in party.persons for name in (person.name, *person.names)]
        for name in told:
            found.setdefault(tuple(_plain(word) for word in _WORD.findall(name)), name)
    for body in (*profile.organisations, *profile.outlets):
        for name in (body.name, *body.names):
            found.setdefault(tuple(_plain(word) for word in _WORD.findall(name)), name)
    return {words: name for words, name in found.items() if words and (len(words) > 1 or len(words[0]) > 2)}


@cache
def _usual() -> dict[str, str]:
    """Each word in the case in which other news has it most often within a sentence."""
    counts: Counter[str] = Counter()
    csv.field_size_limit(10**7)
    with (SHARED / "data/fa-kes/articles.csv").open(encoding="utf-8", errors="replace") as file:
        texts = [row["article_content"] for row in csv.DictReader(file)]
    texts += [path.read_text("utf-8", errors="replace") for path in _polnear()]
    for text in texts:
        counts.update(
            word[0] for word in _WORD.finditer(text) if text[max(0, word.start() - 2) : word.start()][-2:-1].isalpha()
        )
    found: dict[str, str] = {}
    for word, _ in sorted(counts.items(), key=lambda row: (row[1], row[0])):
        found[_plain(word)] = word
    return found


def _polnear() -> list[Path]:
    return sorted((SHARED / "data/polnear").rglob("*.txt"))
