"""Incidents and readings to one self-contained page."""
