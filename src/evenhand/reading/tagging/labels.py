"""The label sets of the network's heads, shared by training and reading."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
ROLE_TAGS = ("O", *(f"{p}-{r}" for r in ROLES for p in "BI"))
NAME_KINDS = ("person", "organisation", "place", "people", "weapon", "facility", "quantity", "time")
NAME_TAGS = ("O", *(f"{p}-{k}" for k in NAME_KINDS for p in "BI"))
LINK_SIZE = 64
LINKS = ("cue_source", "content_cue", "content_source")  # asking role, answering role
DISTANCES = 17  # signed log2 buckets of the distance in pieces
RANKS = 5  # how many nearer candidates stand before this one, 4 = more

# Columns of the network's single output matrix, in order.
COLUMNS: dict[str, slice] = {}
_at = 0
for _name, _size in (
    ("outer", len(ROLE_TAGS)),
    ("inner", len(ROLE_TAGS)),
    ("names", len(NAME_TAGS)),
    ("denial", 1),
    *((f"{link}.{side}", LINK_SIZE) for link in LINKS for side in ("query", "key")),
):
    COLUMNS[_name] = slice(_at, _at + _size)
    _at += _size
WIDTH = _at


def follows(tags: tuple[str, ...]) -> list[list[bool]]:
    """Whether tag b, in row a column b, may stand right after tag a (I- only after its own B- or I-)."""
    return [[not b.startswith("I-") or a[2:] == b[2:] for b in tags] for a in tags]
