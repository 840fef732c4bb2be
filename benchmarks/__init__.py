"""Measurements: quality against gold with floors that only rise, and speed."""
