"""Decisions of people over machine readings and incidents: checked, applied, superseding, never overwriting."""

from evenhand.reviewing.grouped import OriginRuling, Regrouped, incident_of, regroup, rule_on_copies, rulings
from evenhand.reviewing.proposing import propose, undone
from evenhand.reviewing.proposing_groups import Ground, propose_group
from evenhand.reviewing.records import (
    Anchor,
    Author,
    Decision,
    Orphan,
    Proposal,
    Rejected,
    Touch,
    decision_id,
    in_force,
    version_of,
)
from evenhand.reviewing.status import SignOff, hidden, hidden_names, hidden_words, next_stage, sign_offs, surnames
from evenhand.reviewing.superseding import Superseded, located, of_report, supersede

__all__ = [
    "Anchor",
    "Author",
    "Decision",
    "Ground",
    "OriginRuling",
    "Orphan",
    "Proposal",
    "Regrouped",
    "Rejected",
    "SignOff",
    "Superseded",
    "Touch",
    "decision_id",
    "hidden",
    "hidden_names",
    "hidden_words",
    "in_force",
    "incident_of",
    "located",
    "next_stage",
    "of_report",
    "propose",
    "propose_group",
    "regroup",
    "rule_on_copies",
    "rulings",
    "sign_offs",
    "supersede",
    "surnames",
    "undone",
    "version_of",
]  # fmt: skip
