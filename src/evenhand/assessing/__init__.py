"""Clusters to incidents: origins, figures, and grades by the rule table."""
