"""Who is who in a report: names, roles, bodies, and what "she", "the ministry" or "a monitor" stands for."""

from evenhand.reading.names.resolution import Asked, Resolved, Speaker, entities, resolve

__all__ = ["Asked", "Resolved", "Speaker", "entities", "resolve"]
