"""The working state of a case, behind a small protocol."""
