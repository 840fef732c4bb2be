"""The dossier: pages that need nothing but a browser. No script, no request beyond their own folder, all escaped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from evenhand import __version__
from evenhand.dossier import case, compose, marks, sharing, words
from evenhand.dossier.ledger import remove_others, write_text
from evenhand.dossier.lending import Lent
from evenhand.dossier.links import Links, sheet_name
from evenhand.dossier.renewing import Makings, Renewal, base_of, reports_of
from evenhand.dossier.shelf import Shelf
from evenhand.dossier.survey import Survey, survey
from evenhand.model.incident import CopyPair, Incident
from evenhand.model.profile import Profile
from evenhand.model.reading import Reading
from evenhand.model.rules import RuleTable

ROWS = 400  # lines of a list on one page
_FIRST = 40  # incidents that stand on the first page itself
_RULE = re.compile(r"rule ([A-Z]\d{1,3})\b")
_AT_ONCE = 20  # pages whose readings are asked for together
_FOLDERS = ("incidents", "reports", "copies")
T = TypeVar("T")


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
    readings: Lent[Reading] | Sequence[Reading],
    incidents: Lent[Incident] | Sequence[Incident],
    copies: Sequence[CopyPair],
    profile: Profile,
    rules: RuleTable,
    renewal: Renewal | None = None,
) -> list[Path]:
    """Write every page under `out`, remove pages of an earlier run that are no more; the first is index.html.

    In a case folder the originals lie beside the dossier's folder, else in it. `renewal` knows the pages of an earlier
    run: those that would come out as they are stay unread and unwritten. Records that are lent are gone through once,
    then asked for again page by page.
    """
    beside = not (out / "originals").is_dir() and (out.parent / "originals").is_dir()
    links = Links(original="../originals/{}") if beside else Links()
    written = []
    made = _Case.of(_readings(readings), _incidents(incidents), copies, rules, Shelf({}, profile, links))
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
    readings: Lent[Reading] | Sequence[Reading],
    incidents: Lent[Incident] | Sequence[Incident],
    copies: Sequence[CopyPair],
    profile: Profile,
    rules: RuleTable,
    links: Links | None = None,
) -> Iterator[Page]:
    """The pages one by one, index.html first; the same records give the same bytes."""
    shelf = Shelf({}, profile, links or Links())
    return _Case.of(_readings(readings), _incidents(incidents), copies, rules, shelf).pages()


def _readings(records: Lent[Reading] | Sequence[Reading]) -> Lent[Reading]:
    return records if isinstance(records, Lent) else Lent.of(records, lambda one: one.report.id)


def _incidents(records: Lent[Incident] | Sequence[Incident]) -> Lent[Incident]:
    return records if isinstance(records, Lent) else Lent.of(records, lambda one: one.id)


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything the pages are made of; `shelf` links from the dossier's own folder."""

    readings: Lent[Reading]
    records: Lent[Incident]
    survey: Survey
    shelf: Shelf
    copies: Sequence[CopyPair]
    around: compose.Around
    makings: Makings
    stands: Callable[[str, bytes], bool] = lambda path, made_of: False

    @classmethod
    def of(
        cls,
        readings: Lent[Reading],
        incidents: Lent[Incident],
        copies: Sequence[CopyPair],
        rules: RuleTable,
        empty: Shelf,
    ) -> _Case:
        """`empty`: a shelf with profile and links."""
        shared = [pair for pair in copies if pair.label != "independent"]
        seen = survey(readings, incidents, shared, empty)
        around = compose.Around(case.sides_of(seen.incidents), sharing.by_report(shared), rules)
        base = base_of(__version__, empty.profile, empty.links, rules, sorted(around.sides))
        makings = Makings(base, lambda report: seen.facts[report].json, around.pairs)
        shelf = Shelf.over(readings, empty.profile, empty.links)
        return cls(readings, incidents, seen, shelf, shared, around, makings)

    def pages(self) -> Iterator[Page]:
        style = files("evenhand.dossier").joinpath("templates/style.css").read_text("utf-8")
        incidents, rows = self.survey.incidents, self.survey.rows
        view = case.case_view(incidents, rows, self.survey.shelf, len(self.around.pairs))
        listed = [rows[incident.id] for incident in incidents]
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
        for some in _parts(self.copies):
            makings = [(pair, f"copies/{pair.first}-{pair.second}.html", self.makings.copy(pair)) for pair in some]
            new = {name for _, name, made_of in makings if not self.stands(name, made_of)}
            self.readings.take(end for pair, name, _ in makings if name in new for end in (pair.first, pair.second))
            for pair, name, made_of in makings:
                if name in new:
                    yield self._page(name, "copy.html", made_of, copy=sharing.pair_page(pair, below))
                else:
                    yield Page(name, "", made_of, stands=True)

    def _incidents(self) -> Iterator[Page]:
        below = self.shelf.seen_from("../")
        ordered, rows = self.survey.incidents, self.survey.rows
        present = set(rows)
        lines = [None, *(rows[incident.id] for incident in ordered), None]
        number = 0
        for some in _parts(ordered):
            made = []
            for incident in self.records.each([one.id for one in some]):
                beside = [lines[number], lines[number + 2]]
                number += 1
                made_of = self.makings.incident(incident, beside)
                aliases = [alias for alias in incident.aliases if alias not in present]
                present.update(aliases)
                paths = [f"incidents/{name}.html" for name in (incident.id, *aliases)]
                if all(self.stands(path, made_of) for path in paths):
                    yield from (Page(path, "", made_of, stands=True) for path in paths)
                else:
                    made.append((incident, beside, made_of, aliases, paths))
            self.readings.take(report for incident, *_ in made for report in reports_of(incident))
            for incident, beside, made_of, aliases, paths in made:
                view = compose.incident_view(incident, below, self.around)
                yield self._page(paths[0], "incident.html", made_of, incident=view, beside=beside)
                for alias, path in zip(aliases, paths[1:], strict=True):
                    yield self._page(path, "alias.html", made_of, incident=view, alias=alias)

    def _texts(self) -> Iterator[Page]:
        below = self.shelf.seen_from("../")
        for some in _parts(list(self.readings)):
            made = []
            for report in some:
                into, anchors = self.survey.into(report), self.survey.anchors(report)
                path = f"reports/{report}.html"
                made_of = self.makings.report(report, sorted(into.items()), sorted(anchors))
                if self.stands(path, made_of):
                    yield Page(path, "", made_of, stands=True)
                else:
                    made.append((report, path, made_of, into, anchors))
            pairs = {report: self.around.pairs.get(report, ()) for report, *_ in made}
            ends = (end for some in pairs.values() for pair in some for end in (pair.first, pair.second))
            self.readings.take([*pairs, *ends])
            for report, path, made_of, into, anchors in made:
                reading = self.readings[report]
                yield self._page(
                    path, "report.html", made_of, reading=reading, outlet=below.outlet(report),
                    text=marks.marked(reading, anchors), into=into,
                    shares=[sharing.pair_view(pair, below) for pair in pairs[report]],
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
        for incident in self.survey.incidents:
            for report in incident.reports:
                told[report] += 1
        facts = sorted(self.survey.facts.items(), key=lambda item: (item[1].reading.report.published or "9", item[0]))
        return [
            {"cite": self.survey.shelf.cite(name), "report": one.reading.report, "incidents": told[name],
             "statements": one.statements, "claims": one.claims, "unread": one.reading.unread,
             "shares": len(self.around.pairs.get(name, ()))}
            for name, one in facts
        ]  # fmt: skip

    def _weights(self) -> str:
        return next((one.reading.software.weights for one in self.survey.facts.values()), "")

    def _page(self, path: str, template: str, made_of: bytes = b"", /, **values: Any) -> Page:
        links = self.shelf.links if "/" not in path else self.shelf.seen_from("../").links
        text = environment().get_template(template).render(
            version=__version__, links=links, rules=self.around.rules, case_title=self.shelf.profile.title, **values
        )  # fmt: skip
        return Page(path, text, made_of)


def _parts(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[at : at + _AT_ONCE] for at in range(0, len(items), _AT_ONCE))


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
