"""The one table that says what each claim type is called by ACLED, PLOVER and UCDP."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TypeCodes:
    """A ledger type with its codes.

    `acled_event`, `acled_sub_event` as in ACLED's codebook, `plover_event` and `plover_mode` as in PLOVER's manual
    of 2021 (mode null where PLOVER has none), `ucdp` the UCDP types of violence (1 state-based, 2 non-state,
    3 one-sided) that it can be, by who does it to whom; empty when UCDP GED does not code it. `note` says what is
    lost in the mapping.
    """

    type: str
    words: str
    acled_event: str | None
    acled_sub_event: str | None
    plover_event: str | None
    plover_mode: str | None
    ucdp: tuple[int, ...]
    note: str | None


@lru_cache(maxsize=1)
def claim_types() -> tuple[TypeCodes, ...]:
    """The table in the ledger's order, from `data/types.toml`."""
    rows = tomllib.loads((files("evenhand.reading.claims") / "data" / "types.toml").read_text("utf-8"))["type"]
    return tuple(
        TypeCodes(
            type=row["type"],
            words=row["words"],
            acled_event=row.get("acled_event"),
            acled_sub_event=row.get("acled_sub_event"),
            plover_event=row.get("plover_event"),
            plover_mode=row.get("plover_mode"),
            ucdp=tuple(row.get("ucdp", ())),
            note=row.get("note"),
        )
        for row in rows
    )
