"""The workbench under load: time a page, reviewers at once, kills. Loopback only; counts and time are bounded."""
