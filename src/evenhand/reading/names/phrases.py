"""What the words of a source say: who is named, by what role, for which body.

Works on the noun phrase alone: head noun, determiner, capitalised runs, apposition, prepositions. The network's
names, where they fall into the phrase, decide what is a name; capital letters are the fall-back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from evenhand.model.evidence import Span
from evenhand.reading.names import lexicon as words
from evenhand.reading.names.heads import head_index, modifiers, no_possessive, org_of, person_name
from evenhand.reading.names.lexicon import lexicon
from evenhand.reading.names.tokens import Named, Range, Token, runs_of, tokens, with_based

HeadClass = Literal["person", "body", "document", "name", "pronoun", "other"]
Determiner = Literal["definite", "indefinite", "bare"]

_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_ACRONYM = re.compile(r"[A-Z][A-Za-z.&-]{1,11}\Z")
_SHORTENED = re.compile(r"['’](?:ll|re|ve|d|m|s)\Z")
_LONGEST = 400


class Phrase(msgspec.Struct, frozen=True):
    """A source understood. `name`: the speaker's own name; `org`: the body named in or for the phrase."""

    span: Span
    head_class: HeadClass
    head: str | None = None
    determiner: Determiner = "bare"
    name: Span | None = None
    name_kind: str | None = None
    org: Span | None = None
    role: Span | None = None
    plural: bool = False
    gender: str | None = None
    pronoun: str | None = None
    aliases: tuple[str, ...] = ()
    modifiers: frozenset[str] = frozenset()
    fresh: bool = False
    owned: bool = False
    sort: str | None = None


def parts(text: str, span: Span, names: Sequence[Named]) -> list[Span]:
    """A joint source cut into its speakers ("the ministry and a monitoring group"); usually one span."""
    toks = tokens(text, (span[0], min(span[1], span[0] + _LONGEST)))
    cuts = []
    for i, t in enumerate(toks[1:-1], 1):
        if t.low not in ("and", "&") or any(n.span[0] <= t.start < n.span[1] for n in names):
            continue
        left, right = toks[:i], toks[i + 1 :]
        if right[0].low == "both" and len(right) > 1:
            right = right[1:]
        complete = (
            right[0].low in words.DETERMINERS
            or (_is_person_like(right) and _is_person_like(left))
            or (_named(right, names) and _named(left, names))
        )
        if complete and _stands_alone(left) and _stands_alone(right):
            cuts.append(i)
    if not cuts:
        return [span]
    spans, begin = [], 0
    for cut in [*cuts, len(toks)]:
        piece = toks[begin:cut]
        if piece:
            end = span[1] if cut == len(toks) else piece[-1].end
            spans.append((piece[0].start, end))
        begin = cut + 1
    return spans


def _stands_alone(toks: list[Token]) -> bool:
    return any(t.cap or t.low in lexicon().body or lexicon().is_person(t.low) for t in toks)


def _is_person_like(toks: list[Token]) -> bool:
    caps = [t for t in toks if t.cap]
    if caps and caps[-1].low in lexicon().body_name:
        return False
    return len(caps) >= 2 and any(t.low in lexicon().title or lexicon().is_person(t.low) for t in toks)


def _named(toks: list[Token], names: Sequence[Named]) -> bool:
    first = toks[1] if len(toks) > 1 and toks[0].low in words.DEFINITE else toks[0]
    return any(n.span[0] <= first.start and toks[-1].end <= n.span[1] for n in names)


def understand(text: str, span: Span, names: Sequence[Named], listed: Collection[Span] = ()) -> Phrase:
    """What one source says of its speaker; `names` are the names that overlap it. Never raises.

    `listed`: those of `names` that the profile lists as a body's.
    """
    span = (span[0], min(span[1], span[0] + _LONGEST))
    aliases = tuple(
        b.group()[1:-1].strip() for b in _BRACKETS.finditer(text, *span) if _ACRONYM.match(b.group()[1:-1].strip())
    )
    bracketed = [b.span() for b in _BRACKETS.finditer(text, *span)]
    toks = with_based([t for t in tokens(text, span) if not any(s <= t.start < e for s, e in bracketed)])
    if not toks:
        return Phrase(span, "other", aliases=aliases)
    pronoun = _pronoun(toks)
    if pronoun:
        return pronoun
    body = next((n.span for n in names if n.span in listed and span[0] <= n.span[0] < span[1]), None)
    phrase = _of_body(span, toks, body) if body is not None else None
    phrase = phrase or _of_noun_phrase(text, span, toks, names)
    return replace(phrase, aliases=aliases)


