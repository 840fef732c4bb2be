"""A case folder that lasts: originals under their hashes, a hash-chained log of all that is done, and their check."""

from evenhand.custody.case import Case, CasePaths, create_case, is_case, open_case
from evenhand.custody.entries import Entry
from evenhand.custody.items import Item
from evenhand.custody.tree import Finding
from evenhand.custody.verify import Verified, verify

__all__ = [
    "Case", "CasePaths", "Entry", "Finding", "Item", "Verified", "create_case", "is_case", "open_case", "verify",
]  # fmt: skip
