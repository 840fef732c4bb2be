"""The proof of even-handedness: exchange two names everywhere, run again, and compare what comes out.

Above `flow` in the import contract: it runs the stages twice, over the reports as they are and over the same reports
with two parties (or two outlets) exchanged in words, metadata and profile, maps the second outcome back, and lists
what differs.
"""

from evenhand.audit.journey import Case, audit, audit_pair
from evenhand.audit.page import render_page
from evenhand.audit.records import Audit, PairAudit

__all__ = ["Audit", "Case", "PairAudit", "audit", "audit_pair", "render_page"]
