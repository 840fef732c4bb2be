"""Incidents and readings to pages that open offline, and the ledger's files."""

from evenhand.dossier.page import Page, render, write_pages
from evenhand.dossier.renewing import Renewal

__all__ = ["Page", "Renewal", "render", "write_pages"]
