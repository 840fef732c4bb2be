"""Readings to copies and clusters of claims about one happening."""

from evenhand.grouping.clusters import cluster
from evenhand.grouping.copies import CopyIndex, CopySettings, compare, groups
from evenhand.grouping.incidents import settle_ids

__all__ = ["CopyIndex", "CopySettings", "cluster", "compare", "groups", "settle_ids"]
