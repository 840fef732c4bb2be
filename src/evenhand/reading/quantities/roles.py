"""Who the numbers are: killed, injured, detained …; parts of a whole; running totals; rises and falls."""

from collections.abc import Sequence

from msgspec.structs import replace

from evenhand.model.reading import QuantityRole
from evenhand.model.wordlist import word_set
from evenhand.reading.quantities import words as w
from evenhand.reading.quantities.harmed import PASSIVE, REACH, REACH_BACK, by_the_counted, joined_role
from evenhand.reading.quantities.mention import QuantityMention
from evenhand.reading.quantities.parts import aside_end, part_of
from evenhand.reading.quantities.running import change_of, is_total
from evenhand.reading.quantities.singles import Draft
from evenhand.reading.quantities.spared import verb_of_others
from evenhand.reading.quantities.tokens import Token, word_at


def with_roles(text: str, tokens: Sequence[Token], drafts: Sequence[Draft]) -> tuple[QuantityMention, ...]:
    """The mentions with role, whole, running-total mark and direction, in the order given."""
    out: list[QuantityMention] = []
    taken: set[int] = set()
    told: tuple[int, int] | None = None  # a number that is told apart in an aside, and the token after the aside
    for index, (mention, first, last) in enumerate(drafts):
        left = drafts[index - 1][2] if index else 0
        after = aside_end(tokens, drafts, index)
        right = next((d[1] for d in drafts[index + 1 : index + 9] if d[1] >= after), len(tokens))
        role, cue = _role(tokens, mention, (first, max(last, after)), (left, right), taken)
        if role in w.CUES.values() and verb_of_others(text, mention.span[0]) is not None:
            role, cue = "people", None
        inside = told is not None and first < told[1]
        part = told[0] if told is not None and inside else part_of(tokens, drafts, index, out)
        if after and not inside:
            told = index, after
        role, cue = _as_the_one_before(tokens, drafts, index, out, (role, cue))
        if part is not None and role == "people" and out[part].role in w.CUES.values():
            role, cue_span = out[part].role, out[part].cue
        else:
            cue_span = (tokens[cue].start, tokens[cue].end) if cue is not None else None
        out.append(
            replace(
                mention,
                role=role,
                cue=cue_span,
                part_of=part,
                cumulative=is_total(tokens, first, last),
                change=change_of(tokens, mention, first, last),
            )
        )
    return tuple(_as_the_next(text, mention, out[at + 1 : at + 2]) for at, mention in enumerate(out))


def _as_the_next(text: str, mention: QuantityMention, following: Sequence[QuantityMention]) -> QuantityMention:
    """The role of the number after, which shares its noun: "30 regime and 39 rebel fighters were killed"."""
    if mention.role != "other" or mention.kind != "count" or not following or mention.of_span is None:
        return mention
    (after,) = following
    counted = (after.of or "").lower().split()
    joined = text[mention.of_span[1] : after.span[0]].split() == ["and"] and " " not in (mention.of or "")
    if not joined or len(counted) < 2 or counted[-1] not in w.PERSONS or after.role not in ("killed", "injured"):
        return mention
    return replace(mention, role=after.role, cue=after.cue)


def _as_the_one_before(
    tokens: Sequence[Token],
    drafts: Sequence[Draft],
    index: int,
    done: Sequence[QuantityMention],
    found: tuple[QuantityRole, int | None],
) -> tuple[QuantityRole, int | None]:
    """The role of the number before, for those called by a name alone: "killed 30 civilians and 69 Taliban"."""
    mention, first, _ = drafts[index]
    if found[0] != "other" or mention.kind != "count" or not index or not (mention.of or "")[:1].isupper():
        return found
    before = done[index - 1]
    end = before.of_span[1] if before.of_span else before.span[1]
    joined = word_at(tokens, first - 1) == "and" and first > 1 and tokens[first - 2].end == end
    if not joined or before.role not in ("killed", "injured", "detained") or before.cue is None:
        return found
    near = range(max(0, first - REACH_BACK), min(len(tokens), first + REACH))
    cue = next((i for i in near if tokens[i].start == before.cue[0]), None)
    return (before.role, cue) if cue is not None else found


