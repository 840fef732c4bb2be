"""When a report was published, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evenhand.intake.printed_dates import PrintedDay
from evenhand.model.report import PublishedFrom


@dataclass(frozen=True, slots=True)
class Clues:
    """Everything that says when. `metadata` is the file's own word, or with `is_weak` a cell of a table's date column.

    `made` is the day a document (PDF, DOCX, RTF) was written or saved, which can be long after publication.

    `order` is how the outlet prints days in figures ("dmy", "mdy"), where its other reports show it.
    """

    user: date | None = None
    metadata: date | None = None
    is_weak: bool = False
    made: date | None = None
    header: PrintedDay | None = None
    dateline: PrintedDay | None = None
    date_line: PrintedDay | None = None
    name: date | None = None
    url: date | None = None
    order: str | None = None

    def hints(self, published: date | None = None) -> tuple[date, ...]:
        """Days that may complete a day without a year or choose between readings, the surest first."""
        printed = [day for found in (self.header, self.date_line) if found and (day := found.choose((), self.order))]
        days = [self.user, published, *printed, self.metadata, self.url, self.name, self.made]
        return tuple(day for day in days if day)


def published_on(clues: Clues) -> tuple[date | None, PublishedFrom | None]:
    """The day of publication and where it comes from; (None, None) where nothing says it.

    Order: the user's table, the file's metadata, header, dateline, a date line in the text, a table's date column, the
    address, the file's name, the day a document was made. Whole dates printed in the text come before a table's
    column, since such columns often hold the day of collection; a date without a year is completed from the others and
    never invented. A date line whose day and month cannot be told apart, and which a column's date does not fit, leaves
    no date at all.
    """
    if clues.user:
        return clues.user, "user"
    if clues.metadata and not clues.is_weak:
        return clues.metadata, "metadata"
    for found, origin in _printed(clues):
        if day := found.choose(clues.hints(), clues.order):
            return day, origin
    if clues.date_line:
        return None, None
    for day in (clues.metadata, clues.url):
        if day:
            return day, "metadata"
    if clues.name:
        return clues.name, "filename"
    if clues.made:
        return clues.made, "metadata"
    return None, None


def _printed(clues: Clues) -> Iterator[tuple[PrintedDay, PublishedFrom]]:
    if clues.header:
        yield clues.header, "header"
    if clues.dateline:
        yield clues.dateline, "dateline"
    if clues.date_line:
        yield clues.date_line, "header"
