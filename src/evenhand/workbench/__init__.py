"""The workbench: a case in the browser, for one person or a team, and the same as an API."""
