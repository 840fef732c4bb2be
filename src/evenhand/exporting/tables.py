"""Plain tables for people: incidents, claims, statements and reports as CSV and XLSX, all of it lossless as JSONL."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from evenhand.errors import ExportError
from evenhand.exporting.formulas import defuse, restore
from evenhand.exporting.material import Material, blamed, contested_on, point, ranged, statement_of, summary
from evenhand.model.evidence import Record, to_json
from evenhand.model.incident import Incident
from evenhand.model.reading import Claim, Reading, Statement

Cell = str | int | float | None
Row = Mapping[str, Cell]

# Excel's own limits (specification of Excel 2007 and later).
_MOST_CELL, _MOST_ROWS = 32_767, 1_048_575
_WIDE = {"words": 70, "summary": 70, "title": 40, "chain": 40, "names": 30}


def table(columns: Sequence[str], rows: Iterable[Row], *, raw: bool = False) -> bytes:
    """Rows as CSV in UTF-8, every text quoted; formulas made harmless unless `raw`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column), raw) for column in columns])
    return out.getvalue().encode("utf-8", "replace")


def read_table(data: bytes, *, raw: bool = False) -> list[dict[str, str]]:
    """The rows of a table that was written by `table`, every cell as the text it was."""
    text = data.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return [{name: cell if raw else restore(cell) for name, cell in zip(header, row, strict=True)} for row in rows]


def _cell(value: Cell, raw: bool) -> str | int | float:
    if value is None:
        return ""
    return value if raw or not isinstance(value, str) else defuse(value)


def csv_files(material: Material, *, raw: bool = False) -> dict[str, bytes]:
    """`incidents.csv` and the others, the whole records as JSONL beside them."""
    files = {f"{name}.csv": table(columns, rows, raw=raw) for name, (columns, rows) in sheets(material).items()}
    return files | lossless(material)


def lossless(material: Material) -> dict[str, bytes]:
    """The records themselves, one a line."""
    return {"incidents.jsonl": _lines(material.incidents), "readings.jsonl": _lines(material.readings.values())}


def _lines(records: Iterable[Record]) -> bytes:
    return b"".join(to_json(record) + b"\n" for record in records)


def xlsx_files(material: Material) -> dict[str, bytes]:
    """One workbook with a sheet a table, and the whole records as JSONL beside it; texts are texts, never formulas."""
    return {"evenhand.xlsx": _workbook(sheets(material))} | lossless(material)


def _workbook(tables: Mapping[str, tuple[Sequence[str], Sequence[Row]]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - one format needs it

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"created": datetime(1980, 1, 1), "comments": "evenhand: what is reported, by whom"})  # noqa: DTZ001 - no clock
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, (columns, rows) in tables.items():
        if len(rows) > _MOST_ROWS:
            raise ExportError(f"{len(rows):,} {name} are more than the {_MOST_ROWS:,} rows of a sheet; export --as csv")
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, _WIDE.get(column, 16), wrapped)
            sheet.write_string(0, at, column, bold)
            for line, row in enumerate(rows, 1):
                value = row.get(column)
                if isinstance(value, str):
                    sheet.write_string(line, at, _short(value))
                elif value is not None:
                    sheet.write_number(line, at, value)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    return out.getvalue()


