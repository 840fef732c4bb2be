"""The packaged `world` profile, and a user's case file merged into it.

A case file is TOML with lists of tables: `[[outlets]]`, `[[parties]]` (with `[[parties.organs]]` and
`[[parties.persons]]`), `[[organisations]]`, `[[ties]]`, `[[wording]]`, `[[places]]`, and `[case]` (title, about).
An entry whose id is already there replaces the keys it gives and keeps the rest; `remove = true` takes it out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from evenhand.errors import CaseError
from evenhand.model.profile import (
    CasePlace,
    LoadedWord,
    Organ,
    Organisation,
    OrganWords,
    Outlet,
    Party,
    Person,
    Profile,
    Tie,
)
from evenhand.profiles.tables import record

_KINDS: dict[str, tuple[type, str]] = {
    "outlets": (Outlet, "id"),
    "parties": (Party, "id"),
    "organisations": (Organisation, "id"),
    "ties": (Tie, "between"),
    "wording": (LoadedWord, "word"),
    "places": (CasePlace, "name"),
}
_NESTED: dict[str, type] = {"organs": Organ, "persons": Person}
_COMPUTED = ("allies", "adversaries")
_CASE_KEYS = ("title", "about")
Tables = dict[str, dict[str, tuple[dict[str, Any], str]]]
Item = TypeVar("Item")


@cache
def world() -> Profile:
    """The packaged profile of the wars of our time. Raises CaseError if the package data is damaged."""
    return load_profile(files("evenhand.profiles") / "world")


def load_profile(folder: Traversable) -> Profile:
    """The profile of all TOML files under `folder`; `words.toml` there holds the organ words. Raises CaseError."""
    tables: Tables = {kind: {} for kind in _KINDS}
    words = OrganWords()
    for name, content in sorted(_toml_files(folder, folder.name)):
        parsed = _parse(content, name)
        if name.endswith("/words.toml"):
            words = _organ_words(parsed, name)
        else:
            _merge(tables, parsed, name, override=False)
    return _profile(tables, words)


def load_case(profile: Profile, path: Path) -> Profile:
    """`profile` with the case file at `path` merged into it. Raises CaseError, naming the file and the key."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CaseError(f"{path}: cannot be read ({error.strerror})") from error
    return with_case(profile, _parse(content, str(path)), str(path))


def with_case(
    profile: Profile, case_table: Mapping[str, Any], name: str = "case file", *, elsewhere: Iterable[str] = ()
) -> Profile:
    """`profile` with a parsed case file merged into it; `elsewhere` names top-level tables that other parts read.

    Raises CaseError, whose message begins with `name`.
    """
    tables = _tables_of(profile)
    own = {key: value for key, value in case_table.items() if key not in set(elsewhere)}
    about = own.pop("case", {})
    for key in about if isinstance(about, Mapping) else ("case",):
        if key not in _CASE_KEYS:
            raise CaseError(f"{name}: case: unknown key {key!r}; known are: {', '.join(_CASE_KEYS)}")
    _merge(tables, own, name, override=True)
    title = about.get("title", profile.title)
    if not isinstance(title, str):
        raise CaseError(f"{name}: case: title must be text")
    try:
        return replace(_profile(tables, profile.words), title=" ".join(title.split()))
    except CaseError as error:  # what it breaks may stand in the packaged profile: name the file all the same
        raise error if str(error).startswith(name) else CaseError(f"{name}: {error}") from error


# --- reading tables ---------------------------------------------------------------------------------------------


