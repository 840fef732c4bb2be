"""The ledger in the formats of others: pure functions from records to files' bytes, nothing weighed anew."""

from evenhand.exporting.formats import FORMATS, Files, render
from evenhand.exporting.material import Act, Codes, Material

__all__ = ["FORMATS", "Act", "Codes", "Files", "Material", "render"]
