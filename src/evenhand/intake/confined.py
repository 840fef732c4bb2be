"""Parsers of hostile bytes, run in a process of their own: bounded time and memory, no network, no writing.

PDF, pages, office documents, e-mail, feeds and XML go through large libraries that were not written for enemies. Each
such file is handed to a helper process that has a limit of memory and, per file, of CPU and wall-clock time. If it
dies, hangs or swells, that file becomes a record with the reason, and the next file gets a new process. What comes
back is data of a fixed shape (msgpack into records), never code.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO, Literal

import msgspec

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Taken
from evenhand.model.evidence import Record

Kind = Literal["page", "pdf", "docx", "rtf", "feed", "newsml", "mail", "tar"]

_LENGTH = 8
_CURE = "save the article's text as a .txt file"


class Job(Record, frozen=True, kw_only=True):
    """One file for a parser; `url` and `charset` are what its surroundings say of it."""

    kind: Kind
    data: bytes
    url: str | None = None
    charset: str | None = None


class Answer(Record, frozen=True, kw_only=True):
    """What a parser took, or why it took nothing."""

    taken: Taken | None = None
    why: str = ""
    cure: str = ""


class Start(Record, frozen=True, kw_only=True):
    """The first frame a helper gets: its limits."""

    memory: int
    cpu_seconds: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of one file in a parser: bytes of address space, seconds of CPU and of the clock, bytes of the answer."""

    memory: int = 768 * 1024 * 1024
    cpu_seconds: int = 30
    seconds: float = 55.0
    answer: int = 160 * 1024 * 1024
    files: int = 400


class Helper:
    """A process that parses one file after another and is replaced when one goes wrong, or after `files` files."""

    def __init__(self, bounds: Bounds = Bounds(), module: str = "evenhand.intake.parsing_process") -> None:
        self._bounds, self._module = bounds, module
        self._process: subprocess.Popen[bytes] | None = None
        self._owner, self._done = 0, 0
        self._lock = threading.Lock()

    def take(self, job: Job) -> Taken:
        """What the parser takes from the file. Raises UnreadableError with the reason and the cure."""
        with self._lock:
            answer = self._answer(job)
        if answer.taken is None:
            raise UnreadableError(answer.why, answer.cure or _CURE)
        return answer.taken

    def close(self) -> None:
        """End the process, if this process started it."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        process.wait()

    def _answer(self, job: Job) -> Answer:
        process = self._started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._bounds.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            write_frame(process.stdin, msgspec.msgpack.encode(job))
            frame = read_frame(process.stdout, self._bounds.answer)
            answer = msgspec.msgpack.decode(frame, type=Answer) if frame is not None else None
        except (OSError, ValueError, msgspec.DecodeError, MemoryError):
            answer = None
        finally:
            timer.cancel()
        self._done += 1
        if answer is None or late.is_set():
            return self._buried(process, late=late.is_set())
        if answer.why.startswith(MEMORY) or self._done >= self._bounds.files:
            self.close()
        return answer

    def _buried(self, process: subprocess.Popen[bytes], *, late: bool) -> Answer:
        """Why the process gave no answer; it is gone afterwards."""
        try:
            code = process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            code = 0
        self.close()
        if late:
            return Answer(why=f"taking the file apart took more than {self._bounds.seconds:.0f} seconds", cure=_CURE)
        if code == -getattr(signal, "SIGXCPU", 24):
            why = f"taking the file apart took more than {self._bounds.cpu_seconds} seconds of computing"
            return Answer(why=why, cure=_CURE)
        if code == 0:
            return Answer(why="the file gives more text than can be taken in", cure="split it")
        return Answer(why=f"the parser died on this file (code {code})", cure=_CURE)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self.close()
        environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "HOME") if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        process = subprocess.Popen(  # noqa: S603 — our own interpreter and module
            [sys.executable, "-P", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._process, self._owner, self._done = process, os.getpid(), 0
        assert process.stdin is not None
        write_frame(
            process.stdin,
            msgspec.msgpack.encode(Start(memory=self._bounds.memory, cpu_seconds=self._bounds.cpu_seconds)),
        )
        return process


MEMORY = "taking the file apart needs more memory"
# One helper a process: starting it takes half a second, which only the first such file pays.
_HELPER = Helper()
atexit.register(_HELPER.close)


def take(kind: Kind, data: bytes, *, url: str | None = None, charset: str | None = None) -> Taken:
    """What the parser of `kind` takes from the file. Raises UnreadableError with the reason and the cure."""
    return _HELPER.take(Job(kind=kind, data=data, url=url, charset=charset))


def write_frame(pipe: IO[bytes], frame: bytes) -> None:
    """Eight bytes of length, big-endian, and the frame."""
    pipe.write(len(frame).to_bytes(_LENGTH, "big"))
    pipe.write(frame)
    pipe.flush()


def read_frame(pipe: IO[bytes], most: int) -> bytes | None:
    """The next frame; None at the end. Raises ValueError for one longer than `most` bytes."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    if length > most:
        raise ValueError(f"a frame of {length} bytes")
    frame: bytes = pipe.read(length)
    return frame if len(frame) == length else None