def _role(
    tokens: Sequence[Token], mention: QuantityMention, at: tuple[int, int], ends: tuple[int, int], taken: set[int]
) -> tuple[QuantityRole, int | None]:
    """The role and the token of the word it was read from."""
    if mention.kind != "count" or mention.unit == "area":
        return "percent" if mention.kind == "percent" else "area" if mention.unit == "area" else "other", None
    counted = (mention.of or "").lower().replace("-", " ").split()
    head = counted[-1] if counted else ""
    if head not in w.PERSONS and (any(word in w.WEAPONS for word in counted[-3:]) or any(c.isdigit() for c in head)):
        return "weapons", None
    found = by_the_counted(tokens, mention, at, counted)
    if found is not None:
        return found
    people = head in w.PERSONS or _named_after_a_land(mention)
    person = not head or people or head in w.CUES
    said = next((word for word in counted if word in w.CUES and word not in _ALSO_PERSONS), None)
    if said in ("wounded", "injured", "displaced", "homeless", "detained", "captured"):
        died = _passive_after(tokens, mention, at[1], ends[1])
        if died is not None and (tokens[died].word in _DYING or w.CUES[tokens[died].word] == "killed"):
            return "killed", died
    done = _done_to_them(tokens, at[0]) if _HURT_BEFORE.intersection(counted[:-1]) else None
    if done is not None:
        return w.CUES[tokens[done].word], done
    if person and said is not None:
        inside = range(at[1], min(len(tokens), at[1] + 8))
        return w.CUES[said], next((i for i in inside if tokens[i].word == said), None)
    beside = word_at(tokens, at[1]) in _STATES and word_at(tokens, at[0] - 1) not in _DONE_TO_PERSONS
    if not head and beside:  # "six martyrs 22 injured", where a comma was lost
        cue: int | None = at[1]
        taken.add(at[1])
    elif person:
        cue = _suffered(tokens, mention, at[1], ends[1]) or _nearest_cue(
            tokens, (at[0], _past_head(tokens, mention, head, at[1])), ends, taken
        )
    elif head in w.NOT_PERSONS:
        cue = None
    else:
        cue = (
            at[0] - 1
            if word_at(tokens, at[0] - 1) in _DONE_TO_PERSONS
            else _passive_after(tokens, mention, at[1], ends[1])
        )
    if cue is None:
        return w.CUES.get(head, "people" if people else "other"), None
    return joined_role(tokens, cue), cue


def _done_to_them(tokens: Sequence[Token], first: int) -> int | None:
    """The word of harm right before: "killing 15 displaced people", "put the dead at 18 displaced people"."""
    if word_at(tokens, first - 1) in _DONE_TO_PERSONS:
        return first - 1
    return first - 2 if word_at(tokens, first - 1) == "at" and word_at(tokens, first - 2) in _TOLLS else None


def _named_after_a_land(mention: QuantityMention) -> bool:
    """Whether people are counted by where they are from, told by the form alone: a capital and -ans, -is, -ese."""
    head = (mention.of or "").rsplit(" ", 1)[-1]
    return len(head) > 4 and head[0].isupper() and head.endswith(("ans", "is", "ese"))


_ALSO_PERSONS = w.PERSONS - {"dead", "injured", "wounded"}
"""Persons whose name is a word of harm too ("prisoners", "victims"): the word alone does not say what befell them."""


def _past_head(tokens: Sequence[Token], mention: QuantityMention, head: str, last: int) -> int:
    """Where to look for what befell "12 hostages": past the noun, which is a word of harm itself."""
    if head not in _ALSO_PERSONS or head not in w.CUES:
        return last
    return next((i + 1 for i in range(last, min(len(tokens), last + 8)) if tokens[i].word == head), last)


_STATES = word_set("dead killed wounded injured martyred missing")
_HURT_BEFORE = word_set("displaced wounded injured")
_TOLLS = word_set("dead killed toll deaths fatalities")


