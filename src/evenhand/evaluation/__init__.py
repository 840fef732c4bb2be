"""Scores against gold."""
