"""The packaged weights: a network, its vocabulary, its decoding numbers, and the manifest that names them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.errors import WeightsError

PACKAGED = Path(__file__).parent / "weights"
FILES = ("network.onnx", "vocabulary.json", "decoding.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """Checked files. `version` is "sha256:" and the hash over the files' own hashes, in FILES order."""

    version: str
    network: bytes
    vocabulary: Path
    decoding: dict[str, Any]


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def version_of(hashes: dict[str, str]) -> str:
    """One name for a set of weight files."""
    return "sha256:" + digest("".join(f"{name}:{hashes[name]}\n" for name in FILES).encode())


def load(folder: Path | None = None) -> Weights:
    """Read and check the weights in `folder` (the packaged ones by default).

    Raises WeightsError when a file is missing or its SHA-256 is not the manifest's.
    """
    folder = folder or PACKAGED
    manifest = _read(folder / "manifest.json")
    try:
        hashes = {name: str(json.loads(manifest)["files"][name]["sha256"]) for name in FILES}
    except (ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"{folder / 'manifest.json'} is not a weights manifest; reinstall evenhand") from error
    found = {}
    for name in FILES:
        found[name] = _read(folder / name)
        if digest(found[name]) != hashes[name]:
            raise WeightsError(
                f"{folder / name} is not the file its manifest names (SHA-256 {digest(found[name])[:12]}…, "
                f"expected {hashes[name][:12]}…); reinstall evenhand"
            )
    return Weights(
        version_of(hashes), found["network.onnx"], folder / "vocabulary.json", json.loads(found["decoding.json"])
    )


def write(folder: Path, network: bytes, decoding: dict[str, Any], about: dict[str, Any]) -> str:
    """Write network and decoding beside the vocabulary already in `folder`, then the manifest; the version."""
    (folder / "network.onnx").write_bytes(network)
    (folder / "decoding.json").write_text(json.dumps(decoding, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    files = {name: (folder / name).read_bytes() for name in FILES}
    entries = {name: {"sha256": digest(data), "bytes": len(data)} for name, data in files.items()}
    version = version_of({name: digest(data) for name, data in files.items()})
    manifest = {"version": version, "files": entries, "about": about}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return version


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WeightsError(f"{path} cannot be read ({error.strerror}); reinstall evenhand") from error
