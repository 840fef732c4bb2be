"""What a person sees while reports are read: a line on a terminal, nothing when piped."""

from __future__ import annotations

from types import TracebackType

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evenhand.flow import Step
from evenhand.model.reading import Reading
from evenhand.model.report import Report, Unread


class ReadingProgress:
    """Counts reports as they pass and names on stderr those that could not be read."""

    def __init__(self) -> None:
        self.read = self.kept = self.same = self.words = 0
        self.unread: list[str] = []
        console = Console(stderr=True)
        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=console, disable=not console.is_terminal, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)

    def __enter__(self) -> ReadingProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, step: Step) -> None:
        """One report has passed."""
        if step.state == "same":
            self.same += 1
            name = place_of(step.received.report)
            self._bar.console.print(
                f"{name}: the same report as one above; it counts once", markup=False, soft_wrap=True
            )
        elif step.state == "kept":
            self.kept += 1
            if step.received.unread:
                self._could_not(step.received.report, step.received.unread)
        elif step.reading is not None:
            self.reading(step.reading)
        self._show()

    def reading(self, reading: Reading) -> None:
        """One report was read just now."""
        self.read += 1
        self.words += reading.report.text.count(" ") + 1
        if reading.unread:
            self._could_not(reading.report, reading.unread)
        self._show()

    def _show(self) -> None:
        kept = f", {self.kept:,} read before" if self.kept else ""
        failed = f", {len(self.unread):,} not readable" if self.unread else ""
        self._bar.update(self._task, description=f"{self.read:,} reports read{kept}{failed}; {self.words:,} words")

    def _could_not(self, report: Report, unread: Unread) -> None:
        self.unread.append(place_of(report))
        message = f"{place_of(report)}: not read: {unread.why}" + (f". {unread.cure}" if unread.cure else "")
        if self._bar.live.is_started:
            self._bar.console.print(message, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(message, err=True)


def place_of(report: Report) -> str:
    """How a report is named to the user: its file, and where in it."""
    name = report.file or report.original.sha256
    return f"{name}, {report.original.locator}" if report.original.locator else name
