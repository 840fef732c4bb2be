"""Cells that a spreadsheet would run as a formula, made harmless in a way that can be taken back exactly.

OWASP ASVS 5.0, 1.2.10: a cell that begins with `= + - @`, tab, return or NUL gets an apostrophe in front. As programs
guess the delimiter, the same goes for what stands inside a cell after `;`, `|`, tab or a line end (blanks and quotation
marks between), where another delimiter would make a cell of its own begin. A number is written as a number.
"""

from __future__ import annotations

import re

# Takes a whole run of separators, blanks, marks and apostrophes at once, sign or none: linear time on any text.
_RUN = re.compile(r"(?P<before>(?:\A|[;|\t\r\n])[\s\"]*+)(?P<marks>'*+)(?P<sign>[=+\-@＝＋－＠])?")
_CONTROL = re.compile(r"\A'*+[\t\r\n\0]")


def defuse(cell: str) -> str:
    """The cell with an apostrophe before whatever a spreadsheet could take for a formula."""
    return ("'" if _CONTROL.match(cell) else "") + _RUN.sub(_with_mark, cell)


def restore(cell: str) -> str:
    """The cell as it was before `defuse`."""
    if cell.startswith("'") and _CONTROL.match(cell):
        cell = cell[1:]
    return _RUN.sub(_without_mark, cell)


def _with_mark(run: re.Match[str]) -> str:
    return f"{run['before']}'{run['marks']}{run['sign']}" if run["sign"] else run[0]


def _without_mark(run: re.Match[str]) -> str:
    return f"{run['before']}{run['marks'][1:]}{run['sign']}" if run["sign"] else run[0]
