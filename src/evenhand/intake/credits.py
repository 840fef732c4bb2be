"""Credits of wires in a report's first and last lines, in the forms they are printed, with their exact words.

    (AFP)   [X]   - REUTERS   --X   /TASS/   Source: Agencies   (With inputs from AP)   X contributed to this report
    Copyright AFP   © 2016 AFP   By X   Reporting by …; Editing by …   a line that is only the name
    From X, in Grozny   X in Goma   (lines of their own)

Names inside a sentence, and photographers' credits ("(AFP Photo)"), are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads

from evenhand.intake.agencies import UNNAMED, Named, all_named, anywhere, leading
from evenhand.intake.date_lines import DateLine, after_title, agency_before
from evenhand.intake.datelines import FoundDateline
from evenhand.intake.printed_dates import printed_days
from evenhand.intake.settings import Outlets
from evenhand.model.report import Credit

_HEAD, _TAIL, _LONG_TAIL = 500, 700, 2500
_ENDS = r"(?:[.!?…][\"”’»)]?|[\"”’»)]|\n|\A)[ \t]{0,3}"
_BRACKET = re.compile(r"[(\[](?P<names>[^()\[\]\n]{2,80})[)\]]")
_LEAD = re.compile(
    r"\s{0,3}(?:with|by|via|from|source[s]?|credit|additional|input[s]?|reporting|reports?|material|files?|:|\s)"
    r"(?:[ :]{1,3}(?:by|from|with|input[s]?|reporting|reports?|files?|material|additional)){0,3}[ :]{1,3}",
    re.I,
)
_DASHED = re.compile(
    r"(?:(?<=[\s.!?\"”’])[-–—]{1,3}|[-–—]{2,3})[ \t]{0,2}(?P<names>[^\n–—]{2,60}?)[ \t.]{0,3}(?=\n|\Z)"
)
_SLASHED = re.compile(r"(?<![\w/])/(?P<names>[^/\n]{2,40})/(?=[\s.]|\Z)")
_LABELLED = re.compile(_ENDS + r"(?:Sources?|SOURCES?|Via|Credits?)(?:[ \t]{0,2}:[ \t]{0,3}|[ \t]{1,2})(?=\S)")
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting |additional reporting )?to this (?:report|story|article)\b")
_REPORTING = re.compile(
    r"(?:(?<=\n)|(?<=[.!?”\")]\s))(?:With|Based on)[ ](?:additional[ ])?"
    r"(?:reporting|reports?|materials?|inputs?|files|information)[ ](?:by|from)[ ](?P<names>[^\n.]{2,100})"
)
_OPENING = re.compile(r"\s{0,9}(?P<names>[^\s–—:-][^\n–—:-]{1,40}?)[ \t]{0,2}(?:[–—]|--?[ \t])")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|Copyright|COPYRIGHT)(?:[ \t]{0,2}(?:©|\([cC]\)|(?:19|20)\d\d|[-–,]|by|The|the)){0,5}[ \t]{0,2}"
)
_SIGNED = re.compile(r"\b(?:Reporting|Writing|reporting|writing) by\b")
_EDITED = re.compile(r"\b[Ee]diting by\b")
_BLANK = re.compile(r"\s")
_LINE = re.compile(r"[^\n]{1,120}")
_BYLINE = re.compile(r"\s{0,3}(?:By|BY)[ \t]{1,3}")
_PLACED = re.compile(  # "From AFP, in Grozny", "Agence France-Presse in Goma", "Reuters, Geneva"
    r"\s{0,3}(?:(?:From|FROM)[ ]{1,2})?(?P<names>[^\n,]{2,50}?)(?:,?[ ]{1,2}(?:in|at|IN)[ ]|,[ ])[ ]{0,2}"
    r"[A-Z][\w'’.-]{0,30}(?:(?:,[ ]|[ ]and[ ]|[ ])[A-Z][\w'’.-]{0,30}){0,5}\s{0,3}"
)


def find_credits(
    text: str,
    dateline: FoundDateline | None,
    date_line: DateLine | None,
    title: str | None,
    outlet: str | None,
    outlets: Outlets,
) -> tuple[Credit, ...]:
    """The wires the report says it carries, by position, each once; never the outlet itself.

    A report that names only "agencies" has the agency `agencies`.
    """
    found: list[Named] = [dateline.agency] if dateline and dateline.agency else []
    if date_line and (before := agency_before(text, date_line.day, outlets)):
        found += _wires((before,))
    found += _in_head(text, title, outlets)
    found += _in_tail(text, outlets)
    first: dict[str, Named] = {}
    for named in sorted(found, key=lambda named: named.span):
        if named.agency != outlet:
            first.setdefault(named.agency, named)
    return tuple(Credit(agency=named.agency, span=named.span) for named in first.values())


def find_site(text: str, outlets: Outlets) -> str | None:
    """The outlet whose own page the text was taken from: its standing last words, or its copyright line.

    A wire's copyright is a credit, not a site.
    """
    start = max(0, len(text) - _LONG_TAIL)
    for phrase in _house_phrases():
        if phrase.site and text.find(phrase.words, start) >= 0:
            return phrase.agency
    for match in _COPYRIGHT.finditer(text, start):
        names = leading(text, match.end(), min(len(text), match.end() + 80), outlets)[:1]
        if names and not names[0].wire:
            return names[0].agency
    return None


def _in_head(text: str, title: str | None, outlets: Outlets) -> Iterator[Named]:
    head = min(len(text), _HEAD)
    for line in _LINE.finditer(text, 0, head):
        whole = line.end() == len(text) or text[line.end() : line.end() + 1] == "\n"
        if whole:
            yield from _line(text, line.start(), line.end(), outlets)
    if match := _BRACKET.match(text, len(text[:_HEAD]) - len(text[:_HEAD].lstrip())):
        yield from _carried(text, match.span("names"), outlets)
    if match := _OPENING.match(text):
        yield from _wires(all_named(text, match.span("names"), outlets))
    after = after_title(text, title)
    if after:
        # Titles are often cut before "Monitor" or "State media": the agency may stand a few words on.
        for at in [after, *(blank.end() for blank in _BLANK.finditer(text, after, after + 40))][:5]:
            names = leading(text, at, min(len(text), at + 80), outlets)
            if names and names[-1].wire and _stands_apart(text, names[-1].span[1]):
                yield from (named for named in names if named.wire)
                return


def _stands_apart(text: str, end: int) -> bool:
    """What follows a name that stands alone: a date, or a sentence (not more names, as in a picture's credit)."""
    if not text[end : end + 1].isspace():
        return False
    day = next((day for day in printed_days(text, end, end + 40) if day.days), None)
    if day and len(text[end : day.span[0]].split()) <= 1:
        return True
    words = text[end : end + 80].split()[:5]
    return bool(words) and not words[0][0].islower() and any(word[0].islower() for word in words[1:4])


def _line(text: str, start: int, end: int, outlets: Outlets) -> Iterator[Named]:
    """A line that is only names, "By NAME", or a byline that ends with one."""
    if names := _wires(all_named(text, (start, end), outlets)):
        yield from names
    elif match := _BRACKET.fullmatch(text[start:end].strip()):
        at = text.index(match.group(), start)
        yield from _carried(text, (at + 1, at + len(match.group()) - 1), outlets)
    elif (match := _PLACED.fullmatch(text, start, end)) and (
        names := _wires(all_named(text, match.span("names"), outlets))
    ):
        yield from names
    elif match := _BYLINE.match(text, start, end):
        parts = re.split(r"(?:,| [–—|-] )\s?", text[match.end() : end])
        last = end - len(parts[-1])
        yield from _wires(all_named(text, (last, end), outlets))


def _in_tail(text: str, outlets: Outlets) -> Iterator[Named]:
    start = max(0, len(text) - _TAIL)
    for match in _BRACKET.finditer(text, start):
        before = text[max(0, match.start() - 6) : match.start()].rstrip(" \t")
        last = not text[match.end() :].strip(" \t\n.")
        if last or not before or before[-1] in '.!?…"”’»)\n':
            yield from _carried(text, match.span("names"), outlets)
    for match in _DASHED.finditer(text, start):
        yield from _wires(_carried(text, match.span("names"), outlets))
    for match in _SLASHED.finditer(text, start):
        if match.start() > 200:
            yield from _wires(all_named(text, match.span("names"), outlets))
    for match in _LABELLED.finditer(text, max(0, len(text) - _LONG_TAIL)):
        yield from leading(text, match.end(), min(len(text), match.end() + 120), outlets)
    for line in list(_LINE.finditer(text, start))[-4:]:
        if line.start() > 0 and text[line.start() - 1] == "\n":
            yield from _line(text, line.start(), line.end(), outlets)
    yield from _last_words(text, start, outlets)
    yield from _phrases(text, start, outlets)


def _last_words(text: str, start: int, outlets: Outlets) -> Iterator[Named]:
    """A bare name after the last sentence: "… in March 2011. AFP"."""
    end = len(text.rstrip())
    stop = max(text.rfind(sign, start, end - 1) for sign in ".!?…")
    if stop >= 0 and text[stop + 1 : stop + 2].isspace() and end - stop <= 40:
        yield from _wires(all_named(text, (stop + 1, end), outlets))


def _phrases(text: str, start: int, outlets: Outlets) -> Iterator[Named]:
    for match in _CONTRIBUTED.finditer(text, start):
        begin = max(text.rfind(sign, max(0, match.start() - 160), match.start()) for sign in ".\n") + 1
        begin = max(begin, match.start() - 160)
        yield from _wires(anywhere(text, (begin, match.start()), outlets))
    for match in _REPORTING.finditer(text, start):
        yield from _wires(anywhere(text, match.span("names"), outlets))
    for match in _COPYRIGHT.finditer(text, start):
        yield from _wires(leading(text, match.end(), min(len(text), match.end() + 80), outlets)[:1])
    for phrase in _house_phrases():
        if "{}" in phrase.words:
            signed, edited = _SIGNED.search(text, start), _EDITED.search(text, start)
            if signed and edited and signed.start() < edited.start() < signed.start() + 300:
                yield Named((signed.start(), _sign_off_end(text, edited.end())), phrase.agency, True)
        elif (at := text.find(phrase.words, start)) >= 0:
            yield Named((at, at + len(phrase.words)), phrase.agency, True)


def _sign_off_end(text: str, at: int) -> int:
    """The end of the editors' names: up to eight capitalised words or "and"."""
    end = at
    for match in re.finditer(r"\s{1,2}(?:[A-Z][\w'’.-]{0,30}|and)(?:,(?=\s))?", text[at : at + 120]):
        if match.start() + at != end:
            break
        end = at + match.end()
        if text[end - 1] == ".":
            break
    return end


def _carried(text: str, span: tuple[int, int], outlets: Outlets) -> tuple[Named, ...]:
    """Names in brackets or after a dash, "with inputs from" left out; with a lead-in any outlet, else only wires."""
    lead = _LEAD.match(text, *span)
    if lead is None:
        found = all_named(text, span, outlets)
        return found if any(named.wire for named in found) else ()
    return anywhere(text, (lead.end(), span[1]), outlets) if lead.end() < span[1] else ()


def _wires(found: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(named for named in found if named.wire or named.agency == UNNAMED)


@dataclass(frozen=True, slots=True)
class HousePhrase:
    """Words of one agency's house style; `site`: they stand on its own pages only."""

    words: str
    agency: str
    site: bool


@cache
def _house_phrases() -> tuple[HousePhrase, ...]:
    """The phrases of `words.toml`."""
    table = loads((files("evenhand.intake") / "words.toml").read_text(encoding="utf-8"))
    return tuple(HousePhrase(entry["phrase"], entry["agency"], entry.get("site", False)) for entry in table["phrases"])
