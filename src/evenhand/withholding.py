"""A case without the names of those whom they could harm: records, pages and log, checked before they leave."""

from __future__ import annotations

import html
import io
import json
import re
import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from evenhand import __version__, assessing
from evenhand.custody import Case, Entry, manifest
from evenhand.custody.bundle import Profile, Source, Written, pack, write_logged
from evenhand.custody.disk import write_whole
from evenhand.dossier import ledger
from evenhand.dossier.links import Links
from evenhand.dossier.page import render as render_pages
from evenhand.errors import CustodyError, ExportError
from evenhand.exporting import Act, Material, render
from evenhand.model.evidence import sha256_hex
from evenhand.model.incident import CopyPair
from evenhand.model.profile import Profile as PartyProfile
from evenhand.redacting import Person, RecordRedactor, Redactor, ordinary_words
from evenhand.redacting.persons import CALLED
from evenhand.standing import LOGGED

README = """This is a redacted export of a case.

The names and details of persons whom naming could harm are replaced by pseudonyms (Witness 1, Person 2, Minor 3), the
same in every file. E-mail addresses and phone numbers are withheld, points on the map are put on a grid of a tenth of
a degree, and the people who worked on the case are called Analyst 1, 2, ...

The originals are not here. log-redacted.jsonl names those that name nobody by their SHA-256; hash, id and address of a
report that names one of these persons are withheld, as anyone could try names until the hash fits. Its entries keep the
hashes of the whole log, so that each follows the one before; their words were changed, so that only the owner, who
holds the whole entries with their salt, can show that one is as it was.
"""

# the originals are not here: their links lead to the words that say why
_LINKS = Links(original="../README.txt")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TOKEN = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{16})(?![0-9a-f])")
_JSON = (".json", ".jsonl", ".jsonld", ".geojson")
_LETTER_ESCAPES = re.compile(r"\\[nrtbf]")
_CONTEXT = re.compile(r'"(?:prefix|suffix)": "(?:[^"\\]|\\.)*+"')
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NAMED_AT_MOST = 5
_TITLE = "A redacted case"  # its own may say a name


def known_in_public(profile: PartyProfile, material: Material) -> Callable[[str], bool]:
    """Whether a name is one of a party's, an outlet's or a place's, or only a part of an organisation's.

    A person whom the case file itself names as an informant is none of these, and may have to be unnamed.
    """
    public = {name for party in profile.parties for name in (party.name, *party.names, *party.adjectives, *party.seats)}
    public |= {name for outlet in profile.outlets for name in (outlet.name, *outlet.names)}
    public |= {claim.place.name for reading in material.readings.values() for claim in reading.claims if claim.place}
    longer = {name for party in profile.parties for organ in party.organs for name in (organ.name, *organ.names)}
    longer |= {name for body in profile.organisations for name in (body.name, *body.names)}
    folded = {_plain(name) for name in public}
    parts = "\n".join(f" {_plain(name)} " for name in (*public, *longer))

    def known(name: str) -> bool:
        plain = _plain(name)
        whole = f"\n {plain} \n" in f"\n{parts}\n"
        return plain in folded or profile.owner_of(name) is not None or (f" {plain} " in parts and not whole)

    return known


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Withholding:
    """What is taken out: persons, what stands in their place, and what the people who worked on the case are called."""

    persons: tuple[Person, ...]
    pseudonyms: Mapping[str, str]
    analysts: Mapping[str, str]
    secret: bytes


