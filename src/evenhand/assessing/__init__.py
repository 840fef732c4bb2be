"""Clusters to incidents: origins, figures, and grades by the rule table."""

from evenhand.assessing.assessor import assess, assess_all
from evenhand.assessing.rules import method_table, rule_table
from evenhand.assessing.settings import AssessmentSettings, Merge, PartyOf

__all__ = ["AssessmentSettings", "Merge", "PartyOf", "assess", "assess_all", "method_table", "rule_table"]
