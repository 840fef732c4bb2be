"""The helper process of `confined`: takes files from its standard input and answers on its standard output.

Before the first file it gives up what it does not need: memory beyond the limit, writing files, starting programs and
opening connections. Python's audit hook holds Python code; the limits of the system hold the libraries in C as well.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any, NoReturn

import msgspec

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Taken
from evenhand.intake.confined import MEMORY, Answer, Job, Start, read_frame, write_frame

_FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen",
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.remove", "os.rename", "os.mkdir",
    "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate", "shutil.rmtree",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MOST = 2**40


def parse(job: Job) -> Taken:
    """The file through its parser. Raises UnreadableError, or whatever the library raises."""
    # Imported when first needed: a run without PDF does not wait for the PDF library.
    if job.kind == "page":
        from evenhand.intake.pages import take_page  # noqa: PLC0415

        return take_page(job.data, job.url, job.charset)
    if job.kind == "pdf":
        from evenhand.intake.pdfs import take_pdf  # noqa: PLC0415

        return take_pdf(job.data)
    if job.kind in ("docx", "rtf"):
        from evenhand.intake.office import take_docx, take_rtf  # noqa: PLC0415

        return take_docx(job.data) if job.kind == "docx" else take_rtf(job.data)
    if job.kind == "mail":
        from evenhand.intake.mails import take_mail  # noqa: PLC0415

        return take_mail(job.data)
    if job.kind == "tar":
        from evenhand.intake.tars import take_tar  # noqa: PLC0415

        return take_tar(job.data)
    from evenhand.intake.feeds import take_feed, take_newsml  # noqa: PLC0415

    return take_feed(job.data) if job.kind == "feed" else take_newsml(job.data)


def answer(job: Job) -> Answer:
    """What the parser took, or why it took nothing; never raises."""
    try:
        return Answer(taken=parse(job))
    except UnreadableError as problem:
        return Answer(why=problem.why, cure=problem.cure)
    except MemoryError:
        return Answer(why=f"{MEMORY} than it may have", cure="split it, or save its text as a .txt file")
    except Exception as problem:  # whatever a hostile file does to a library is a file that cannot be read
        return Answer(why=f"the file cannot be taken apart ({type(problem).__name__})")


def main() -> NoReturn:
    """Answer until the input ends."""
    wire_in, wire_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into the answers
    start = msgspec.msgpack.decode(read_frame(wire_in, _MOST) or b"", type=Start)
    sys.setrecursionlimit(3000)
    _confine(start)
    while (frame := read_frame(wire_in, _MOST)) is not None:
        _grant(start.cpu_seconds)
        job = msgspec.msgpack.decode(frame, type=Job)
        del frame
        write_frame(wire_out, msgspec.msgpack.encode(answer(job)))
    os._exit(0)


def _confine(start: Start) -> None:
    sys.addaudithook(_forbid)
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows has no such limits: the parent's clock remains
        return
    for limit, most in ((resource.RLIMIT_AS, start.memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def _grant(seconds: int) -> None:
    """Computing time for one more file, beyond what was used so far."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, hard))


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("this process writes no files")
    elif event in _FORBIDDEN:
        raise PermissionError(f"this process does not {event}")


if __name__ == "__main__":
    main()