def withholding_of(case: Case, persons: Sequence[Person]) -> Withholding:
    """The pseudonyms of the persons and of everyone in the log; the same person has the same one in every export.

    The key is kept in the case's private folder (`.evenhand/redaction.json`), readable by its owner, in no export.
    """
    path = case.paths.private / "redaction.json"
    try:
        key = msgspec.json.decode(path.read_bytes(), type=_Key)
    except FileNotFoundError:
        key = _Key(secret=secrets.token_hex(32))
    except msgspec.DecodeError as problem:
        raise CustodyError(f"{path}: the key of earlier redactions is damaged ({problem}); restore it") from problem
    known, analysts = dict(key.persons), dict(key.analysts)
    for person in persons:
        if person.name not in known:
            known[person.name] = f"{CALLED[person.kind]} {len(known) + 1}"
    for entry in case.log.entries():
        analysts.setdefault(entry.who, f"Analyst {len(analysts) + 1}")
    made = _Key(secret=key.secret, persons=known, analysts=analysts)
    if made != key or not path.exists():
        write_whole(path, msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    return Withholding(tuple(persons), known, analysts, bytes.fromhex(made.secret))


class _Key(msgspec.Struct):
    """What the owner keeps: who is who, and the secret of which the ids of reports that name them are made."""

    secret: str
    persons: dict[str, str] = {}
    analysts: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Redacted:
    """Records without the persons, and what took them out."""

    material: Material
    copies: tuple[CopyPair, ...]
    redactor: Redactor
    log: tuple[dict[str, Any], ...]
    hidden: frozenset[str]


def redact(material: Material, copies: Iterable[CopyPair], case: Case, withheld: Withholding) -> Redacted:
    """Redact readings, incidents, copies and the log's entries."""
    texts = (reading.report.text for reading in material.readings.values())
    redactor = Redactor(withheld.persons, withheld.pseudonyms, ordinary_words(withheld.persons, texts))
    records = RecordRedactor(redactor, withheld.secret)
    readings = records.readings(material.readings.values())
    incidents = records.incidents(material.incidents)
    records.keep_hashes(item.sha256 for item in case.items())
    entries = tuple(_entry(entry, records, withheld) for entry in case.log.entries())
    made = replace(
        material,
        readings={reading.report.id: reading for reading in readings},
        incidents=tuple(incidents),
        parties={name: redactor.string(party) for name, party in material.parties.items()},
        acts=tuple(Act(e["seq"], e["at"], e["who"], e["what"], e["payload"], e["hash"]) for e in entries),
    )
    return Redacted(made, tuple(records.copies(pair) for pair in copies), redactor, entries, records.hidden)


def _entry(entry: Entry, records: RecordRedactor, withheld: Withholding) -> dict[str, Any]:
    """An entry as it may be shown: its salt is left out, else its words could be found by trying."""
    payload = dict(entry.payload) if entry.what != LOGGED else _of_decision(entry.payload)
    for key in ("files", "files of the export", "reader", "case file"):
        payload.pop(key, None)  # hashes, and names made of ids
    if payload.pop("to", None) is not None:
        payload["to"] = "withheld"
    if payload.get("sha256") in records.named:
        payload = {key: value for key, value in payload.items() if key not in ("url", "http", "meta")}
        payload["address"] = "withheld"
    address = payload.get("address")
    if isinstance(address, str) and "://" not in address:
        payload["address"] = Path(address).name  # folders name the people who own them
    return {
        "seq": entry.seq,
        "at": entry.at,
        "who": withheld.analysts.get(entry.who, "Analyst"),
        "what": entry.what,
        "payload": _unnamed(records.plain(payload), withheld.analysts),
        "prev": entry.prev,
        "hash": entry.hash,
    }


def _of_decision(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Who decided what about which record, and why; not the record, whose positions would tell how long a name is."""
    target = payload.get("target")
    about = {key: target.get(key) for key in ("kind", "item", "report", "label")} if isinstance(target, dict) else {}
    kept = {key: payload[key] for key in ("id", "who", "at", "action", "why") if key in payload}
    return kept | {"target": about}


def _unnamed(value: Any, analysts: Mapping[str, str]) -> Any:
    """Values that are an analyst's name, wherever a decision names who made it."""
    if isinstance(value, str):
        return analysts.get(value, value)
    if isinstance(value, dict):
        return {key: _unnamed(inner, analysts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_unnamed(inner, analysts) for inner in value]
    return value


def redacted_files(redacted: Redacted, profile: PartyProfile) -> dict[str, bytes]:
    """Every file of a redacted bundle: the log, the dossier with its ledger, and all formats."""
    lines = (json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in redacted.log)
    files = {"README.txt": README.encode(), "log-redacted.jsonl": "".join(f"{line}\n" for line in lines).encode()}
    with tempfile.TemporaryDirectory(prefix="evenhand-") as folder:
        out = Path(folder)
        material = redacted.material
        pages = []
        for page in render_pages(
            readings=tuple(material.readings.values()),
            incidents=material.incidents,
            copies=redacted.copies,
            profile=replace(profile, title=_TITLE),
            rules=assessing.rule_table(),
            links=_LINKS,
        ):
            pages.append(out / page.path)
            ledger.write_text(pages[-1], page.text)
        records = [out / "ledger" / name for name in ("readings.jsonl", "incidents.jsonl")]
        ledger.write_lines(records[0], material.readings.values())
        ledger.write_lines(records[1], material.incidents)
        ledger.write_manifest(out, [*records, *pages], version=__version__, rules=assessing.rule_table().version)
        for path in sorted(path for path in out.rglob("*") if path.is_file()):
            files[f"dossier/{path.relative_to(out).as_posix()}"] = path.read_bytes()
    return files | {f"exports/{name}": data for name, data in render("all", redacted.material).items()}


def write_redacted(
    case: Case, out: Path, files: Mapping[str, bytes], *, profile: Profile = "bundle", who: str | None = None
) -> Written:
    """Write a redacted bundle, logged in the case. The files must have passed `refuse_leaks`."""
    head = case.log.head
    about = manifest.Description(
        format=manifest.REDACTED,
        head=head,
        at=case.log.entries()[head.seq - 1].at,
        title=_TITLE,
        software=f"evenhand {__version__}",
        labels={},
    )
    named = {name: (sha256_hex(data), len(data)) for name, data in files.items()}
    members: Mapping[str, Source] = pack(dict(files), named, about, profile)
    return write_logged(case, out, members, {"as": "redacted", "head": head.hash, "entries": head.seq}, who=who)


def refuse_leaks(files: Mapping[str, bytes], redactor: Redactor, hidden: frozenset[str] = frozenset()) -> None:
    """Raises ExportError when a name or detail still stands in a file, its name, or a file packed within it.

    `hidden`: hashes and ids that may stand in none of them.
    """
    found: dict[str, set[str]] = {}
    for name, data in files.items():
        for text in (name, *_readable(name, data)):
            if leaks := [*redactor.leaks(text), *(one for one in _TOKEN.findall(text) if one in hidden)]:
                found.setdefault(name, set()).update(leaks)
    if found:
        said = "; ".join(
            f"{name}: {', '.join(sorted(words)[:3])}" for name, words in list(found.items())[:_NAMED_AT_MOST]
        )
        raise ExportError(
            f"nothing was written, as names would still be in {len(found)} files ({said}). If the word is an ordinary "
            "one there, give that person `parts = false`, so that only the whole name is taken for a name"
        )


def _readable(name: str, data: bytes) -> Iterator[str]:
    """The ways in which a file's bytes can be read: as they are, unescaped, without tags, unpacked."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member
                yield from _readable(f"{name}/{member}", archive.read(member))
        return
    text = data.decode("utf-8", "replace")
    if name.endswith(_JSON):
        # "\tAl" is a tab and "Al"; what stands around a quotation is cut from a text that is searched whole
        text = (
            _CONTEXT.sub(" ", _LETTER_ESCAPES.sub(" ", text))
            if "annotations" in name
            else _LETTER_ESCAPES.sub(" ", text)
        )
    yield text
    plain = html.unescape(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
    if plain != text:
        yield plain
    if "%" in plain:
        yield unquote(plain)
    if name.endswith((".html", ".xml")):
        yield _TAG.sub("", plain)
        yield _TAG.sub(" ", plain)
