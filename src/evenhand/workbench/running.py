"""Work on the whole case that a server is asked for: originals in, an assessment, an export, as on the command line."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from evenhand.casework import SOFTWARE, media_type
from evenhand.custody import open_case
from evenhand.custody.case import NewItem
from evenhand.errors import RefusedError
from evenhand.model.evidence import Record
from evenhand.model.report import Original
from evenhand.workbench.building import stamp

_RUN = (sys.executable, "-c", "from evenhand.cli import main; main()")
_TAIL = 4000
_EXPORT_SECONDS = 900
_NAMES = frozenset(("url", "outlet", "title", "published", "language"))


class Assessing(Record, frozen=True, kw_only=True):
    """How an assessment that was asked for stands: `said` is the end of what it told."""

    state: str = "none"  # none | running | done | failed
    who: str | None = None
    at: str | None = None
    exit: int | None = None
    said: str = ""


class Runner:
    """Runs `evenhand` on a case in a process of its own, one assessment at a time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self.now = Assessing()

    def assess(self, who: str) -> Assessing:
        """Start an assessment. Raises RefusedError while one is running."""
        with self._lock:
            if self.now.state == "running":
                raise RefusedError(f"an assessment is running, asked for by {self.now.who} at {self.now.at}")
            self.now = Assessing(state="running", who=who, at=stamp())
            threading.Thread(target=self._assess, args=(who,), name="evenhand-assessing", daemon=True).start()
            return self.now

    def _assess(self, who: str) -> None:
        try:
            done = _evenhand("assess", str(self._root), "--by", who)
            code, said = done.returncode, (done.stdout + done.stderr)[-_TAIL:]
        except OSError as problem:
            code, said = 1, str(problem)
        state = "done" if code in (0, 3) else "failed"
        self.now = Assessing(state=state, who=self.now.who, at=stamp(), exit=code, said=said)

    def add(self, original: Original, meta: dict[str, str], who: str) -> dict[str, object]:
        """Keep one original in the case, logged with who sent it. Raises RefusedError on a column that is none."""
        unknown = sorted(set(meta) - _NAMES)
        if unknown:
            raise RefusedError(f"{', '.join(unknown)}: no such column; there are {', '.join(sorted(_NAMES))}")
        new = NewItem(
            file=original.file, media_type=media_type(original.data, original.file), software=SOFTWARE,
            method="sent to the server of the case", meta=meta or None,
        )  # fmt: skip
        state, item = open_case(self._root).add(original.data, new, who=who)
        return {"state": state, "sha256": item.sha256, "version": item.version}

    def export(self, form: str, who: str, options: Sequence[str]) -> Response:
        """What `evenhand export` writes, as one ZIP. Raises RefusedError with its words when it does not succeed."""
        folder = tempfile.TemporaryDirectory(prefix="evenhand-export-")
        out = Path(folder.name) / f"evenhand-{form}.zip"
        try:
            done = _evenhand(
                "export", str(self._root), "--as", form, "-o", str(out), "--by", who, *options, seconds=_EXPORT_SECONDS
            )
        except subprocess.TimeoutExpired as problem:
            folder.cleanup()
            raise RefusedError(f"not done after {_EXPORT_SECONDS} seconds; export it where the case is") from problem
        if done.returncode:
            folder.cleanup()
            raise RefusedError(done.stderr.strip().removeprefix("evenhand: ")[-_TAIL:] or "the export failed")
        cleaned = BackgroundTask(folder.cleanup)
        return FileResponse(out, media_type="application/octet-stream", filename=out.name, background=cleaned)


def _evenhand(*words: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program, no shell; the words were checked
        [*_RUN, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
