"""The manifest of a bundle: a Frictionless data package that names every file with its SHA-256, and its own digest."""

from __future__ import annotations

import json
import mimetypes
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from evenhand.custody.log import Head
from evenhand.custody.tree import Finding, Tree, read
from evenhand.model.evidence import Record, sha256_hex

MANIFEST, DIGEST = "datapackage.json", "datapackage-digest.json"
BUNDLE, REDACTED = "evenhand-bundle/1", "evenhand-redacted/1"

_MEDIA = {".jsonl": "application/x-ndjson", ".toml": "application/toml", ".tsr": "application/timestamp-reply"}
_ODD = re.compile(r"[^a-z0-9._/-]+")


class _Resource(Record, frozen=True, kw_only=True):
    path: str
    hash: str
    bytes: int


class _About(Record, frozen=True, kw_only=True):
    format: str
    head: Head


class Manifest(Record, frozen=True, kw_only=True):
    """What a bundle's manifest must say; it may say more."""

    resources: tuple[_Resource, ...]
    evenhand: _About


class Description(Record, frozen=True, kw_only=True):
    """What a manifest says beside the files: `labels` maps a path to its title and media type."""

    format: str
    head: Head
    at: str
    title: str
    software: str
    labels: Mapping[str, tuple[str, str]]


def write(files: Mapping[str, tuple[str, int]], about: Description) -> tuple[bytes, bytes]:
    """The manifest of files (path → SHA-256 and bytes) and its digest; the same case gives the same bytes."""
    package = {
        "profile": "data-package",
        "name": "evenhand-case",
        "title": about.title,
        "created": about.at,
        "evenhand": {
            "format": about.format,
            "software": about.software,
            "head": {"seq": about.head.seq, "hash": about.head.hash},
        },
        "resources": _resources(files, about.labels),
    }
    data = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    digest = {"path": MANIFEST, "hash": f"sha256:{sha256_hex(data)}"}
    return data, (json.dumps(digest, indent=1) + "\n").encode()


def _resources(files: Mapping[str, tuple[str, int]], labels: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    names: dict[str, int] = {}
    found: list[dict[str, Any]] = []
    for path in sorted(files):
        sha256, size = files[path]
        name = _ODD.sub("-", path.lower())
        names[name] = names.get(name, 0) + 1
        resource: dict[str, Any] = {"name": name if names[name] == 1 else f"{name}-{names[name]}", "path": path}
        title, media = labels.get(path, ("", ""))
        if title:
            resource["title"] = title
        end = "." + path.rsplit(".", 1)[-1]
        kind = media or _MEDIA.get(end) or mimetypes.guess_type(path)[0]
        if kind:
            resource["mediatype"] = kind
        found.append(resource | {"bytes": size, "hash": f"sha256:{sha256}"})
    return found


def check(tree: Tree, found: Mapping[str, tuple[str, int]]) -> tuple[Manifest | None, list[Finding]]:
    """The manifest, and where the files are not those that it names."""
    data = read(tree, MANIFEST)
    if data is None:
        return None, [Finding(kind="missing", item=MANIFEST, why="a bundle has a manifest")]
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        return None, [Finding(kind="altered", item=MANIFEST, why=f"not the manifest of a bundle ({problem})")]
    findings = _own_digest(tree, data)
    named = {one.path: one for one in manifest.resources}
    if len(named) != len(manifest.resources):
        findings.append(Finding(kind="altered", item=MANIFEST, why="it names a file twice"))
    for path, one in named.items():
        if path not in found:
            findings.append(Finding(kind="missing", item=path, why="the manifest names it, and it is not there"))
        elif found[path] != (one.hash.removeprefix("sha256:"), one.bytes):
            sha256, size = found[path]
            findings.append(
                Finding(
                    kind="altered", item=path, why=f"{size:,} bytes with the hash {sha256}; {MANIFEST} names others"
                )
            )
    findings += [
        Finding(kind="added", item=path, why="the manifest does not name it")
        for path in found
        if path not in named and path not in (MANIFEST, DIGEST)
    ]
    return manifest, findings


def _own_digest(tree: Tree, data: bytes) -> list[Finding]:
    digest = read(tree, DIGEST)
    if digest is None:
        return [Finding(kind="missing", item=DIGEST, why="a bundle names the hash of its manifest")]
    try:
        said = json.loads(digest)["hash"]
    except (ValueError, KeyError, TypeError, RecursionError):
        said = None
    if said != f"sha256:{sha256_hex(data)}":
        return [Finding(kind="altered", item=MANIFEST, why=f"not the manifest that {DIGEST} names")]
    return []
