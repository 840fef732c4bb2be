"""Where things are, seen from the page that links to them: patterns, so that a web application can give its own."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.model.evidence import Span


@dataclass(frozen=True, slots=True)
class Links:
    """Patterns of addresses, each with one `{}` for an id; `base` stands before every one ("../" from a folder).

    The defaults are the files of a dossier. Anchors within a report's page are `w-c1` (the words of claim c1),
    `e-c1` (its entry in the list) and `w-10-24` (any span pointed at).
    """

    base: str = ""
    home: str = "index.html"
    report: str = "reports/{}.html"
    incident: str = "incidents/{}.html"
    copy: str = "copies/{}.html"
    original: str = "originals/{}"
    method: str = "method.html"
    places: str = "places.html"

    def to_report(self, report: str, anchor: str = "") -> str:
        """A report's page, or a point in it."""
        return self._to(self.report, report, anchor)

    def to_incident(self, incident: str, anchor: str = "") -> str:
        """An incident's page, or a point in it."""
        return self._to(self.incident, incident, anchor)

    def to_copy(self, first: str, second: str) -> str:
        """The page that shows two reports' shared text side by side."""
        return self._to(self.copy, f"{first}-{second}")

    def to_original(self, sha256: str) -> str:
        """The bytes as they came."""
        return self._to(self.original, sha256)

    def to_method(self, anchor: str = "") -> str:
        """The rule table, or a row of it."""
        return self._to(self.method, "", anchor)

    def to_places(self, anchor: str = "", sheet: int = 0) -> str:
        """The list of places, or one of them on the list's page number `sheet`, counted from nought."""
        return self._to(sheet_name(self.places, sheet), "", anchor)

    def to_home(self, anchor: str = "") -> str:
        """The first page, or a part of it."""
        return self._to(self.home, "", anchor)

    def _to(self, pattern: str, name: str, anchor: str = "") -> str:
        return f"{self.base}{pattern.format(name)}{'#' + anchor if anchor else ''}"


def sheet_name(name: str, number: int) -> str:
    """The name of a long list's page, counted from nought: `incidents.html`, `incidents-2.html`, …"""
    return name if number == 0 else f"{name.removesuffix('.html')}-{number + 1}.html"


def words_anchor(item: str) -> str:
    """Where a statement's or claim's words start in the text of its report."""
    return f"w-{item}"


def entry_anchor(item: str) -> str:
    """The entry of a statement or claim in the list beside the text."""
    return f"e-{item}"


def span_anchor(span: Span) -> str:
    """Where a span that something points at starts in the text."""
    return f"w-{span[0]}-{span[1]}"
