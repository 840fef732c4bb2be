"""Names and the common nouns for organs that they end in, or that the words beside them complete.

"Xian air force" stands for another air force or for nothing: what it names is also what it does. "Xtown Governor" is an
office that one person holds, and no body. And "Xian state" is
no name in "Xian state media": there "state media" is the phrase that names an organ, and exchanging "Xian state" would
tear it. The phrases are the profile's `[organs]`, the same for every party.
"""

from __future__ import annotations

from evenhand.model.name_key import name_words
from evenhand.model.parties import OrganWords

_LONGEST = 5  # words of a phrase, as membership reads them


class OrganPhrases:
    """The phrases of one profile that name organs of any party."""

    def __init__(self, words: OrganWords) -> None:
        self._phrases = {tuple(phrase.split()) for phrase, _ in words.organs}
        self._openings = {phrase[:1] for phrase in self._phrases if len(phrase) > 1}
        held = {name_words(title).strict for title in words.titles}
        self._own = held | {tuple(phrase.split()) for phrase, kind in words.organs if kind == "army"}

    def ending(self, name: str) -> tuple[str, ...]:
        """The longest phrase for armed forces, or office of one person, that a name ends in, as key words; else ()."""
        words = name_words(name).strict
        tails = (words[-size:] for size in range(min(_LONGEST, len(words)), 0, -1))
        return next((tail for tail in tails if tail in self._own), ())

    def begins(self, name: str) -> bool:
        """Whether the last word of a name begins a phrase and names no organ by itself: "Xian state" (media)."""
        words = name_words(name).strict
        return words[-1:] not in self._phrases and words[-1:] in self._openings
