"""The dossier: pages that need nothing but a browser. No script, no request beyond their own folder, all escaped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from evenhand import __version__
from evenhand.dossier import case, compose, marks, sharing, words
from evenhand.dossier.case import IncidentRow
from evenhand.dossier.ledger import remove_others, write_text
from evenhand.dossier.links import Links, sheet_name
from evenhand.dossier.renewing import Makings, Renewal, base_of
from evenhand.dossier.shelf import Shelf
from evenhand.model.incident import CopyPair, Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.model.rules import RuleTable

ROWS = 400  # lines of a list on one page
_FIRST = 40  # incidents that stand on the first page itself
_RULE = re.compile(r"rule ([A-Z]\d{1,3})\b")
_FOLDERS = ("incidents", "reports", "copies")


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the dossier: its path with "/", relative to the dossier's folder, and its text.

    `made_of`: a digest of what it is made of, where one is kept; `stands`: it is there already, and `text` is empty.
    """

    path: str
    text: str
    made_of: bytes = b""
    stands: bool = False


def write_pages(
    out: Path,
    *,
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    copies: Sequence[CopyPair],
    profile: Profile,
    rules: RuleTable,
    renewal: Renewal | None = None,
) -> list[Path]:
    """Write every page under `out`, remove pages of an earlier run that are no more; the first is index.html.

    In a case folder the originals lie beside the dossier's folder, else in it. `renewal` knows the pages of an earlier
    run: those that would come out as they are stay unread and unwritten.
    """
    beside = not (out / "originals").is_dir() and (out.parent / "originals").is_dir()
    links = Links(original="../originals/{}") if beside else Links()
    written = []
    made = _Case.of(Shelf.of(readings, profile, links), incidents, copies, rules)
    for page in (replace(made, stands=renewal.stands) if renewal else made).pages():
        path = out / page.path
        if not page.stands:
            write_text(path, page.text)
            if renewal:
                renewal.wrote(page.path, page.made_of, page.text)
        written.append(path)
    remove_others(out, written, _FOLDERS)
    return written


