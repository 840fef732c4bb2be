"""Whether a number is a running total ("raising the toll to 86"), or by how much one rose or fell."""

from collections.abc import Sequence
from typing import Literal

from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.tokens import Token, word_at

_COUNTING_ON = word_set(
    "raising bringing bring brings brought raises raised rose rises risen reached totals totalling totaling stands "
    "stood climbed takes taking took total pushed pushes pushing lifted lifting"
)


def is_total(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a running total is told: "raising the toll to 86", "killed since March", "so far this month"."""
    before: set[str] = set()
    for token in reversed(tokens[max(0, first - 24) : first]):
        if token.kind == "stop":
            break
        before.add(token.word)
    just_after = {t.word for t in tokens[last : last + 4]}
    if before & _COUNTING_ON and (before | just_after) & w.TOLL_WORDS:
        return True
    after: set[str] = set()
    for token in tokens[last : last + 14]:
        if token.kind == "stop":
            break
        after.add(token.word)
    if "since" in after or _so_far_in_a_time(tokens, last):
        return True
    return "since" in before and bool({"killed", "have", "has"} & (before | after))


_WITHIN = word_set("this in since during over throughout across")


def _so_far_in_a_time(tokens: Sequence[Token], last: int) -> bool:
    """Reads "so far this year", not "14 dead have been counted so far", which one deed's dead may be."""
    for at in range(last, min(last + 13, len(tokens) - 1)):
        if tokens[at].kind == "stop":
            return False
        if tokens[at].word == "so" and tokens[at + 1].word == "far":
            return word_at(tokens, at + 2) in _WITHIN
    return False


_PASSED = ("by", "another", "$", "nearly", "about", "than", "a", "the", "as", "around")


def change_of(tokens: Sequence[Token], mention: QuantityMention, first: int, last: int) -> Literal["up", "down"] | None:
    """Whether the number says by how much something rose or fell: "up 57%", "fell by 3"."""
    if mention.kind in ("duration", "age"):
        return None
    if word_at(tokens, first - 1) == "+":
        return "up"
    by = "by" in (word_at(tokens, first - 1), word_at(tokens, first - 2))
    for place in range(first - 1, max(-1, first - (7 if by else 4)), -1):
        word = tokens[place].word
        if word in w.MOVES:
            gave_up = word == "up" and word_at(tokens, place - 1) in ("gave", "give", "to", "from")
            return None if gave_up else "up" if word in w.RAISED else "down"
        if word in ("to", "from", "at") or not (by or word in _PASSED):
            return None
    return None
