"""What stands in a text and is not the report's own words: lists of other stories, and date lines run into headlines.

A page's main text often ends with "Related News" and a row of other stories' headlines, or holds "Read also: …" between
two paragraphs; read as the report's words they become claims about other events. They stay in the text and are marked,
so that nobody reads them. Where it cannot be told where such a part ends, nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from tomllib import loads

from evenhand.intake.date_lines import LABEL, DateLine, after_title, agency_before, before_date
from evenhand.intake.settings import Outlets
from evenhand.model.evidence import Span, overlaps
from evenhand.model.report import Notice

_EARLIEST = 150  # no report is over before this many characters
_LONGEST_TAIL = 6000
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s|\Z)")
_LINE = re.compile(r"[^\n]+")
_WORDS_A_SENTENCE = 40  # running text without a full stop for so many words is a row of headlines
# What stands right before the page's own words: a sentence's end, "Source AFP", a count of comments.
_CLOSED = re.compile(
    r"(?:[.!?…][\"'”’»)\]]{0,3}|\b(?:Source|Agencies|agencies)\b[\w\t ]{0,30}|[.)][ \t]{1,3}\d{1,6})[ \t]{1,6}\Z"
)
_MOST = 40
_LOOKED_AT = 700_000  # a little more than the reader reads of one report
_TIME_OF_DAY = r"\d{1,2}:?\d{2}(?::\d{2})?[ \t]{0,2}(?:[AaPp]\.?[Mm]\b\.?|GMT|UTC|KSA)?[+\d]{0,3}"
_AFTER = re.compile(rf"[ \t|,.:–—-]{{0,6}}(?:{_TIME_OF_DAY}[ \t]{{0,3}}){{0,2}}")
_BEGINS = re.compile(r"[\"'“‘«(]{0,2}[A-Z0-9]")


def find_asides(text: str, title: str | None, printed: DateLine | None, outlets: Outlets) -> tuple[Notice, ...]:
    """Spans of `text` that are not the report's own words, in order and disjoint. Linear time."""
    found: list[tuple[Span, str]] = []
    if printed is not None and not printed.is_header and (span := _run_together(text, printed, outlets)):
        found.append((span, "a date line between headline and text"))
    if border := _title_border(text, title, printed):
        found.append((border, "the blank at which the headline ends"))
    found += [(span, "headlines of other stories, or the page's own words") for span in _other_stories(text)]
    out: list[Notice] = []
    for span, what in sorted(found):
        if not any(notice.span and overlaps(notice.span, span) for notice in out[-2:]):
            out.append(Notice(kind="aside", what=what, span=span))
    return tuple(out)


def _run_together(text: str, printed: DateLine, outlets: Outlets) -> Span | None:
    """The date line with its label, time and agency, where words of the report follow it on the same line."""
    start, end = printed.day.span
    if start > 400:
        return None
    stop = before_date(text, printed.day)
    if label := LABEL.search(text[max(0, stop - 60) : stop]):
        stop -= min(stop, 60) - label.start()
    elif agency := agency_before(text, printed.day, outlets):
        stop = agency.span[0]
    line = text.rfind("\n", 0, stop) + 1
    before = text[line:stop].strip()
    after = _AFTER.match(text, end)
    behind = after.end() if after else end
    if not _BEGINS.match(text, behind) or "\n" in text[stop:behind]:
        return None
    if before and (len(before) > 250 or _SENTENCE_END.search(before[:-1]) or before[-1] in ",;:"):
        return None
    return (stop, behind) if stop < behind else None


def _title_border(text: str, title: str | None, printed: DateLine | None) -> Span | None:
    """The blank between a known title and the words that run on behind it."""
    if not title or len(title.split()) < 3:
        return None
    starts = [0] + ([printed.end] if printed else [])
    for start in starts:
        length = after_title(text[start : start + 400], title)
        end = start + length
        if length >= len(title.strip()) and text[end : end + 1] == " " and _BEGINS.match(text, end + 1):
            return (end, end + 1)
    return None


def _other_stories(text: str) -> Iterator[Span]:
    count, done = 0, 0
    for match in _headings().finditer(text, _EARLIEST, _LOOKED_AT):
        if match.start() < max(_EARLIEST, done):
            continue
        left = text.rfind("\n", max(0, match.start() - 300), match.start()) + 1
        at_line_start = not text[left : match.start()].strip(" \t-–—•*|>[(") and (left > 0)
        span = _of_lines(text, match) if at_line_start else _of_running_text(text, match)
        if span:
            yield span
            done, count = span[1], count + 1
            if count >= _MOST:
                return


def _of_lines(text: str, match: re.Match[str]) -> Span | None:
    """The heading's line, and below a heading alone on its line the headlines that follow."""
    end = text.find("\n", match.end())
    end = len(text) if end < 0 else end
    rest = text[match.end() : end].strip(" \t:|»>-–—]).")
    if rest:  # "Read also: Another story"
        named = text[match.end() : match.end() + 3].lstrip()[:1] in (":", "|", "-", "–", "—", "»", ">")
        return (match.start(), end) if (named and len(rest.split()) <= 40) else None
    stop = end
    for line in _LINE.finditer(text, end):
        words = line.group().strip()
        if words and not _is_headline(words):
            break
        if words:
            stop = line.end()
        if stop - match.start() > _LONGEST_TAIL:
            break
    return (match.start(), stop)


def _is_headline(line: str) -> bool:
    return (
        len(line.split()) <= 25 and not (line[-1] in '.”"' and len(line.split()) > 12) and not line.endswith((";", ","))
    )


def _of_running_text(text: str, match: re.Match[str]) -> Span | None:
    """The rest of a text without line ends, where what follows is a row of headlines: no full stop for many words.

    Headings of one common word count only where there is no full stop at all behind them.
    """
    common = match["only_lines"] is not None
    if len(text) - match.start() > (_LONGEST_TAIL // 3 if common else _LONGEST_TAIL):
        return None
    if not _CLOSED.search(text, max(0, match.start() - 45), match.start()):
        return None
    tail = text[match.end() :]
    stop = next((end for end in _SENTENCE_END.finditer(tail) if tail[end.start()] in ".…"), None)
    words = len(tail[: stop.start() if stop else None].split())
    if stop is not None and (common or words < _WORDS_A_SENTENCE):
        return None
    return (match.start(), len(text.rstrip()))


@cache
def _headings() -> re.Pattern[str]:
    """The headings of `words.toml`, capitalised as printed there or all in capitals."""
    table = loads((files("evenhand.intake") / "words.toml").read_text(encoding="utf-8"))["other_stories"]
    anywhere = [form for phrase in table["anywhere"] for form in (phrase, phrase.upper(), phrase.capitalize())]
    only = [form for phrase in table["alone_on_a_line"] for form in (phrase, phrase.upper(), phrase.capitalize())]
    both = "|".join(re.escape(form) for form in sorted({*anywhere}, key=len, reverse=True))
    lines = "|".join(re.escape(form) for form in sorted({*only}, key=len, reverse=True))
    return re.compile(rf"(?<![\w'’-])(?:(?:{both})|(?P<only_lines>{lines}))(?![\w'’-])")
