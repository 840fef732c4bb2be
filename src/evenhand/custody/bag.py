"""The BagIt profile of a bundle (RFC 8493): the same files as a payload, with checksum manifests of two levels."""

from __future__ import annotations

from collections.abc import Mapping

from evenhand.custody.tree import Finding, ZipTree
from evenhand.model.evidence import sha256_hex

FOLDER = "evenhand-case/"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def tag_files(payload: Mapping[str, tuple[str, int]], *, date: str, head: str, title: str) -> dict[str, bytes]:
    """The bag's own files for a payload (path in the case → SHA-256 and bytes)."""
    octets = sum(size for _, size in payload.values())
    info = {
        "External-Description": " ".join(title.split()) or "a case",
        "External-Identifier": f"evenhand log head {head}",
        "Bagging-Date": date[:10],
        "Payload-Oxum": f"{octets}.{len(payload)}",
        "Bag-Software-Agent": "evenhand",
    }
    tags = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()).encode(),
        "manifest-sha256.txt": "".join(f"{payload[path][0]}  data/{path}\n" for path in sorted(payload)).encode(),
    }
    own = "".join(f"{sha256_hex(tags[name])}  {name}\n" for name in sorted(tags))
    return tags | {"tagmanifest-sha256.txt": own.encode()}


def check(tree: ZipTree, found: Mapping[str, tuple[str, int]]) -> list[Finding]:
    """Where the payload or the bag's own files are not those that its manifests name."""
    findings: list[Finding] = []
    try:
        payload, own = _sums(tree.tag("manifest-sha256.txt")), _sums(tree.tag("tagmanifest-sha256.txt"))
        tags = {name: sha256_hex(tree.tag(name)) for name in own}
    except (KeyError, ValueError) as problem:
        return [Finding(kind="missing", item="bagit manifests", why=f"the bag cannot be checked ({problem})")]
    for name, sha256 in own.items():
        if tags[name] != sha256:
            findings.append(Finding(kind="altered", item=name, why="not the file that tagmanifest-sha256.txt names"))
    there = {f"data/{path}": sha256 for path, (sha256, _) in found.items()}
    for name in sorted(payload.keys() | there.keys()):
        if name not in there:
            findings.append(Finding(kind="missing", item=name, why="manifest-sha256.txt names it"))
        elif name not in payload:
            findings.append(Finding(kind="added", item=name, why="manifest-sha256.txt does not name it"))
        elif payload[name] != there[name]:
            findings.append(Finding(kind="altered", item=name, why="not the bytes that manifest-sha256.txt names"))
    return findings


def _sums(data: bytes) -> dict[str, str]:
    lines = [line.split(None, 1) for line in data.decode("utf-8").splitlines() if line.strip()]
    return {parts[1]: parts[0] for parts in lines if len(parts) == 2}
