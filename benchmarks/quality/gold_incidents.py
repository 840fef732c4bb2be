"""The gold incidents, and hand-made readings of what their origins say, so that grading is measured by itself."""

import csv
import json
import re
from functools import cache
from pathlib import Path

from evenhand.model.incident import ClaimRef, Cluster
from evenhand.model.reading import Claim, Participant, Place, Quantity, Reading, Software, Statement, Time
from evenhand.model.report import OriginalRef, Report

SHARED = Path(__file__).resolve().parents[3] / "shared"
# The gold's short party ids in words a report would use; a list of names of data, not a rule.
PARTIES = {
    "syrian_government": "Syrian government", "russia": "Russia", "opposition": "Syrian opposition",
    "is": "Islamic State", "hts": "Nusra Front", "kurdish": "YPG", "turkey": "Turkey",
    "us_coalition": "US-led coalition", "iran_hezbollah": "Hezbollah",
}  # fmt: skip
PACKAGED = {
    "opposition": "syrian_opposition", "is": "islamic_state", "kurdish": "sdf", "iran_hezbollah": "hezbollah",
    "white_helmets": "white_helmets", "un": "un",
}  # fmt: skip
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(r"\b(\d{1,2}) (" + "|".join(_MONTHS) + r")[a-z]* (20\d\d)", re.IGNORECASE)
SOFTWARE = Software(name="gold", version="0", weights="none")


def incidents() -> list[dict]:
    """The gold incidents as they are written."""
    lines = (SHARED / "gold/incidents/incidents.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def outlets() -> dict[str, str]:
    """Article id → outlet."""
    csv.field_size_limit(10**9)
    with (SHARED / "data/fa-kes/articles.csv").open(encoding="utf-8", newline="") as rows:
        return {row["unit_id"]: row["source"] for row in csv.DictReader(rows)}


@cache
def _texts() -> dict[str, str]:
    csv.field_size_limit(10**9)
    with (SHARED / "data/fa-kes/articles.csv").open(encoding="utf-8", newline="") as rows:
        return {row["unit_id"]: row["article_content"] for row in csv.DictReader(rows)}


def as_readings(incident: dict, printed: dict[str, str]) -> tuple[Cluster, dict[str, Reading]]:
    """What the gold says each origin says in each member, as readings, and the cluster of all their claims."""
    readings = {key: _reading(incident, key, printed.get(key, "unknown")) for key in incident["members"]}
    refs = tuple(ClaimRef(report=key, claim=claim.id) for key in sorted(readings) for claim in readings[key].claims)
    cluster = Cluster(id=incident["id"], type=incident["type"], claims=refs, reports=tuple(sorted(readings)))
    return cluster, readings


def _reading(incident: dict, key: str, outlet: str) -> Reading:
    text, statements, claims = "", [], []
    days = incident["date"].split("/")
    place = Place(name=incident["place"], lat=incident["lat"], lon=incident["lon"], radius_km=5.0, country="SY")
    time = Time(start=days[0], end=days[-1], precision=1)
    for number, (origin, claim) in enumerate(_said(incident, key)):
        words = f"{origin['name'] if origin else 'It'} said so: {claim['text']} "
        start, text = len(text), text + words
        trigger = (start + len(words) - len(claim["text"]) - 1, start + len(words) - 1)
        if origin is not None:
            name, org = _speaker(origin)
            statements.append(Statement(
                id=f"s{number}", kind="indirect", content=(trigger,), speaker_name=name, speaker_org=org,
                attitude=claim["attitude"], chain=(outlet, name),
            ))  # fmt: skip
        quantities = tuple(
            Quantity(
                role=f["measure"], span=trigger, op="plural" if f.get("flag") == "vague" else "=", low=f["low"],
                best=f["best"], high=f["high"], part_of=0 if f.get("flag") == "part" else None,
            )
            for f in claim["figures"]
        )  # fmt: skip
        claims.append(Claim(
            id=f"c{number}", type=incident["type"], trigger=trigger, statement=f"s{number}" if origin else None,
            actor=Participant(name=claim["actor"]) if claim["actor"] else None,
            target=Participant(name=claim["target"]) if claim["target"] else None,
            place=place, time=time, quantities=quantities, polarity="denied" if claim["denied"] else "affirmed",
        ))  # fmt: skip
    report = Report(
        id=key,
        original=OriginalRef(sha256="0" * 64, locator=key),
        outlet=outlet,
        text=text,
        published=_published(key, incident),
    )
    return Reading(software=SOFTWARE, report=report, statements=tuple(statements), claims=tuple(claims))


def _published(key: str, incident: dict) -> str:
    """The day the article's own text opens with; else the incident's last day (the table's column is often wrong)."""
    found = _DATE.search(_texts()[key][:60])
    if found is None:
        return incident["date"].split("/")[-1]
    return f"{found[3]}-{_MONTHS.index(found[2][:3].lower()) + 1:02}-{int(found[1]):02}"


def _said(incident: dict, key: str) -> list[tuple[dict | None, dict]]:
    said: list[tuple[dict | None, dict]] = []
    figures = [f for f in incident["figures"] if f["unit_id"] == key]
    for origin in incident["origins"]:
        if key not in origin["members"]:
            continue
        mine = [f for f in figures if f["origin"] == origin["name"]]
        blamed, own = origin["responsibility"], PARTIES.get(origin["party"])
        base = {"text": mine[0]["text"] if mine else incident["title"], "attitude": "asserts", "actor": None,
                "target": None, "denied": False, "figures": mine}  # fmt: skip
        if blamed.startswith("blames:"):
            base["actor"] = " or ".join(PARTIES[p] for p in blamed[7:].split("/"))
        if origin["responsibility"] == "admits":
            base["actor"], base["attitude"] = own, "admits" if origin["interest"] == "against_interest" else "asserts"
        if origin["occurrence"] == "admits" and origin["responsibility"] == "silent":
            base["target"] = f"{own}'s army"
        if origin["responsibility"] == "denies":
            said.append((origin, {**base, "actor": own, "denied": True, "attitude": "denies", "figures": []}))
        if origin["occurrence"] == "denies":
            said.append((origin, {**base, "actor": None, "denied": True, "attitude": "denies", "figures": []}))
        elif origin["occurrence"] in ("asserts", "admits") or blamed.startswith("blames:") or mine:
            said.append((origin, base))
    loose = [f for f in figures if f["origin"] == "unattributed"]
    if loose:
        said.append((None, {"text": loose[0]["text"], "attitude": "asserts", "actor": None, "target": None,
                            "denied": False, "figures": loose}))  # fmt: skip
    return said


def _speaker(origin: dict) -> tuple[str, str | None]:
    """The first name before a bracket or a comma, and what follows the comma as its organisation."""
    plain = re.sub(r"\s*\([^)]*\)", "", origin["name"])
    name, _, rest = plain.partition(", ")
    return name, rest or None