def _toml_files(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _toml_files(item, f"{prefix}/{item.name}")
        elif item.name.endswith(".toml"):
            yield f"{prefix}/{item.name}", item.read_bytes()


def _parse(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CaseError(f"{name}: not TOML in UTF-8: {error}") from error


def _organ_words(parsed: Mapping[str, Any], name: str) -> OrganWords:
    table = dict(parsed)
    organs = table.pop("organs", {})
    if not isinstance(organs, Mapping):
        raise CaseError(f"{name}: organs must be a table of kind = [phrases]")
    pairs = tuple((phrase, kind) for kind, phrases in organs.items() for phrase in phrases)
    return replace(record(OrganWords, table, name), organs=pairs)


def _merge(tables: Tables, parsed: Mapping[str, Any], name: str, *, override: bool) -> None:
    for kind, items in parsed.items():
        if kind not in _KINDS:
            raise CaseError(f"{name}: unknown key {kind!r}; known are: case, {', '.join(_KINDS)}")
        if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
            raise CaseError(f"{name}: {kind} must be a list of tables, each written [[{kind}]]")
        for number, item in enumerate(items):
            _merge_item(tables[kind], dict(item), f"{name}: {kind}", _KINDS[kind][1], number, override)


def _merge_item(
    there: dict[str, tuple[dict[str, Any], str]],
    item: dict[str, Any],
    where: str,
    id_key: str,
    number: int,
    override: bool,
) -> None:
    if not item.get(id_key):
        raise CaseError(f"{where}[{number}]: the key {id_key!r} is missing")
    key = _identity(item, id_key)
    where = f"{where}.{key}"
    for computed in _COMPUTED:
        if computed in item:
            raise CaseError(f"{where}: {computed} follow from [[ties]]; write one with between, kind and source")
    if not override and key in there:
        raise CaseError(f"{where}: {id_key} is already used in {there[key][1]}")
    if override and "remove" in item:
        if item["remove"] is not True or len(item) > 2 + ("kind" in item and id_key == "between"):
            raise CaseError(f"{where}: remove = true stands alone with {id_key}")
        if there.pop(key, None) is None:
            raise CaseError(f"{where}: nothing to remove: no such {id_key}")
        return
    there[key] = ({**there[key][0], **item} if key in there else item, where)


def _identity(item: Mapping[str, Any], id_key: str) -> str:
    value = item[id_key]
    if id_key != "between":
        return str(value)
    ends = sorted(map(str, value)) if isinstance(value, list) else [str(value)]
    return " + ".join([*ends, str(item.get("kind", "?"))])


# --- tables → profile, and back for merging ---------------------------------------------------------------------


def _profile(tables: Tables, words: OrganWords) -> Profile:
    ties = _records(tables, "ties", Tie)
    parties = _records(tables, "parties", Party)
    known = {party.id for party in parties}
    ties = tuple(tie for tie in ties if _both_known(tie, known, tables))
    outlets = _records(tables, "outlets", Outlet)
    organisations = _records(tables, "organisations", Organisation)
    for kind, owned in (("outlets", outlets), ("organisations", organisations)):
        for item in owned:
            if item.party is not None and item.party not in known:
                raise CaseError(f"{tables[kind][item.id][1]}: party {item.party!r} is not in the profile")
    for body in organisations:
        if body.party and not body.reason:
            raise CaseError(f"{tables['organisations'][body.id][1]}: a party needs a reason")
    for party in parties:
        _check_party(party, tables["parties"][party.id][1])
    return Profile(
        outlets=outlets,
        parties=tuple(_with_ties(party, ties) for party in parties),
        organisations=organisations,
        ties=ties,
        wording=_records(tables, "wording", LoadedWord),
        places=_records(tables, "places", CasePlace),
        words=words,
    )


def _records(tables: Tables, kind: str, of: type[Item]) -> tuple[Item, ...]:
    nested = _NESTED if of is Party else {}
    return tuple(record(of, table, where, nested) for table, where in tables[kind].values())


def _both_known(tie: Tie, known: set[str], tables: Tables) -> bool:
    for party in tie.between:
        if party not in known:
            where = tables["ties"][" + ".join([*sorted(tie.between), tie.kind])][1]
            raise CaseError(f"{where}: between: party {party!r} is not in the profile")
    if tie.between[0] == tie.between[1]:
        raise CaseError(f"ties.{tie.between[0]}: a party has no tie with itself")
    return True


def _check_party(party: Party, where: str) -> None:
    organs = [organ.id for organ in party.organs]
    if len(set(organs)) < len(organs):
        raise CaseError(f"{where}.organs: an id is used twice")
    for person in party.persons:
        if person.organ is not None and person.organ not in organs:
            raise CaseError(f"{where}.persons: {person.name}: organ {person.organ!r} is not among its organs")


def _with_ties(party: Party, ties: Iterable[Tie]) -> Party:
    others: dict[str, list[str]] = {"allies": [], "adversaries": []}
    for tie in ties:
        if party.id in tie.between:
            other = tie.between[1] if tie.between[0] == party.id else tie.between[0]
            others[tie.kind].append(other)
    return replace(party, allies=tuple(others["allies"]), adversaries=tuple(others["adversaries"]))


def _tables_of(profile: Profile) -> Tables:
    tables: Tables = {}
    for kind, (_, id_key) in _KINDS.items():
        items = [_as_table(item) for item in getattr(profile, kind)]
        tables[kind] = {_identity(item, id_key): (item, f"profile: {kind}.{_identity(item, id_key)}") for item in items}
    return tables


def _as_table(item: Any) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for name in item.__dataclass_fields__:
        value = getattr(item, name)
        if value is None or name in _COMPUTED:
            continue
        if isinstance(value, tuple):
            value = [_as_table(part) if hasattr(part, "__dataclass_fields__") else part for part in value]
        table[name] = value
    return table
