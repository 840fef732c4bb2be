"""What a report says of a speaker beside the name: whom he leads, who appointed her, what they lived through."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from evenhand.assessing.informants import words_of
from evenhand.model.evidence import Span
from evenhand.model.reading import Reading, Statement

_REACH = 120
_NEXT = 3
"""Words beside a name in which its owner's rank or trade stands."""
_QUIET = frozenset({"the", "a", "an", "of", "from", "by", "for", "in", "on", "this", "these", "latest", "its", "their"})
_OWN = frozenset({"its", "their", "our", "his", "her"})
_ALTERNATIVES = ("leads", "holds", "lived", "whose", "not_at", "there")
_SELF = r"(?:(?:himself|herself|themselves|also|still|just|already|slightly|badly|seriously|lightly) )?"
_OWNER = re.compile(r" (?:[^\W\d_]{2,15}ed )?(?:by|for|from) ")


@cache
def _words(list_name: str) -> tuple[str, ...]:
    rows = tomllib.loads((Path(__file__).parent / "described.toml").read_text("utf-8"))
    return tuple(sorted(rows[list_name], key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    either = {name: "|".join(map(re.escape, _words(name))) for name in _ALTERNATIVES}
    return {
        "leads": re.compile(rf",?[^.;:!?]{{0,30}}? who (?:{either['leads']}) (?P<whom>[^.;:,!?]{{3,60}})"),
        "holds": re.compile(rf"\b(?P<whom>[^\W\d_][\w’']{{1,30}})-(?:{either['holds']})\b"),
        "held by": re.compile(rf"\b(?:{either['holds']}) by (?P<whom>[^.;:,!?]{{3,40}})"),
        "lived": re.compile(
            rf",?[^.;:!?]{{0,60}}? (?:who (?:{either['lived']})\b"
            rf"|whose (?:[\w-]{{1,20}} ){{0,2}}(?:{either['whose']})\b"
            rf"|who (?:was|were|had been) {_SELF}(?!(?:{either['not_at']})\b)[a-z]{{3,}}ing\b"
            rf"|who (?:was|were) {_SELF}(?:{either['there']})\b"
            r"|(?:from|in) (?:his|her|their|a) (?:hospital )?(?:bed|stretcher)\b)"
        ),
        "aged": re.compile(r", (?:aged )?\d{1,2}\b(?! ?(?:km|miles|people|killed|dead|percent|per cent))"),
    }


def is_finding(words: str) -> bool:
    """Whether a source is what somebody found, or its own people: "crater analysis", "an inquiry", "its investigators".

    Words in capitals may name a body ("the X Inquiry"), which is one.
    """
    named = any(word[:1].isupper() for word in words.split()[1:])
    plain = [word for word in words_of(_OWNER.split(words, maxsplit=1)[0]) if word not in _QUIET]
    if not plain or named:
        return False
    return plain[-1] in _words("findings") or (words_of(words)[0] in _OWN and plain[-1] in _words("staff"))


def is_clause(words: str) -> bool:
    """Whether what was taken for a source has a verb of its own: "seven people were killed", not "one who was hit"."""
    told = words.split()
    verb = next((at for at, word in enumerate(told) if word in _words("auxiliaries")), None)
    return verb is not None and not {word.lower() for word in told[:verb]}.intersection(_words("relatives"))


def headed(statement: Statement, reading: Reading) -> Iterator[str]:
    """The bodies that a named speaker is said to lead: "N, the general who leads | the mission"."""
    for _, after in _beside(statement, reading):
        if (found := _patterns()["leads"].match(after)) is not None:
            yield found["whom"].strip()


def holders(statement: Statement, reading: Reading) -> Iterator[str]:
    """Whose a speaker's office is said to be: "the X-appointed commissioner, N", "N, appointed by the X"."""
    text = reading.report.text
    written = text[slice(*statement.source)] if statement.source is not None else ""
    for words in (written, *(part for pair in _beside(statement, reading) for part in pair)):
        for name in ("holds", "held by"):
            if (found := _patterns()[name].search(words)) is not None:
                yield found["whom"].strip()


def has_lived_it(statement: Statement, reading: Reading) -> str:
    """The words that describe a named speaker as one who was there, or as nobody in office: an age. Else empty."""
    return _behind_the_name("lived", statement, reading) or _behind_the_name("aged", statement, reading)


def was_there(statement: Statement, reading: Reading) -> str:
    """The words that describe a named speaker as one who was there: "who was repairing the line". Else empty.

    Who only lives or works in a place need not have been.
    """
    found = _behind_the_name("lived", statement, reading)
    return "" if words_of(found)[-1:] and words_of(found)[-1] in _both("settled") else found


def _behind_the_name(pattern: str, statement: Statement, reading: Reading) -> str:
    found = (_patterns()[pattern].match(after) for _, after in _beside(statement, reading))
    return next((one[0].strip(" ,") for one in found if one is not None), "")


def holds_a_post(description: str) -> bool:
    """Whether somebody is described by an office or a rank: "a spokesman", "chief executive", "an Xian colonel"."""
    return not _both("posts").isdisjoint(words_of(description))


def is_a_document(name: str) -> bool:
    """Whether a source without a name is something written or sent: "the communique", "a statement of the officers"."""
    return name.startswith("unnamed:") and not _both("documents").isdisjoint(words_of(name))


def bears_arms(statement: Statement, reading: Reading) -> bool:
    """Whether a speaker is described as a soldier, policeman or fighter: "contract soldier N", "N, a militiaman"."""
    text = reading.report.text
    written = text[slice(*statement.source)] if statement.source is not None else ""
    near = [(words_of(before)[-_NEXT:], words_of(after)[:_NEXT]) for before, after in _beside(statement, reading)]
    told = (words_of(written), *(words for pair in near for words in pair))
    return any(not _both("soldierly").isdisjoint(words) for words in told)


@cache
def _both(list_name: str) -> frozenset[str]:
    return frozenset(_words(list_name))


def _beside(statement: Statement, reading: Reading) -> Iterator[tuple[str, str]]:
    """What stands before and behind each place where the speaker is named, within the sentence and what is not said."""
    text = reading.report.text
    speaker = next((one for one in reading.entities if one.id == statement.speaker), None)
    spans = [mention.span for mention in speaker.mentions if mention.form == "name"] if speaker is not None else []
    if statement.source is not None:
        spans.append(statement.source)
    said = [span for one in reading.statements for span in one.content]
    for span in dict.fromkeys(spans):
        yield _before(text, span, said), _behind(text, span, said)


def _before(text: str, span: Span, said: list[Span]) -> str:
    since = max([end for _, end in said if end <= span[0]] + [span[0] - _REACH, 0])
    return re.split(r"[.!?\n]", text[since : span[0]])[-1]


def _behind(text: str, span: Span, said: list[Span]) -> str:
    until = min([start for start, _ in said if start >= span[1]] + [span[1] + _REACH])
    return re.split(r"[.!?\n]", text[span[1] : until])[0]