def _pronoun(toks: list[Token]) -> Phrase | None:
    if toks[0].cap and len(toks[0].text) > 1 and toks[0].text.isupper():
        return None  # "US said": an abbreviation; "YOU HAVE HEARD US SAY" has no capitals that mean any
    low = _SHORTENED.sub("", toks[0].low)
    span = (toks[0].start, toks[-1].end)
    if len(toks) > 1 and not (toks[0].possessive and toks[0].text.lower() in ("it's", "it’s")):
        if len(toks) == 2 and low in words.SPEAKER | words.THEY and toks[1].low in ("all", "both", "themselves"):
            pass
        elif low in words.HE | words.SHE | words.IT | words.THEY and len(toks) > 1 and low in (
            "his", "her", "its", "their") and lexicon().document.intersection(t.low for t in toks[1:]):  # fmt: skip
            pass  # "its report": the maker speaks
        else:
            return None
    for group, gender, plural in ((words.HE, "m", False), (words.SHE, "f", False), (words.IT, None, False),
                                  (words.THEY, None, True), (words.SPEAKER, None, False),
                                  (words.RELATIVE, None, False), (words.OTHER_PRONOUNS, None, True)):  # fmt: skip
        if low in group:
            return Phrase(span, "pronoun", pronoun=low, gender=gender, plural=plural)
    return None


def roles_beside(text: str, name: Span) -> list[str]:
    """Nouns of role right before a name ("ministry spokeswoman, X") or in apposition behind it ("X, a doctor")."""
    out: list[str] = []
    before = tokens(text, (max(0, name[0] - 40), name[0]))
    while before and before[-1].text == ",":
        before.pop()
    while before and lexicon().is_person(before[-1].low):
        out.append(before.pop().low)
    after = tokens(text, (name[1], min(len(text), name[1] + 60)))
    if len(after) > 2 and after[0].text == "," and after[1].low in words.DETERMINERS:
        for token in after[2:]:
            if not token.text[0].isalnum() or token.low in words.PREPOSITIONS:
                break
            if lexicon().is_person(token.low):
                out.append(token.low)
    return out


def noun_before(text: str, at: int) -> Span | None:
    """The noun phrase that ends right before a position, from its last determiner on; None: none near."""
    before = tokens(text, (max(0, at - 80), at))
    while before and before[-1].text == ",":
        before.pop()
    for token in reversed(before):
        if not token.text[0].isalnum():
            return None
        if token.low in words.DETERMINERS:
            return (token.start, before[-1].end) if token is not before[-1] else None
    return None


# -- noun phrases -------------------------------------------------------------------------------------------


def _of_noun_phrase(text: str, span: Span, toks: list[Token], names: Sequence[Named]) -> Phrase:
    first = toks[0]
    determiner: Determiner = (
        "definite" if first.low in words.DEFINITE or first.possessive
        else "indefinite" if first.low in words.INDEFINITE or first.low.isdigit() else "bare"
    )  # fmt: skip
    begins = span[0] == 0 or text[max(0, span[0] - 8) : span[0]].rstrip()[-1:] in ("", ".", "!", "?", '"', "”", ":")
    runs = _with_acronyms(text, runs_of(toks, names, begins=begins), toks)
    fresh = first.low in ("another", "other", "others")
    person = person_name(toks, runs, names)
    head_at = head_index(toks, runs)
    head = toks[head_at].low if head_at is not None else None
    sort = next((lexicon().described[t.low] for t in toks if t.low in lexicon().described), None)
    owned = first.possessive or first.low in ("his", "her", "its", "their", "my", "our", "your")
    common = Phrase(
        span, "other", determiner=determiner, fresh=fresh, owned=owned, modifiers=modifiers(toks, runs), sort=sort
    )
    if person is not None:
        return _person_phrase(toks, runs, person, common)
    if head_at is None or head is None:
        return common
    run = next((r for r in runs if r[0] <= head_at < r[1]), None)
    if run is not None and not _common_noun(toks, head_at, run):
        return _named_phrase(toks, run, names, common)
    return _nominal(toks, runs, head_at, common)


def _of_body(span: Span, toks: list[Token], body: Span) -> Phrase | None:
    """A body by its listed name, at most described beside it ("the charity X"); None where a person speaks."""
    beside = [t for t in toks if not body[0] <= t.start < body[1]]
    if [t.low for t in beside[:3]] == ["the", "members", "of"]:
        beside = beside[3:]  # "the members of the Security Council" are the council
    if any(t.possessive or (t.cap and t is not toks[0]) or lexicon().is_person(t.low) for t in beside):
        return None
    head = next((t.low for t in reversed(beside) if t.low in lexicon().body), None)
    return Phrase(span, "name", head=head, name=body, name_kind="organisation", determiner="definite")


def _with_acronyms(text: str, runs: list[Range], toks: list[Token]) -> list[Range]:
    """As in "Aid to the Church in Need (ACN)": capitals that spell the acronym behind them are one name."""
    for i, t in enumerate(toks):
        behind = _BRACKETS.match(text, t.end + 1)
        letters = behind.group()[1:-1].strip().rstrip("s") if behind else ""
        if not _ACRONYM.match(letters) or not letters.isupper():
            continue
        at, k = i, len(letters) - 1
        while at >= 0 and k >= 0 and toks[at].text[0].isalnum():
            if toks[at].text[0] == letters[k]:
                k -= 1
                if k < 0:
                    break
            elif toks[at].cap:
                break
            at -= 1
        if k < 0:
            kept = [r for r in runs if r[1] <= at or r[0] > i]
            return sorted([*kept, (at, i + 1)])
    return runs


