"""Who is who in a report: names, roles, bodies, and what "she", "the ministry" or "a monitor" stands for."""

from evenhand.reading.names.entities import entities
from evenhand.reading.names.resolution import Asked, Resolved, Speaker, resolve
from evenhand.reading.names.tokens import Named

__all__ = ["Asked", "Named", "Resolved", "Speaker", "entities", "resolve"]
