"""How much of a report's text is read: not what is aside, and not without end."""

from __future__ import annotations

import re
from itertools import islice

import msgspec

from evenhand.model.report import Report, Unread

_TOKEN = re.compile(r"\w+|[^\w\s]")

MAX_TOKENS = 125_000
"""Words and signs of one report that are read: ordinary prose of MAX_READ characters has some 115,000; a text of
nothing but quotation marks has as many as characters, and would take minutes and gigabytes."""

MAX_READ = 600_000
"""Code points of one report that are read. Reading is linear: about 31 µs and 0.6 kB a code point on one core
(`python -m benchmarks.speed.intake --long`), so 20 million took ten minutes; a report of 200 pages has some 500,000."""


def readable(report: Report) -> tuple[Report, Unread | None]:
    """The report as the reader shall see it, and why a part is left out, or None.

    Every position stays: what is aside (ledger: `notices`) stands as line ends of the same length, which end the
    sentence before, and the colon of a dateline as a dash: "BEIRUT: Warplanes struck" is no transcript in which a
    government speaks. A text beyond MAX_READ or MAX_TOKENS is read up to the last line or sentence end before it.
    """
    text, problem = report.text, None
    most = _most(text)
    if len(text) > most:
        end = max(text.rfind("\n", most // 2, most), text.rfind(". ", most // 2, most)) + 1 or most
        problem = Unread(
            why=f"only the first {end} of {len(text)} characters are read; the rest is kept and not read",
            cure="split the report into files of one article each",
        )
        text = text[:end]
    gaps = [notice.what for notice in report.notices if notice.kind == "gap"]
    if gaps:
        why = "; ".join([*gaps, problem.why] if problem else gaps)
        problem = Unread(why=why, cure="look at the original")
    for start, stop in report.asides:
        text = text[:start] + "\n" * len(text[start:stop]) + text[max(start, stop) :]
    if (line := report.dateline) is not None and line.span is not None:
        last = line.span[1] - 1
        text = text[:last] + text[last].replace(":", "–") + text[last + 1 :]
    return (report if text == report.text else msgspec.structs.replace(report, text=text)), problem


def _most(text: str) -> int:
    """How many characters of the text are read at most."""
    if len(text) <= MAX_TOKENS:
        return MAX_READ
    last = next(islice(_TOKEN.finditer(text, 0, MAX_READ), MAX_TOKENS, None), None)
    return last.start() if last else MAX_READ
