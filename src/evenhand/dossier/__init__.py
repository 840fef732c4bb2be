"""Incidents and readings to one self-contained page, and the ledger's files."""

from evenhand.dossier.page import render_page, write_page

__all__ = ["render_page", "write_page"]