def _short(value: str) -> str:
    """A cell holds 32,767 characters (UTF-16): the rest is in the JSONL, and the cell says so."""
    if len(value.encode("utf-16-le", "replace")) // 2 <= _MOST_CELL:
        return value.encode("utf-8", "replace").decode()
    note = f" […: {len(value):,} characters, whole in the JSONL beside this file]"
    return value[: _MOST_CELL // 2 - len(note)].encode("utf-8", "replace").decode() + note


def sheets(material: Material) -> dict[str, tuple[tuple[str, ...], list[Row]]]:
    """The four tables: columns and rows."""
    readings = list(material.readings.values())
    return {
        "incidents": (_INCIDENTS, [_incident(one, material) for one in material.incidents]),
        "claims": (_CLAIMS, [_claim(one, reading, material) for reading in readings for one in reading.claims]),
        "statements": (_STATEMENTS, [_statement(one, reading) for reading in readings for one in reading.statements]),
        "reports": (_REPORTS, [_report(reading) for reading in readings]),
    }


_INCIDENTS = (
    "incident", "title", "type", "date_earliest", "date_latest", "date_precision", "place", "country", "latitude",
    "longitude", "radius_km", "geo_precision", "occurrence", "responsibility", "airwars_like", "admiralty_like",
    "named_responsible", "contested_on",
    "killed_low", "killed_best", "killed_high", "killed", "injured_low", "injured_high", "reports", "outlets",
    "independent_origins", "origins", "summary", "rules",
)  # fmt: skip


def _incident(incident: Incident, material: Material) -> Row:
    place, time, asked = incident.place, incident.time, incident.questions
    where = point(place)
    return {
        "incident": incident.id,
        "title": incident.title,
        "type": incident.type,
        "date_earliest": time.start if time else None,
        "date_latest": time.end if time else None,
        "date_precision": time.precision if time else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": where[1] if where else None,
        "longitude": where[0] if where else None,
        "radius_km": place.radius_km if place and where else None,
        "geo_precision": place.precision if place else None,
        "occurrence": asked.occurrence.grade,
        "responsibility": asked.responsibility.grade,
        "airwars_like": material.airwars_like(incident),
        "admiralty_like": material.admiralty_like(incident),
        "named_responsible": "; ".join(material.party(one) for one in blamed(incident)),
        "contested_on": "; ".join(contested_on(incident)),
        "killed_low": asked.killed.low,
        "killed_best": asked.killed.best,
        "killed_high": asked.killed.high,
        "killed": ranged(asked.killed),
        "injured_low": asked.injured.low,
        "injured_high": asked.injured.high,
        "reports": len(incident.reports),
        "outlets": "; ".join(material.outlets(incident)),
        "independent_origins": incident.independent_origins,
        "origins": "; ".join(origin.name for origin in incident.origins if origin.own_knowledge),
        "summary": summary(incident, material),
        "rules": incident.rules,
    }


_CLAIMS = (
    "report", "claim", "outlet", "published", "statement", "said_by", "type", "polarity", "modality", "actor",
    "target", "weapon", "date_earliest", "date_latest", "date_precision", "place", "country", "latitude", "longitude",
    "radius_km", "geo_precision", "quantities", "start", "end", "words", "confidence",
)  # fmt: skip


def _claim(claim: Claim, reading: Reading, material: Material) -> Row:
    place, time, report = claim.place, claim.time, reading.report
    where = point(place)
    spans = claim.evidence or (claim.trigger,)
    statement = statement_of(reading, claim)
    return {
        "report": report.id,
        "claim": claim.id,
        "outlet": report.outlet,
        "published": report.published,
        "statement": claim.statement,
        "said_by": statement.speaker_name if statement else report.outlet,
        "type": claim.type,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "actor": claim.actor.name if claim.actor else None,
        "target": claim.target.name if claim.target else None,
        "weapon": claim.weapon.name if claim.weapon else None,
        "date_earliest": time.start if time else None,
        "date_latest": time.end if time else None,
        "date_precision": time.precision if time else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": where[1] if where else None,
        "longitude": where[0] if where else None,
        "radius_km": place.radius_km if place and where else None,
        "geo_precision": place.precision if place else None,
        "quantities": "; ".join(
            f"{one.role}{f' ({one.of})' if one.of else ''}: {material.words(report.id, one.span)}"
            for one in claim.quantities
        ),
        "start": spans[0][0],
        "end": spans[-1][1],
        "words": " […] ".join(material.words(report.id, span) for span in spans),
        "confidence": claim.confidence,
    }


_STATEMENTS = (
    "report", "statement", "outlet", "published", "kind", "attitude", "speaker", "organisation", "parent", "chain",
    "start", "end", "words", "confidence",
)  # fmt: skip


def _statement(statement: Statement, reading: Reading) -> Row:
    report = reading.report
    return {
        "report": report.id,
        "statement": statement.id,
        "outlet": report.outlet,
        "published": report.published,
        "kind": statement.kind,
        "attitude": statement.attitude,
        "speaker": statement.speaker_name,
        "organisation": statement.speaker_org,
        "parent": statement.parent,
        "chain": " → ".join(statement.chain),
        "start": statement.content[0][0] if statement.content else None,
        "end": statement.content[-1][1] if statement.content else None,
        "words": " […] ".join(report.text[start:end] for start, end in statement.content),
        "confidence": statement.confidence,
    }


_REPORTS = (
    "report", "file", "original_sha256", "locator", "external_id", "url", "outlet", "credits", "title", "language",
    "published", "published_from", "dateline", "characters", "statements", "claims", "not_read",
)  # fmt: skip


def _report(reading: Reading) -> Row:
    report = reading.report
    return {
        "report": report.id,
        "file": report.file,
        "original_sha256": report.original.sha256,
        "locator": report.original.locator,
        "external_id": report.external_id,
        "url": report.url,
        "outlet": report.outlet,
        "credits": "; ".join(credit.agency for credit in report.credits),
        "title": report.title,
        "language": report.language,
        "published": report.published,
        "published_from": report.published_from,
        "dateline": report.dateline.place if report.dateline else None,
        "characters": len(report.text),
        "statements": len(reading.statements),
        "claims": len(reading.claims),
        "not_read": reading.unread.why if reading.unread else None,
    }
