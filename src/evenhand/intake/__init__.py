"""Paths to originals to reports: formats, archives, encoding, pages, tables, datelines, dates."""

from evenhand.intake.meta import absent_rows, load_meta
from evenhand.intake.reports import receive, receive_each
from evenhand.intake.settings import IntakeSettings, Meta, MetaRow, Outlets
from evenhand.intake.sources import originals
from evenhand.intake.tables import parse_columns

__all__ = [
    "IntakeSettings", "Meta", "MetaRow", "Outlets", "absent_rows", "load_meta", "originals", "parse_columns", "receive",
    "receive_each",
]  # fmt: skip
