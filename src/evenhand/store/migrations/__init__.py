"""Migrations, from the first table on; each runs once, in order."""
