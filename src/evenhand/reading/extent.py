"""How much of a report's text is read: not what is aside, and not without end."""

from __future__ import annotations

import msgspec

from evenhand.model.report import Report, Unread

MAX_READ = 600_000
"""Code points of one report that are read. Reading is linear: about 31 µs and 0.6 kB a code point on one core
(`python -m benchmarks.speed long`), so 20 million took ten minutes; a report of 200 pages has some 500,000."""


def readable(report: Report) -> tuple[Report, Unread | None]:
    """The report as the reader shall see it, and why a part is left out, or None.

    Every position stays: what is aside (ledger: `notices`) stands as line ends of the same length, which end the
    sentence before. A text beyond MAX_READ is read up to the last line or sentence end before it.
    """
    text, problem = report.text, None
    if len(text) > MAX_READ:
        end = max(text.rfind("\n", MAX_READ // 2, MAX_READ), text.rfind(". ", MAX_READ // 2, MAX_READ)) + 1 or MAX_READ
        problem = Unread(
            why=f"only the first {end} of {len(text)} characters are read; the rest is kept and not read",
            cure="split the report into files of one article each",
        )
        text = text[:end]
    for start, stop in report.asides:
        text = text[:start] + "\n" * len(text[start:stop]) + text[max(start, stop) :]
    return (report if text == report.text else msgspec.structs.replace(report, text=text)), problem
