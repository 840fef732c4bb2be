"""Incidents and readings to pages that open offline, and the ledger's files."""

from evenhand.dossier.lending import Lent
from evenhand.dossier.page import Page, render, write_pages
from evenhand.dossier.renewing import Renewal

__all__ = ["Lent", "Page", "Renewal", "render", "write_pages"]
