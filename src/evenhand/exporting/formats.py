"""Every format by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenhand.exporting import acled, ftm, geojson, plover, prov, tables, ucdp, web_annotations
from evenhand.exporting.material import Material

Files = dict[str, bytes]
"""File name → bytes."""

FORMATS: Mapping[str, tuple[str, Callable[[Material, bool], Files]]] = {
    "csv": (
        "tables for people and programs, the records as JSONL beside them",
        lambda m, raw: tables.csv_files(m, raw=raw),
    ),
    "xlsx": ("the same tables as one workbook", lambda m, _: tables.xlsx_files(m)),
    "annotations": (
        "W3C Web Annotations: every claim with its exact words",
        lambda m, _: {"annotations.jsonld": web_annotations.render(m)},
    ),
    "geojson": ("incidents on a map (RFC 7946)", lambda m, _: {"incidents.geojson": geojson.render(m)}),
    "ucdp": ("the columns of UCDP GED", lambda m, raw: {"ucdp_like.csv": ucdp.render(m, raw=raw)}),
    "acled": ("the columns of ACLED", lambda m, raw: {"acled_like.csv": acled.render(m, raw=raw)}),
    "ftm": ("FollowTheMoney entities (OpenAleph, Datashare)", lambda m, _: {"entities.ftm.json": ftm.render(m)}),
    "plover": ("PLOVER events", lambda m, _: {"plover.jsonl": plover.render(m)}),
    "prov": ("lineage in PROV-O", lambda m, _: {"lineage.jsonld": prov.render(m)}),
}


def render(name: str, material: Material, *, raw: bool = False) -> Files:
    """The files of a format; `all` gives every format's in a folder of its own. The same records, the same bytes.

    Raises ExportError when a record does not fit its report; KeyError for a format that there is not.
    """
    if name == "all":
        every = {one: render(one, material, raw=raw) for one in FORMATS}
        return {f"{one}/{file}": data for one, files in every.items() for file, data in files.items()}
    return FORMATS[name][1](material, raw)
