"""A signed incident's dossier, frozen: its page, its records, and the hash that names all of it."""

from __future__ import annotations

import sqlalchemy as sa

from evenhand import __version__, assessing, dossier
from evenhand.dossier import ledger
from evenhand.model.evidence import sha256_hex, to_json
from evenhand.model.incident import Incident
from evenhand.workbench.desk import Desk


def freeze(desk: Desk, connection: sa.Connection, incident: Incident) -> str:
    """Write the incident's dossier to `signed/<incident>/<hash>/` of the case; returns the bundle's SHA-256.

    The hash is that of `ledger/manifest.json`, which names every file with its own. The same incident and readings
    give the same hash; what is there is not written again.
    """
    reports = list(incident.reports)
    readings = tuple(one.reading for one in desk.standings(connection, reports).values())
    folder = desk.case.paths.root / "signed" / incident.id
    work = folder / f".{sha256_hex(to_json(incident))[:16]}"
    lines, records = work / "ledger" / "readings.jsonl", work / "ledger" / "incidents.jsonl"
    ledger.write_lines(lines, readings)
    ledger.write_lines(records, [incident])
    pages = dossier.write_pages(
        work, readings=readings, incidents=[incident], copies=(), profile=desk.profile, rules=assessing.rule_table()
    )
    ledger.write_manifest(work, [lines, records, *pages], version=__version__, rules=assessing.rule_table().version)
    bundle = sha256_hex((work / "ledger" / "manifest.json").read_bytes())
    kept = folder / bundle
    if kept.exists():
        for path in sorted(work.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        work.rmdir()
    else:
        work.rename(kept)
        for path in kept.rglob("*"):
            if path.is_file():
                path.chmod(0o444)
    return bundle
