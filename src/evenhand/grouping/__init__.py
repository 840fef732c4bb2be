"""Readings to copies and clusters of claims about one happening."""
