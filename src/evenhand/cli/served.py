"""`evenhand add`, `assess` and `export` on a case that a server serves: what is sent, what comes back."""

from __future__ import annotations

import base64
import io
import json
import os
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from evenhand.casework import is_url
from evenhand.custody.disk import write_whole
from evenhand.errors import UsageError
from evenhand.handover import write_files
from evenhand.intake import Meta, originals
from evenhand.model.report import Original, Received
from evenhand.workbench.caller import ServedCase

_ASK_AGAIN = 1.0
_EXPORT_SECONDS = 1000


def there(address: str) -> ServedCase:
    """The served case, asked with the token in EVENHAND_TOKEN."""
    return ServedCase(address, os.environ.get("EVENHAND_TOKEN", ""))


def send(address: str, paths: Sequence[str], meta: Meta) -> Iterator[tuple[str, str, str]]:
    """Send every file under the paths; (name, what became of it, why not) of each."""
    case = there(address)
    urls = [path for path in paths if is_url(path)]
    if urls:
        raise UsageError(f"{urls[0]}: what is on the web is fetched where the case is: run evenhand add there")
    for found in originals(paths, stdin=sys.stdin.buffer):
        if isinstance(found, Received):
            why = found.unread.why if found.unread else "cannot be read"
            yield found.report.file or "", "", why
            continue
        answer = json.loads(case.call("POST", "/originals", {}, _sent(found, meta), seconds=300))
        yield found.file, str(answer["state"]), ""


def _sent(found: Original, meta: Meta) -> dict[str, Any]:
    row = {key: value for key, value in asdict(meta.of(found.path, found.file)).items() if value is not None}
    return {"file": found.file, "data": base64.b64encode(found.data).decode(), "meta": row}


def assess(address: str) -> int:
    """Have the case assessed where it is, wait for the end, print what it said; returns its exit code."""
    case = there(address)
    state = json.loads(case.call("POST", "/assessment", {}))
    while state["state"] == "running":
        time.sleep(_ASK_AGAIN)
        state = json.loads(case.call("GET", "/assessment", {}))
    click.echo(state["said"].rstrip())
    return int(state["exit"] or 0)


def export(address: str, out: Path, asked: dict[str, Any]) -> None:
    """Fetch an export: a bundle as it is, a format as a file, a folder or a ZIP, as the name of `out` says."""
    data = there(address).call("POST", "/export", {}, asked, seconds=_EXPORT_SECONDS)
    if asked["form"] in ("bundle", "bagit") or out.suffix.lower() == ".zip":
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, data)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            write_files(out, {name: packed.read(name) for name in packed.namelist() if not name.endswith("/")})
    click.echo(f"{out}: as {asked['form']}, from {address}", err=True)