def render(
    *,
    readings: Sequence[Reading],
    incidents: Sequence[Incident],
    copies: Sequence[CopyPair],
    profile: Profile,
    rules: RuleTable,
    links: Links | None = None,
) -> Iterator[Page]:
    """The pages one by one, index.html first; the same records give the same bytes."""
    shelf = Shelf.of(readings, profile, links)
    return _Case.of(shelf, incidents, copies, rules).pages()


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything the pages are made of; `shelf` links from the dossier's own folder."""

    shelf: Shelf
    incidents: Sequence[Incident]
    copies: Sequence[CopyPair]
    around: compose.Around
    rows: dict[str, IncidentRow]
    makings: Makings
    stands: Callable[[str, bytes], bool] = lambda path, made_of: False

    @classmethod
    def of(
        cls,
        shelf: Shelf,
        incidents: Sequence[Incident],
        copies: Sequence[CopyPair],
        rules: RuleTable,
    ) -> _Case:
        ordered = case.in_order(incidents)
        shared = [pair for pair in copies if pair.label != "independent"]
        around = compose.Around(case.sides_of(ordered), sharing.by_report(shared), rules)
        base = base_of(__version__, shelf.profile, shelf.links, rules, sorted(around.sides))
        rows = {i.id: case.row(i, shelf) for i in ordered}
        return cls(shelf, ordered, shared, around, rows, Makings(base, shelf, around.pairs))

    def pages(self) -> Iterator[Page]:
        style = files("evenhand.dossier").joinpath("templates/style.css").read_text("utf-8")
        view = case.case_view(self.incidents, self.rows, self.shelf, len(self.around.pairs))
        listed = [self.rows[incident.id] for incident in self.incidents]
        graded = [(words.grade(g), g or "not_said", row) for g in case.GRADES for row in listed if row.occurrence == g]
        first = {key: number for number, (_, key, _) in reversed(list(enumerate(graded)))}
        yield self._page(
            "index.html", "index.html", view=view, shown=listed[:_FIRST], all=len(listed), weights=self._weights(),
            grade_pages={key: sheet_name("incidents.html", number // ROWS) for key, number in first.items()},
        )  # fmt: skip
        yield Page("assets/dossier.css", style)
        yield from self._sheets("incidents.html", graded)
        yield from self._places(view)
        yield from self._sheets("reports.html", self._reports())
        yield self._page("method.html", "method.html", grades=words.GRADES, weights=self._weights())
        yield from self._incidents()
        yield from self._texts()
        below = self.shelf.seen_from("../")
        for pair in self.copies:
            name, made_of = f"copies/{pair.first}-{pair.second}.html", self.makings.copy(pair)
            if self.stands(name, made_of):
                yield Page(name, "", made_of, stands=True)
            else:
                yield self._page(name, "copy.html", made_of, copy=sharing.pair_page(pair, below))

    def _incidents(self) -> Iterator[Page]:
        below = self.shelf.seen_from("../")
        present = set(self.rows)
        for number, incident in enumerate(self.incidents):
            beside = [self.rows[self.incidents[n].id] if 0 <= n < len(self.incidents) else None
                      for n in (number - 1, number + 1)]  # fmt: skip
            made_of = self.makings.incident(incident, beside)
            aliases = [alias for alias in incident.aliases if alias not in present]
            present.update(aliases)
            paths = [f"incidents/{name}.html" for name in (incident.id, *aliases)]
            if all(self.stands(path, made_of) for path in paths):
                yield from (Page(path, "", made_of, stands=True) for path in paths)
                continue
            view = compose.incident_view(incident, below, self.around)
            yield self._page(paths[0], "incident.html", made_of, incident=view, beside=beside)
            for alias, path in zip(aliases, paths[1:], strict=True):
                yield self._page(path, "alias.html", made_of, incident=view, alias=alias)

    def _texts(self) -> Iterator[Page]:
        anchors = compose.anchors_of(self.incidents, self.copies)
        into: defaultdict[str, dict[str, list[IncidentRow]]] = defaultdict(lambda: defaultdict(list))
        below = self.shelf.seen_from("../")
        for incident in self.incidents:
            for ref in incident.claims:
                into[ref.report][ref.claim].append(self.rows[incident.id])
        for reading in self.shelf.readings.values():
            report = reading.report.id
            path, told = f"reports/{report}.html", sorted(into[report].items())
            made_of = self.makings.report(report, told, sorted(anchors.get(report, ())))
            if self.stands(path, made_of):
                yield Page(path, "", made_of, stands=True)
                continue
            yield self._page(
                path, "report.html", made_of, reading=reading, outlet=below.outlet(report),
                text=marks.marked(reading, anchors.get(report, ())), into=into[report],
                shares=[sharing.pair_view(pair, below) for pair in self.around.pairs.get(report, ())],
                original=below.links.to_original(reading.report.original.sha256),
            )  # fmt: skip

    def _sheets(self, name: str, lines: list[Any]) -> Iterator[Page]:
        """A list over as many pages as it needs: `name`, then `name` with -2, -3 …"""
        sheets = [lines[at : at + ROWS] for at in range(0, len(lines), ROWS)] or [[]]
        names = [sheet_name(name, number) for number in range(len(sheets))]
        for path, sheet in zip(names, sheets, strict=True):
            yield self._page(path, name, lines=sheet, names=names, here=path)

    def _places(self, view: case.CaseView) -> Iterator[Page]:
        """The map and the list of places, over as many pages as the list needs; the map stands on the first."""
        names = (
            [sheet_name("places.html", number) for number in range(max(p.sheet for p in view.places) + 1)]
            if view.places
            else ["places.html"]
        )
        for number, path in enumerate(names):
            here = tuple(place for place in view.places if place.sheet == number)
            shown_map = view.map if number == 0 else None
            yield self._page(path, "places.html", places=here, map=shown_map, names=names, here=path)

    def _reports(self) -> list[dict[str, Any]]:
        told: defaultdict[str, int] = defaultdict(int)
        for incident in self.incidents:
            for report in incident.reports:
                told[report] += 1
        return [
            {"cite": self.shelf.cite(name), "report": reading.report, "incidents": told[name],
             "statements": len(reading.statements), "claims": len(reading.claims), "unread": reading.unread,
             "shares": len(self.around.pairs.get(name, ()))}
            for name, reading in sorted(
                self.shelf.readings.items(), key=lambda item: (item[1].report.published or "9", item[0])
            )
        ]  # fmt: skip

    def _weights(self) -> str:
        return next((reading.software.weights for reading in self.shelf.readings.values()), "")

    def _page(self, path: str, template: str, made_of: bytes = b"", /, **values: Any) -> Page:
        links = self.shelf.links if "/" not in path else self.shelf.seen_from("../").links
        text = environment().get_template(template).render(
            version=__version__, links=links, rules=self.around.rules, case_title=self.shelf.profile.title, **values
        )  # fmt: skip
        return Page(path, text, made_of)


@cache
def environment() -> Environment:
    """The templates with the filters they need; whoever renders the parts elsewhere uses the same."""
    made = Environment(
        loader=PackageLoader("evenhand.dossier", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        shown=marks.shown,
        day=words.day,
        when=words.when,
        where=words.where,
        kind=words.kind,
        toll=words.span_of,
        ruled=_ruled,
        plain=marks.plain,
    )
    made.globals.update(words=words)
    return made


@pass_context
def _ruled(context: Context, reason: str) -> Markup:
    """A reason whose rule leads to its row of the table, if the table in use has that rule."""
    named, links = _RULE.match(reason), context["links"]
    if named is None or named[1] not in {rule.id for rule in context["rules"].rules}:
        return marks.shown(reason)
    link = Markup('<a href="{}">rule {}</a>').format(links.to_method(f"rule-{named[1]}"), named[1])
    return link + marks.shown(reason[named.end() :])
