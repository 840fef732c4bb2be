"""Time stamps of the log's head (RFC 3161): a server that the user names says when an entry was there at the latest.

What is stamped are the bytes that an entry's hash is taken of, so the stamp's imprint is that hash; `openssl ts -verify
-digest HASH -in FILE -CAfile ROOTS` repeats the check. Nothing but the hash leaves this machine.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.custody.case import Case
from evenhand.custody.disk import write_whole
from evenhand.custody.entries import Entry, hashed
from evenhand.custody.tree import Finding, Tree, read
from evenhand.errors import CustodyError
from evenhand.model.evidence import Record, sha256_hex

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_SECONDS = 30.0
_MOST = 1 << 20
_AGENT = "evenhand"


class Stamp(Record, frozen=True, kw_only=True):
    """A time stamp: `time` (UTC, ISO) by the server's clock; `signer` as its certificate names it.

    `trusted`: whether the certificate leads to a root that was given; without roots nobody has checked that.
    """

    file: str
    hash: str
    time: str
    signer: str
    trusted: bool | None = None


def stamp(case: Case, server: str, *, who: str | None = None) -> Stamp:
    """Have the log's head stamped by the server, keep its answer in the case, and log it.

    Raises CustodyError when the server cannot be reached, refuses, or stamps something else.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - one command needs it

    if not server.lower().startswith(("http://", "https://")):
        raise CustodyError(f"{server}: a time-stamp server has an http:// or https:// address")
    entries = case.log.entries()
    head = entries[-1]
    request = TimestampRequestBuilder().data(hashed(head)).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = _asked(server, request.as_bytes())
    response = _decoded(answer, server)
    if response.tst_info.message_imprint.message.hex() != head.hash or response.tst_info.nonce != request.nonce:
        raise CustodyError(f"{server}: the answer stamps something else than was asked; use another server")
    path = case.paths.stamps / f"{head.seq:08}-{head.hash[:16]}.tsr"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(path, answer)
    name = path.relative_to(case.paths.root).as_posix()
    found = _stamp(name, response)
    payload = {"server": server, "entry": head.seq, "hash": head.hash, "time": found.time, "signer": found.signer}
    case.log.append("time stamped", payload | {"files": {name: sha256_hex(answer)}}, who=who)
    return found


def check_stamps(
    tree: Tree, entries: Sequence[Entry], roots: Path | None = None
) -> Iterator[tuple[Stamp | None, Finding | None]]:
    """Every stamp in a case: of which entry, when, by whom; with `roots` (a PEM file) also whether it is to be trusted.

    A stamp of no entry, or one that does not lead to the roots, is a finding.
    """
    hashes = {entry.hash for entry in entries}
    for name in (one for one in tree.names() if one.startswith("timestamps/") and one.endswith(".tsr")):
        try:
            response = _decoded(read(tree, name, _MOST) or b"", name)
            found = _stamp(name, response)
        except CustodyError as problem:
            yield None, Finding(kind="altered", item=name, why=str(problem))
            continue
        if found.hash not in hashes:
            yield None, Finding(kind="altered", item=name, why=f"it stamps {found.hash}, which no entry has")
        elif roots is None:
            yield found, None
        elif why := _distrust(response, roots):
            yield None, Finding(kind="altered", item=name, why=f"the stamp is not to be trusted: {why}")
        else:
            yield Stamp(file=name, hash=found.hash, time=found.time, signer=found.signer, trusted=True), None


def _asked(server: str, request: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": _AGENT}
    asked = urllib.request.Request(server, data=request, headers=headers)  # noqa: S310 - http(s) only, checked above
    try:
        with urllib.request.build_opener(_NoRedirect).open(asked, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_MOST + 1)
    except (OSError, ValueError, urllib.error.HTTPError) as problem:
        raise CustodyError(f"{server}: no time stamp ({problem}); check the address and the connection") from problem
    if len(data) > _MOST:
        raise CustodyError(f"{server}: the answer is larger than any time stamp; use another server")
    return data


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A server that sends elsewhere is not the one that the user named."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _decoded(data: bytes, where: str) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response  # noqa: PLC0415

    try:
        response = decode_timestamp_response(data)
        status = PKIStatus(response.status)
        if status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            words = "; ".join(response.status_string or []) or status.name
            raise CustodyError(f"{where}: the server refused to stamp ({words})")
        response.tst_info.message_imprint.message  # noqa: B018 - parsed here, where it can be refused
    except (ValueError, TypeError) as problem:
        raise CustodyError(f"{where}: not a time stamp (RFC 3161): {problem}") from problem
    return response


def _stamp(name: str, response: TimeStampResponse) -> Stamp:
    info = response.tst_info
    return Stamp(
        file=name,
        hash=info.message_imprint.message.hex(),
        time=_utc(info.gen_time),
        signer=_signer(response),
    )


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signer(response: TimeStampResponse) -> str:
    """The subject of the first certificate with the time-stamping purpose, or "not named"."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import ExtendedKeyUsageOID  # noqa: PLC0415

    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(der)
        try:
            purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            continue
        if ExtendedKeyUsageOID.TIME_STAMPING in purposes:
            return certificate.subject.rfc4514_string()
    return "not named"


def _distrust(response: TimeStampResponse, roots: Path) -> str | None:
    from cryptography import x509  # noqa: PLC0415
    from rfc3161_client import VerificationError, VerifierBuilder  # noqa: PLC0415

    try:
        builder = VerifierBuilder()
        for certificate in x509.load_pem_x509_certificates(roots.read_bytes()):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify(response, response.tst_info.message_imprint.message)
    except (VerificationError, ValueError) as problem:
        return str(problem)
    return None
