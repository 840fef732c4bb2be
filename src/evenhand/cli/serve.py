"""`evenhand serve` and `evenhand user`: the workbench, alone or for a team."""

from __future__ import annotations

import getpass
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from evenhand.assessing import AssessmentSettings
from evenhand.casework import store_of
from evenhand.cli import options
from evenhand.custody import open_case
from evenhand.errors import UsageError
from evenhand.settings import read_case

if TYPE_CHECKING:
    from evenhand.workbench.accounts import Accounts
    from evenhand.workbench.bench import Workbench

SERVE = """\b
Examples:
  evenhand serve aleppo-2016                                     alone, on this machine; open the address it prints
  evenhand serve aleppo-2016 --port 8100 --as "M. Haddad"
  evenhand serve aleppo-2016 --host 0.0.0.0 --name https://review.example.org    a team, behind its own HTTPS

Alone, it answers only on this machine, and the address it prints opens it once. With accounts (evenhand user add)
everyone signs in, and it may listen elsewhere: put a web server with HTTPS before it and name its address with --name.
"""

USER = """\b
Examples:
  evenhand user add aleppo-2016 amira --role reviewer            asks for the first password
  evenhand user role aleppo-2016 amira editor
  evenhand user disable aleppo-2016 amira
  evenhand user totp aleppo-2016 amira                           a second factor; prints the address for the app
  evenhand user list aleppo-2016

Roles: reader (looks), reviewer (corrects), editor (also signs), admin (also accounts). Whoever leaves is disabled: what
they decided stays in the log under their name.
"""

FOLDER = click.Path(path_type=Path, file_okay=False)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command(epilog=SERVE, short_help="Review, correct and sign a case in the browser.")
@click.argument("folder", metavar="CASE", type=FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; another needs accounts.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any free one.")
@click.option("--name", "names", multiple=True, metavar="URL", help="Address under which it is reached from outside.")
@click.option("--as", "who", metavar="NAME", help="Who works alone, for the log (default: your user name).")
def serve(folder: Path, host: str, port: int, names: tuple[str, ...], who: str | None) -> None:
    """Serve the workbench of a case: review queue, reports, incidents, search, sign-off, and the same as an API."""
    import uvicorn  # noqa: PLC0415 - other commands need no server

    from evenhand.workbench.accounts import Accounts  # noqa: PLC0415
    from evenhand.workbench.app import about_to_serve, make_app  # noqa: PLC0415

    bench = open_bench(folder)
    accounts = Accounts(bench.store.engine)
    team = accounts.any()
    if host not in _LOOPBACK and not team:
        raise UsageError("to listen on another address than 127.0.0.1, make accounts first: evenhand user add")
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as problem:
        raise UsageError(f"{host}:{port}: cannot listen there ({problem.strerror}); choose another --port") from problem
    port = sock.getsockname()[1]
    hosts = [f"{one}:{port}" for one in ("127.0.0.1", "localhost", "[::1]")] + [_host_of(one) for one in names]
    secure = any(one.startswith("https://") for one in names)
    alone = None if team else (who or getpass.getuser())
    app = make_app(bench, accounts, hosts=hosts, alone=alone, secure=secure)
    address = names[0].rstrip("/") if names else f"http://127.0.0.1:{port}"
    token = f"?token={app.state.door.token}" if alone is not None else ""
    click.echo(f"{bench.desk.title}: {len(bench.desk.keys):,} reports, {len(bench.desk.piles.clusters):,} incidents.")
    click.echo(f"Open {address}/{token}")
    click.echo("Stop with Ctrl-C. Every decision is kept the moment it is taken.", err=True)
    sys.stdout.flush()
    about_to_serve()
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=bool(names),
                            timeout_graceful_shutdown=3)  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[sock])
    finally:
        bench.close()


