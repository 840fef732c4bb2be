"""The command line: one function a command; everything it does lives in the stages."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import NoReturn

import click

from evenhand import __version__
from evenhand.cli import ask, assess, audit, case, evaluate, export, look_up, read, serve, train, watch
from evenhand.errors import EvenhandError, UsageError

# Exit codes: 0 all read, 2 wrong usage, 3 some reports could not be read, 1 any other failure, 130 stopped.
USAGE, FAILED, STOPPED = 2, 1, 128 + signal.SIGINT

EXAMPLES = """\b
Examples:
  evenhand assess reports/ -o dossier/       a folder of reports in, a dossier out
  evenhand read story.txt --jsonl -          what one report says, as JSON on stdout
  evenhand who "Maria Zakharova"             whose a source is held to be, and why
  evenhand method                            the rules by which questions are graded

Every command has --help with examples. Nothing leaves this machine, and the network is asked only for addresses
that you give (a page, a feed, a time-stamp server, a served case).
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="evenhand")
def cli() -> None:
    """Read what every side reports about an armed conflict, and see how it stands.

    What is established, what is contested, and what only one side says: each with who said it, on whose word,
    and the exact words.
    """


cli.add_command(assess.assess)
cli.add_command(audit.audit_command)
cli.add_command(read.read)
cli.add_command(case.init)
cli.add_command(case.add)
cli.add_command(case.list_items)
cli.add_command(case.remove)
cli.add_command(case.verify)
cli.add_command(case.stamp)
cli.add_command(watch.watch)
cli.add_command(export.export)
cli.add_command(export.import_)
cli.add_command(serve.serve)
cli.add_command(ask.ask)
cli.add_command(ask.decide)
cli.add_command(ask.undo)
cli.add_command(serve.user)
cli.add_command(export.persons)
cli.add_command(look_up.who)
cli.add_command(look_up.types)
cli.add_command(look_up.method)
cli.add_command(look_up.gazetteer)
cli.add_command(look_up.completion)
cli.add_command(evaluate.evaluate)
cli.add_command(train.train)


def main() -> NoReturn:
    """Run the command line; errors we know become one clear message, never a traceback."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        click.echo(f"evenhand: stopped. {_after_stop(sys.argv[1:2])}", err=True)
        sys.exit(STOPPED)
    except click.ClickException as problem:
        problem.show()
        sys.exit(USAGE if isinstance(problem, click.UsageError) else FAILED)
    except UsageError as problem:
        click.echo(f"evenhand: {problem}", err=True)
        sys.exit(USAGE)
    except EvenhandError as problem:
        click.echo(f"evenhand: {problem}", err=True)
        sys.exit(FAILED)
    except OSError as problem:
        click.echo(f"evenhand: {_of_the_system(problem)}", err=True)
        _give_up_stdout()
        sys.exit(FAILED)


def _after_stop(command: list[str]) -> str:
    if command == ["assess"]:
        return "What was read is kept: the same command goes on from here."
    return "Lines written so far are whole; the same command starts anew."


def _of_the_system(problem: OSError) -> str:
    """What the system refused, where, and what to do about it."""
    where = f"{problem.filename}: " if problem.filename else "the output cannot be written: "
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        cure = "make room on the disk and run the same command again"
    elif problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        cure = "change its rights, or name another place"
    else:
        cure = "check the path"
    return f"{where}{(problem.strerror or str(problem)).lower()}; {cure}"


def _give_up_stdout() -> None:
    """What is still waiting for a full or closed output goes nowhere, else Python complains of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
