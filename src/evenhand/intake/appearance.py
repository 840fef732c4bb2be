"""Characters that make a text look other than it is: found and said, never taken out."""

from __future__ import annotations

import re
import unicodedata

from evenhand.model.report import Notice

# Unicode's explicit directional formatting characters (UAX 9), which reorder what is shown.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Tags and variation selectors in rows carry whole messages that nobody sees; blanks of no width split words.
_UNSEEN = re.compile("[\U000e0000-\U000e01ef]|[\ufe00-\ufe0f]{2,}|[\u200b\u2060-\u2064\ufeff\u00ad\u180e]")
_NULS = re.compile("[\0-\x08\x0e-\x1f\x7f]")
_OTHER_LETTERS = re.compile("[\u0370-\u052f\u2100-\u214f\U0001d400-\U0001d7ff]")
_WORD = re.compile(r"[^\W\d_]{2,60}")


_LOOKED_AT = 700_000  # a little more than the reader reads of one report


def notices_of(text: str) -> tuple[Notice, ...]:
    """What a person must know of the text's characters; `span` is the first of them. Linear time."""
    found: list[Notice] = []
    text = text[:_LOOKED_AT]
    if text.isascii() and _NULS.search(text) is None:
        return ()
    for pattern, what in (
        (_BIDI, "characters that change the order in which the text is shown"),
        (_UNSEEN, "characters that nobody sees"),
        (_NULS, "control characters"),
    ):
        if first := pattern.search(text):
            count = sum(1 for _ in pattern.finditer(text))
            name = unicodedata.name(first.group()[0], f"U+{ord(first.group()[0]):04X}")
            found.append(Notice(kind="controls", what=f"{count} {what}, the first is {name}", span=first.span()))
    if mixed := _mixed(text):
        count, first_word, span = mixed
        what = (
            f"{count} words mix letters of several scripts, which can pass for other words; the first: {first_word!r}"
        )
        found.append(Notice(kind="lookalikes", what=what, span=span))
    return tuple(found)


def _mixed(text: str) -> tuple[int, str, tuple[int, int]] | None:
    """Words of Latin and of Greek, Cyrillic or mathematical letters: how many, and the first."""
    if _OTHER_LETTERS.search(text) is None:
        return None
    count, first = 0, None
    for match in _WORD.finditer(text):
        word = match.group()
        if _OTHER_LETTERS.search(word) and any("a" <= char <= "z" or "A" <= char <= "Z" for char in word):
            count += 1
            first = first or match
    return (count, first.group(), first.span()) if first else None