def _person_phrase(toks: list[Token], runs: list[Range], person: Range, common: Phrase) -> Phrase:
    lex = lexicon()
    begin, end = person
    gender = None
    heads = [i for i, t in enumerate(toks) if not begin <= i < end and lex.is_person(t.low)]
    for i in heads:
        gender = gender or lex.gender(toks[i].low)
    offices = [i for i in heads if toks[i].low not in lex.title] or heads  # "Colonel X, a spokesman": spokesman
    role_at = max((i for i in offices if i < begin), default=offices[0] if offices else None)
    others = [(r[0], min(r[1], begin)) if r[0] < begin < r[1] else r for r in runs if not begin <= r[0] < end]
    org = org_of(toks, others, person, role_at)
    role = None
    if role_at is not None:
        start = role_at
        while start > 0 and toks[start - 1].low in lex.title and not begin <= start - 1 < end:
            start -= 1
        role = (toks[start].start, toks[role_at].end)
    return replace(
        common, head_class="name", head=toks[role_at].low if role_at is not None else None, org=org, role=role,
        name=(toks[begin].start, no_possessive(toks[end - 1])), name_kind="person", gender=gender,
    )  # fmt: skip


def _named_phrase(toks: list[Token], run: Range, names: Sequence[Named], common: Phrase) -> Phrase:
    begin, end = run
    name = (toks[begin].start, no_possessive(toks[end - 1]))
    kind = next((n.kind for n in names if n.span[0] <= name[0] and name[1] <= n.span[1] + 2), None)
    kind = kind or next((n.kind for n in names if n.span[0] < name[1] and name[0] < n.span[1]), None)
    if kind is None or kind in ("quantity", "time"):
        bodily = any(t.low in lexicon().body_name for t in toks[begin:end])
        kind = "organisation" if bodily or common.determiner == "definite" else None
    head = next((t.low for t in reversed(toks[:begin]) if t.low in lexicon().body or lexicon().is_person(t.low)), None)
    tail = toks[end:]
    if tail and tail[-1].low in lexicon().body and not any(t.low in words.PREPOSITIONS for t in tail):
        head = tail[-1].low
    return replace(common, head_class="name", head=head or toks[end - 1].low, name=name, name_kind=kind)


def _nominal(toks: list[Token], runs: list[Range], head_at: int, common: Phrase) -> Phrase:
    lex = lexicon()
    head = toks[head_at].low
    before = [r for r in runs if r[1] <= head_at]
    if head in lex.document and head not in lex.body:
        org = org_of(toks, runs, None, head_at)
        return replace(common, head_class="document", head=head, org=org, plural=words.plural(head))
    if lex.is_person(head) and not (head in lex.body and before):
        org = org_of(toks, runs, None, head_at)
        return replace(
            common,
            head_class="person",
            head=head,
            org=org,
            role=(toks[head_at].start, toks[head_at].end),
            plural=words.plural(head),
            gender=lex.gender(head),
        )
    theirs = bool(before) and toks[before[-1][1] - 1].possessive and head not in lex.body  # "the town's coach"
    if before and not theirs and _adjacent_noun(toks, before[-1], head_at):
        begin, end = before[-1]
        generic = any(t.low in lex.body_name for t in toks[begin:end]) and end - begin > 1
        generic = generic or head not in lex.body
        stop = end if generic else head_at + 1
        name = (toks[begin].start, toks[stop - 1].end)
        return replace(common, head_class="name", head=head, name=name, name_kind="organisation")
    behind = next((r for r in runs if r[0] > head_at), None)
    if behind is not None and head in lex.body and _apposed(toks, head_at, behind[0]):
        name = (toks[behind[0]].start, no_possessive(toks[behind[1] - 1]))
        return replace(common, head_class="name", head=head, name=name, name_kind="organisation")
    of = org_of(toks, runs, None, head_at)
    cls: HeadClass = "body" if head in lex.body else "person" if lex.is_person(head) else "other"
    return replace(common, head_class=cls, head=head, org=of, plural=words.plural(head))


def _apposed(toks: list[Token], head_at: int, begin: int) -> bool:
    """As in "another monitoring group, the X Committees": only a comma or an article before the name."""
    return begin > head_at + 1 and all(t.text == "," or t.low == "the" for t in toks[head_at + 1 : begin])


def _adjacent_noun(toks: list[Token], run: Range, head_at: int) -> bool:
    """Only nouns and adjectives, no preposition or comma, stand between a run and its head noun."""
    return all(t.text[0].isalnum() and t.low not in words.PREPOSITIONS for t in toks[run[1] : head_at])


def _common_noun(toks: list[Token], at: int, run: Range) -> bool:
    """A capitalised word that only begins the sentence: "Activists say", "Members of the council"."""
    low = toks[at].low
    lex = lexicon()
    known = lex.is_person(low) or low in lex.document or (low in lex.body and run[1] - run[0] == 1)
    return known and at == run[1] - 1