def open_bench(folder: Path) -> Workbench:
    """The workbench over a case folder. Raises StoreError when nothing was assessed yet."""
    from evenhand.store.database import open_store  # noqa: PLC0415
    from evenhand.workbench.bench import Workbench  # noqa: PLC0415

    case = open_case(folder)
    toml = case.paths.toml if case.paths.toml.exists() else None
    store = open_store(store_of(case))
    bench = Workbench(case, store, options.profile_of(toml), AssessmentSettings.from_case(read_case(toml)))
    bench.open(_progress)
    return bench


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 500 == 0 or done == total):
        click.echo(f"\rtaking up {done:,} of {total:,} reports", err=True, nl=done == total)


def _host_of(address: str) -> str:
    found = urlsplit(address)
    if found.scheme not in {"http", "https"} or not found.netloc:
        raise UsageError(f"--name {address}: give the address as https://review.example.org")
    return found.netloc


@click.group(epilog=USER, short_help="Who works on a case.")
def user() -> None:
    """Accounts of a case: add, role, disable, enable, password, totp, list."""


_NAME = click.argument("name", metavar="NAME")
_CASE = click.argument("folder", metavar="CASE", type=FOLDER)
_ROLES = click.Choice(["reader", "reviewer", "editor", "admin"])


def _accounts(folder: Path) -> Accounts:
    from evenhand.store.database import open_store  # noqa: PLC0415
    from evenhand.workbench.accounts import Accounts  # noqa: PLC0415

    return Accounts(open_store(store_of(open_case(folder))).engine)


def _log(folder: Path, name: str, did: str, **more: str) -> None:
    open_case(folder).log.append("account", {"name": name, "did": did, **more}, who=options.by())


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password (10 characters or more)", hide_input=True, confirmation_prompt=True))


@user.command(epilog=USER)
@_CASE
@_NAME
@click.option("--role", type=_ROLES, default="reviewer", show_default=True, help="What they may do.")
@options.BY
def add(folder: Path, name: str, role: str) -> None:
    """Make an account; the password is asked for, or read from standard input."""
    _accounts(folder).add(name, role, _password())
    _log(folder, name, "added", role=role)
    click.echo(f"{name}: {role}.")


@user.command("role", epilog=USER)
@_CASE
@_NAME
@click.argument("role", type=_ROLES)
@options.BY
def set_role(folder: Path, name: str, role: str) -> None:
    """Give an account another role."""
    _accounts(folder).set_role(name, role)
    _log(folder, name, "role", role=role)
    click.echo(f"{name}: {role}.")


@user.command(epilog=USER)
@_CASE
@_NAME
@options.BY
def disable(folder: Path, name: str) -> None:
    """Shut an account: its sessions and tokens end, its decisions stay."""
    _accounts(folder).disable(name)
    _log(folder, name, "disabled")
    click.echo(f"{name}: disabled; their decisions stay.")


@user.command(epilog=USER)
@_CASE
@_NAME
@options.BY
def enable(folder: Path, name: str) -> None:
    """Open a shut account again."""
    _accounts(folder).disable(name, disabled=False)
    _log(folder, name, "opened")
    click.echo(f"{name}: enabled.")


@user.command(epilog=USER)
@_CASE
@_NAME
@options.BY
def password(folder: Path, name: str) -> None:
    """Set another password; all their sessions end."""
    _accounts(folder).set_password(name, _password())
    _log(folder, name, "password")
    click.echo(f"{name}: password set.")


@user.command(epilog=USER)
@_CASE
@_NAME
@click.option("--off", is_flag=True, help="Ask for no second factor any more.")
@options.BY
def totp(folder: Path, name: str, off: bool) -> None:
    """Ask for a second factor (TOTP); prints the address for the app that makes the codes."""
    accounts = _accounts(folder)
    if off:
        accounts.no_totp(name)
        click.echo(f"{name}: no second factor.")
    else:
        click.echo(accounts.new_totp(name))
    _log(folder, name, "second factor off" if off else "second factor on")


@user.command("list", epilog=USER)
@_CASE
def list_people(folder: Path) -> None:
    """List the accounts of a case."""
    for one in _accounts(folder).people():
        state = "disabled" if one["disabled"] else str(one["role"])
        click.echo(f"{one['name']}\t{state}\t{'second factor' if one['totp'] else ''}".rstrip())
