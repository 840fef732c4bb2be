"""A real PostgreSQL for the tests: Debian's server, started on a free port of the loopback as a user that is not root."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


BINARIES = _binaries()
needs_postgres = pytest.mark.skipif(BINARIES is None, reason="PostgreSQL is not installed (apt install postgresql)")


@cache
def server() -> str:
    """The address of a server that lives as long as this test process, without a database name."""
    assert BINARIES is not None
    folder = Path(tempfile.mkdtemp(prefix="evenhand-pg-"))
    as_user: list[str] = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*words: str) -> None:
        done = subprocess.run([*as_user, *words], cwd="/", capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr

    run(
        str(BINARIES / "initdb"),
        "-D",
        f"{folder}/data",
        "-U",
        "evenhand",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=60"
    run(str(BINARIES / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")

    def stop() -> None:
        subprocess.run(
            [*as_user, str(BINARIES / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop"],
            cwd="/",
            capture_output=True,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://evenhand@127.0.0.1:{port}"


_made = 0


def database() -> str:
    """The address of a fresh, empty database."""
    import psycopg

    global _made
    _made += 1
    name = f"test_{os.getpid()}_{_made}"
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server()}/{name}"
