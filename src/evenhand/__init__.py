"""evenhand: what every side reports about an armed conflict, and how it stands, with the receipts."""

__version__ = "0.1.0"
