"""`python -m evenhand`: the same command line where the installed script is not on the path."""

from evenhand.cli import cli

if __name__ == "__main__":  # worker processes import this module, too, and must not start a run of their own
    cli(prog_name="evenhand")
