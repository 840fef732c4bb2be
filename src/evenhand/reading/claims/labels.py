"""Loaded words in the neighbourhood of a claim: the word, a neutral term, and what it is said about.

The words come from the profile's table (`wording`), which treats every side alike; here they are only found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from evenhand.model.evidence import Span
from evenhand.model.profile import LoadedWord
from evenhand.model.reading import Entity, Label, Participant

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=8)
def _forms(wording: tuple[LoadedWord, ...]) -> dict[str, dict[str, LoadedWord]]:
    """The forms of all words by their first letters and figures, "" for those that begin with a sign."""
    by_form: dict[str, LoadedWord] = {}
    for word in wording:
        for form in (word.word, *word.forms):
            by_form.setdefault(form.lower(), word)
    by_first: dict[str, dict[str, LoadedWord]] = {}
    for form, word in by_form.items():
        first = _WORD.match(form)
        by_first.setdefault(first.group() if first else "", {})[form] = word
    return by_first


class Labeller:
    """Finds the loaded words of one text once, then gives each claim those in its trigger and participants."""

    def __init__(self, text: str, wording: Sequence[LoadedWord], entity_at: Callable[[Span], Entity | None]) -> None:
        low = text.lower()
        by_first = _forms(tuple(wording))
        by_form = {
            form: word
            for first in by_first.keys() & {*_WORD.findall(low), ""}
            for form, word in by_first[first].items()
            if form in low
        }
        self._found: list[tuple[Span, LoadedWord]] = []
        self._text, self._entity_at = text, entity_at
        if by_form:
            longest_first = sorted(by_form, key=lambda f: (-len(f), f))
            pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
            for match in pattern.finditer(text):
                word_found = by_form.get(match.group().lower())
                if word_found is not None:
                    self._found.append((match.span(), word_found))

    def of(self, trigger: Span, actor: Participant | None, target: Participant | None) -> tuple[Label, ...]:
        """The labels of a claim: words on events in the trigger, words on actors in the participants."""
        labels: list[Label] = []
        for span, word in self._found:
            if trigger[0] <= span[0] < trigger[1]:
                labels.append(self._label(span, word, None))
                continue
            for participant in (actor, target):
                held = participant.span if participant is not None else None
                if participant is not None and held is not None and held[0] <= span[0] < held[1]:
                    entity = self._entity_at(span)
                    about = entity.id if entity is not None else participant.entity
                    labels.append(self._label(span, word, about))
                    break
        return tuple(labels)

    def _label(self, span: Span, word: LoadedWord, about: str | None) -> Label:
        return Label(span=span, word=self._text[span[0] : span[1]], neutral=word.neutral, about=about)
