"""Is everything as it was put down? Needs the files alone: no network, no other state, and it writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from evenhand.custody import bag, manifest
from evenhand.custody.chain import Chain, check_chain, check_links
from evenhand.custody.entries import Entry
from evenhand.custody.items import Item, replay
from evenhand.custody.log import Head
from evenhand.custody.stamps import Stamp, check_stamps
from evenhand.custody.tree import Finding, Tree, ZipTree, digests, read, tree_of
from evenhand.errors import CustodyError
from evenhand.model.evidence import Record

Digests = Mapping[str, tuple[str, int]]

_NO_LOG = "there is no log; a folder that `assess -o` wrote never had one: `evenhand init` makes a case that keeps it"


class Verified(Record, frozen=True, kw_only=True):
    """What was looked at and what was found; `head` is the log's last entry, to be noted or compared.

    `kind`: a case folder, a bundle of one, or a redacted bundle (its originals are not in it).
    """

    path: str
    kind: str
    head: Head
    entries: int
    originals: int
    bytes: int
    findings: tuple[Finding, ...]
    stamps: tuple[Stamp, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing was altered, lost, moved or slipped in."""
        return not self.wrong

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The findings that are no mere notes."""
        return tuple(finding for finding in self.findings if finding.kind != "note")


def verify(path: Path, *, head: str | None = None, roots: Path | None = None) -> Verified:
    """Check a case folder or a bundle: the log's chain, every original, and every file that log or manifest names.

    `head`: the beginning of a hash noted earlier, which must stand in the log; `roots`: a PEM file with the roots to
    which the time stamps in it must lead. Raises CustodyError when the path is
    neither.
    """
    with tree_of(path) as tree:
        return look(tree, path, head=head, roots=roots).verified


class Looked(Record, frozen=True, kw_only=True):
    """What `verify` found, and the SHA-256 and bytes of every file as it was then."""

    verified: Verified
    digests: Digests


def look(tree: Tree, path: Path, *, head: str | None = None, roots: Path | None = None) -> Looked:
    """`verify` of files that are open already."""
    names = tree.names()
    if (
        "log.jsonl" not in names
        and manifest.MANIFEST not in names
        and not any(n.startswith("originals/") for n in names)
    ):
        raise CustodyError(f"{path}: not a case folder and not a bundle; `evenhand init {path}` makes a case")
    found = digests(tree, names)
    findings = tree.findings()
    about, packed = None, isinstance(tree, ZipTree) or manifest.MANIFEST in names
    if packed:
        about, wrong = manifest.check(tree, found)
        findings += wrong
    if isinstance(tree, ZipTree) and tree.bag:
        findings += bag.check(tree, found)
    if about is not None and about.evenhand.format == manifest.REDACTED:
        findings += check_links(read(tree, "log-redacted.jsonl") or b"", about.evenhand.head)
        return Looked(verified=_redacted(path, about.evenhand.head, findings), digests=found)
    data = read(tree, "log.jsonl")
    if data is None:
        findings.append(Finding(kind="missing", item="log.jsonl", why=_NO_LOG))
    chain = check_chain(data or b"")
    findings += chain.findings
    findings += _against_heads(chain, _noted_head(tree), head)
    findings += _check_originals(replay(chain.entries), found, packed=packed)
    findings += _check_files(found, *last_files(chain.entries))
    stamps = list(check_stamps(tree, chain.entries, roots))
    findings += [finding for _, finding in stamps if finding]
    if about is not None and about.evenhand.head != chain.head:
        why = f"the manifest names entry {about.evenhand.head.seq} with another hash as its last"
        findings.append(Finding(kind="altered", item="log.jsonl", why=why))
    kept = [size for name, (_, size) in found.items() if name.startswith("originals/")]
    verified = Verified(
        path=str(path),
        kind="bundle" if packed else "case",
        head=chain.head,
        entries=len(chain.entries),
        originals=len(kept),
        bytes=sum(kept),
        findings=tuple(dict.fromkeys(findings)),
        stamps=tuple(one for one, _ in stamps if one),
    )
    return Looked(verified=verified, digests=found)


def _redacted(path: Path, head: Head, findings: list[Finding]) -> Verified:
    return Verified(
        path=str(path),
        kind="redacted bundle",
        head=head,
        entries=head.seq,
        originals=0,
        bytes=0,
        findings=tuple(dict.fromkeys(findings)),
    )


def _noted_head(tree: Tree) -> Head | None:
    try:
        return msgspec.json.decode(read(tree, "head.json") or b"", type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _against_heads(chain: Chain, noted: Head | None, given: str | None) -> Iterator[Finding]:
    hashes = {entry.seq: entry.hash for entry in chain.entries}
    if noted is not None and noted.seq > chain.head.seq:
        for number in range(chain.head.seq + 1, noted.seq + 1):
            why = "the entry was written (head.json names it) and is not in the log"
            yield Finding(kind="missing", item=f"log entry {number}", why=why)
    elif noted is not None and noted.seq and noted.seq in hashes and hashes[noted.seq] != noted.hash:
        why = "head.json names another hash for it: the log was written anew"
        yield Finding(kind="altered", item=f"log entry {noted.seq}", why=why)
    elif noted is None and chain.entries:
        yield Finding(kind="note", item="head.json", why="missing or damaged: a log cut short at its end is not seen")
    if given is not None and not any(found.startswith(given.lower()) for found in hashes.values()):
        why = f"no entry has the hash {given} that was noted: the log was cut short or written anew"
        yield Finding(kind="missing", item="log.jsonl", why=why)


def _check_originals(items: dict[str, Item], found: Digests, *, packed: bool) -> Iterator[Finding]:
    """Originals that are not those that the log names; one that no entry names is a note in a folder only."""
    for path, (sha256, _) in found.items():
        if not path.startswith("originals/"):
            continue
        name = path.removeprefix("originals/")
        what = f"{path} ({items[name].file})" if name in items else path
        if sha256 != name:
            yield Finding(kind="altered", item=what, why=f"its bytes have the hash {sha256}")
        elif name not in items:
            why = "the log does not name it: from an `add` that was stopped (add it again), or put there by hand"
            yield Finding(kind="added" if packed else "note", item=what, why=why)
        elif (stone := items[name].removed) and stone.erased:
            yield Finding(kind="note", item=what, why="the log says that its bytes were erased")
    for name, item in items.items():
        if f"originals/{name}" not in found and not (item.removed and item.removed.erased):
            yield Finding(kind="missing", item=f"originals/{name} ({item.file})", why="the original is not there")


def last_files(entries: Iterable[Entry]) -> tuple[dict[str, str], bool]:
    """Files that the log names with their hash, as the last entry on each has it: path in the case → SHA-256.

    Also whether an assessment was begun (`read`) and not ended (`assessed`): then they are between two states.
    """
    files: dict[str, str] = {}
    begun = False
    for entry in entries:
        if entry.what == "removed" and entry.payload.get("erased"):
            files.clear()  # what was worked out from the bytes went with them
        named = entry.payload.get("files")
        if isinstance(named, dict):
            for path, sha256 in named.items():
                if sha256 is None:  # a page of an incident that is no more
                    files.pop(str(path), None)
                else:
                    files[str(path)] = str(sha256)
        begun = entry.what == "read" or (begun and entry.what != "assessed")
    return files, begun


def _check_files(found: Digests, files: dict[str, str], begun: bool) -> Iterator[Finding]:
    for name, sha256 in files.items():
        if name in found and found[name][0] == sha256:
            continue
        if begun:
            yield Finding(kind="note", item=name, why="an assessment was begun and not ended: assess the case again")
        elif name in found:
            yield Finding(kind="altered", item=name, why="its bytes are not those that the log names")
        else:
            yield Finding(kind="missing", item=name, why="the log names it, and it is not there")
