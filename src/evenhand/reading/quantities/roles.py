"""Who the numbers are: killed, injured, detained …; parts of a whole; running totals; rises and falls."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from evenhand.model.reading import QuantityRole
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.tokens import Token

Draft = tuple[QuantityMention, int, int]
REACH = 14
"""A word of harm is looked for so many tokens on either side of a number."""


def with_roles(text: str, tokens: Sequence[Token], drafts: Sequence[Draft]) -> tuple[QuantityMention, ...]:
    """The mentions with role, whole, running-total mark and direction, in the order given."""
    out: list[QuantityMention] = []
    taken: set[int] = set()
    for index, (mention, first, last) in enumerate(drafts):
        left = drafts[index - 1][2] if index else 0
        right = drafts[index + 1][1] if index + 1 < len(drafts) else len(tokens)
        role, cue = _role(tokens, mention, (first, last), (left, right), taken)
        part = _part_of(tokens, drafts, index, out)
        if part is not None and role == "people" and out[part].role in w.CUES.values():
            role, cue_span = out[part].role, out[part].cue
        else:
            cue_span = (tokens[cue].start, tokens[cue].end) if cue is not None else None
        out.append(
            replace(
                mention, role=role, cue=cue_span, part_of=part,
                cumulative=_is_total(tokens, first, last), change=_change(tokens, mention, first, last),
            )  # fmt: skip
        )
    return tuple(out)


def _head(mention: QuantityMention) -> str:
    return (mention.of or "").lower().split()[-1] if mention.of else ""


def _role(
    tokens: Sequence[Token], mention: QuantityMention, at: tuple[int, int], ends: tuple[int, int], taken: set[int]
) -> tuple[QuantityRole, int | None]:
    """The role and the token of the word it was read from."""
    if mention.kind == "percent":
        return "percent", None
    if mention.unit == "area":
        return "area", None
    if mention.kind != "count":
        return "other", None
    head = _head(mention)
    counted = [p for p in (mention.of or "").lower().replace("-", " ").split()]
    if any(word in w.WEAPONS for word in counted[-3:]) and head not in w.PERSONS:
        return "weapons", None
    if any(c.isdigit() for c in head):
        return "weapons", None
    person = not head or head in w.PERSONS or head in w.CUES
    said = next((word for word in counted if word in w.CUES and word not in w.PERSONS - {"dead", "injured", "wounded"}), None)
    if person and said is not None:
        inside = next(i for i in range(at[1], min(len(tokens), at[1] + 8)) if tokens[i].word == said or i == at[1] + 7)
        return w.CUES[said], inside if tokens[inside].word == said else None
    cue = _nearest_cue(tokens, at, ends, taken) if person else _passive_after(tokens, mention, at[1], ends[1])
    if cue is None:
        return ("people", None) if head in w.PERSONS else ("other", None)
    role = w.CUES[tokens[cue].word]
    joined = tokens[cue + 2].word if cue + 2 < len(tokens) and tokens[cue + 1].word in ("and", "or") else ""
    if w.CUES.get(joined, role) != role:
        return "people", cue
    return role, cue


def _passive_after(tokens: Sequence[Token], mention: QuantityMention, last: int, end: int) -> int | None:
    """"15 young Khoravians had been killed": the word of harm right after what is counted, whatever they are called."""
    stop = mention.of_span[1] if mention.of_span else 0
    after = next((i for i in range(last, min(len(tokens), last + 8)) if tokens[i].start >= stop), None)
    if after is None:
        return None
    passive = False
    for place in range(after, min(len(tokens), after + 4, end)):
        if tokens[place].word in w.CUES:
            return place if passive else None
        passive = passive or tokens[place].word in _PASSIVE
        if tokens[place].word not in _PASSIVE:
            return None
    return None


_PASSIVE = frozenset("was were been is are be had have has also got being reportedly".split())


def _nearest_cue(
    tokens: Sequence[Token], at: tuple[int, int], ends: tuple[int, int], taken: set[int]
) -> int | None:
    """The word of harm that says what befell them: the nearest, one already spent on a number before it last."""
    best: tuple[float, int] | None = None
    for place in range(at[1], min(len(tokens), at[1] + REACH)):
        token = tokens[place]
        if token.kind == "stop":
            break
        if token.word in w.CUES:
            if token.word in ("killing", "injuring", "wounding"):
                break  # its object follows: "four bombers … killing 15"
            best = (float(place - at[1]) + (4 if place >= ends[1] else 0), place)
            break
    for place in range(at[0] - 1, max(-1, at[0] - REACH), -1):
        token = tokens[place]
        if token.kind == "stop":
            break
        if token.word in w.CUES:
            passive = any(t.word in ("was", "were", "been", "is", "are") for t in tokens[max(0, place - 2) : place])
            cost = float(at[0] - 1 - place) + (5 if place in taken else 4 if passive else 0)
            if best is None or cost < best[0]:
                best = (cost, place)
            break
    if best is None:
        return None
    if best[1] >= at[1]:
        taken.add(best[1])
    return best[1]


def _part_of(tokens: Sequence[Token], drafts: Sequence[Draft], index: int, done: Sequence[QuantityMention]) -> int | None:
    """The whole of "including three children", "three of them", "five of the injured"."""
    mention, first, last = drafts[index]
    before = [t.word for t in tokens[max(0, first - 4) : first]]
    after = [t.word for t in tokens[last : last + 4]]
    opened = bool(before) and (before[-1] == "including" or before[-2:] in (["among", "them"], ["of", "them"], ["of", "whom"], ["among", "whom"], ["of", "which"]))
    told = after[:2] in (["of", "them"], ["of", "whom"], ["of", "which"], ["of", "those"]) or (
        after[:2] == ["of", "the"] and len(after) > 2 and after[2] in ("dead", "injured", "wounded", "victims", "killed", "casualties", "detainees", "hostages", "bodies")
    )
    chained = (
        bool(before) and before[-1] == "and" and index > 0 and done[index - 1].part_of is not None
        and drafts[index - 1][2] >= first - 5
    )  # fmt: skip
    if not (opened or told or chained):
        return None
    if chained and not (opened or told):
        return done[index - 1].part_of
    for back in range(index - 1, max(-1, index - 6), -1):
        whole, whole_first, _ = drafts[back]
        far = first - whole_first > (60 if told else 30)
        stop = any(t.kind == "stop" for t in tokens[whole_first:first])
        if far or (stop and not told):
            return None
        if done[back].part_of is None and whole.kind == "count" and not _smaller(whole, mention):
            return back
    return None


def _smaller(whole: QuantityMention, part: QuantityMention) -> bool:
    most = whole.high if whole.high is not None else None
    return most is not None and part.low is not None and part.low > most


def _is_total(tokens: Sequence[Token], first: int, last: int) -> bool:
    """"raising the toll to 86", "now totals", "since March", "so far this month"."""
    before = [t.word for t in tokens[max(0, first - 9) : first]]
    after = [t.word for t in tokens[last : last + 14]]
    if "stop" in [t.kind for t in tokens[last : last + 14]]:
        cut = next(i for i, t in enumerate(tokens[last : last + 14]) if t.kind == "stop")
        after = after[:cut]
    verbs = {"raising", "bringing", "bring", "brings", "brought", "raises", "raised", "rose", "rises", "risen", "reached",
             "totals", "totalling", "totaling", "stands", "stood", "climbed", "takes", "taking", "total"}  # fmt: skip
    if set(before) & w.TOLL_WORDS and set(before) & verbs:
        return True
    if "since" in after or ("far" in after and "so" in after):
        return True
    return "since" in before and any(word in ("killed", "have", "has") for word in (*before, *after))


def _change(
    tokens: Sequence[Token], mention: QuantityMention, first: int, last: int
) -> Literal["up", "down"] | None:
    """"up" or "down" when the number says by how much something changed."""
    if mention.kind in ("duration", "age"):
        return None
    before = [t.word for t in tokens[max(0, first - 6) : first]]
    if before[-1:] == ["+"]:
        return "up"
    passed = ("by", "another", "$", "nearly", "about", "than", "a", "the", "as", "around")
    reach = 6 if "by" in before[-2:] else 3
    for word in reversed(before[-reach:]):
        if word in ("to", "from", "at", "gave", "give") or (word not in passed and reach == 3 and word not in w.MOVES):
            break
        if word in w.RAISED:
            return "up"
        if word in w.LOWERED:
            return "down"
    return None
