"""Paths to originals to reports: encoding, HTML, tables, datelines, dates."""

from evenhand.intake.meta import load_meta
from evenhand.intake.reports import receive, receive_each
from evenhand.intake.settings import IntakeSettings, Meta, MetaRow, Outlets
from evenhand.intake.sources import originals
from evenhand.intake.tables import parse_columns

__all__ = [
    "IntakeSettings", "Meta", "MetaRow", "Outlets", "load_meta", "originals", "parse_columns", "receive",
    "receive_each",
]  # fmt: skip
