"""What a TAR archive holds, by position, so that nothing is unpacked (runs in the helper process of `confined`)."""

from __future__ import annotations

import io
import tarfile

from evenhand.errors import UnreadableError
from evenhand.intake.articles import Article, Member, Taken, refused
from evenhand.intake.encoding import clean

MAX_ENTRIES = 10_000


def take_tar(data: bytes) -> Taken:
    """A member a file, its `data` being `start:end` in the archive as ASCII; articles name what is no plain file.

    Raises UnreadableError where the bytes are no archive.
    """
    members: list[Member] = []
    problems: list[Article] = []
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:", errorlevel=1) as archive:
            for number, info in enumerate(archive):
                name = clean(info.name)[:1000]
                if number >= MAX_ENTRIES:
                    why = f"the archive has more than {MAX_ENTRIES} entries; the others are not read"
                    problems.append(refused(why, "split the archive"))
                    break
                if info.isdir():
                    continue
                if not info.isreg() or info.issparse():
                    kind = "a link" if info.issym() or info.islnk() else "a device, a pipe or a sparse file"
                    problems.append(
                        refused(f"the entry is {kind}, not a file", "put the file itself in", f"member {name}", name)
                    )
                    continue
                span = f"{info.offset_data}:{info.offset_data + info.size}"
                members.append(Member(name=name, data=span.encode("ascii")))
    except (tarfile.TarError, ValueError, OSError, RecursionError) as problem:
        if not members and not problems:
            raise UnreadableError("the TAR archive is damaged", "pack it again") from problem
        problems.append(refused("the archive is damaged; what follows cannot be read", "pack it again"))
    return Taken(articles=tuple(problems), members=tuple(members))