_DONE_TO_PERSONS = word_set(
    "killed killing kill kills injured injuring wounded wounding arrested arresting detained detaining abducted "
    "abducting kidnapped kidnapping executed executing beheaded murdered murdering assassinated"
)
"""Their object is persons, whatever they are called."""


def _passive_after(tokens: Sequence[Token], mention: QuantityMention, last: int, end: int) -> int | None:
    """The word of harm right after what is counted, whatever they are called: "15 villagers' sons had been killed"."""
    stop = mention.of_span[1] if mention.of_span else 0
    after = next((i for i in range(last, min(len(tokens), last + 8)) if tokens[i].start >= stop), None)
    if after is None:
        return None
    after = _past_aside(tokens, after)
    for place in range(after, min(len(tokens), after + 4, max(end, after + 4))):
        if tokens[place].word in w.CUES:
            return place if place > after or tokens[place].word in _DYING else None
        if tokens[place].word not in PASSIVE:
            return None
    return None


def _suffered(tokens: Sequence[Token], mention: QuantityMention, last: int, end: int) -> int | None:
    """The word of harm after an auxiliary right behind persons: "of those killed, at least 160 people were injured"."""
    place = _passive_after(tokens, mention, last, end)
    return place if place is not None and tokens[place].word not in _DYING else None


_OPENS_ASIDE = word_set("among including many most some mostly mainly all both several")
_ASIDE = 14


def _past_aside(tokens: Sequence[Token], at: int) -> int:
    """The token behind "seven people, among them women and children, …" where the verb follows; else `at`."""
    if word_at(tokens, at) != "," or word_at(tokens, at + 1) not in _OPENS_ASIDE:
        return at
    for place in range(at + 2, min(len(tokens), at + _ASIDE)):
        if tokens[place].kind == "stop":
            return at
        if tokens[place].word == ",":
            return place + 1 if word_at(tokens, place + 1) in PASSIVE else at
    return at


_DYING = word_set("died dies die perished drowned")
"""What befell their subject without an auxiliary: "five sentries died"."""


def _nearest_cue(tokens: Sequence[Token], at: tuple[int, int], ends: tuple[int, int], taken: set[int]) -> int | None:
    """The word of harm that says what befell them: the nearest, one already spent on a number before it last."""
    costs = [*_cue_after(tokens, at[1], ends[1]), *_cue_before(tokens, at[0], taken)]
    if not costs:
        return None
    place = min(costs)[1]
    if place >= at[1]:
        taken.add(place)
    return place


_ONE_NOUN = 4
"""So many tokens at most stand between two numbers that are joined: "rebel fighters and"."""


def _cue_after(tokens: Sequence[Token], last: int, next_number: int) -> list[tuple[float, int]]:
    joined = next_number - last <= _ONE_NOUN and word_at(tokens, next_number - 1) == "and"  # "22 rebels and 33 … were"
    for place in range(last, min(len(tokens), last + REACH)):
        if tokens[place].kind == "stop" or tokens[place].word in ("killing", "injuring", "wounding"):
            break  # the object of these follows: "four bombers … killing 15"
        if tokens[place].word in w.CUES:
            return [(place - last + (10.0 if place >= next_number and not joined else 0.0), place)]
    return []


def _cue_before(tokens: Sequence[Token], first: int, taken: set[int]) -> list[tuple[float, int]]:
    for place in range(first - 1, max(-1, first - REACH_BACK), -1):
        if tokens[place].kind == "stop" or tokens[place].word == "where":
            break  # "were wounded in the camp where 3,000 had sought refuge"
        if tokens[place].word in _HURT_BEFORE and word_at(tokens, place + 1) in w.PERSONS:
            continue  # who the others are: "18 displaced people and 6 attackers"
        if tokens[place].word in w.CUES:
            passive = any(t.word in ("was", "were", "been", "is", "are") for t in tokens[max(0, place - 2) : place])
            return [(first - 1 - place + (5.0 if place in taken else 4.0 if passive else 0.0), place)]
    return []
