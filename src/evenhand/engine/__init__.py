"""Mapping a pure function over records."""
