"""Incidents and readings to pages that open offline, and the ledger's files."""

from evenhand.dossier.page import Page, render, write_pages

__all__ = ["Page", "render", "write_pages"]
