"""One web address, typed by the user, fetched once and kept as it came.

Nothing else in evenhand opens a connection, and nothing calls this but a command to which a person gave a URL. The
name is looked up once, every address it stands for must be public, and the connection goes to the address that was
checked (so that a second look-up cannot lead elsewhere); each redirect is checked the same way. Size, time and the
number of redirects are bounded, in total and not per read, so that a server that trickles gains nothing.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin

from evenhand import __version__
from evenhand.errors import UnreadableError
from evenhand.intake.addresses import PORTS, Address, Place, is_public, parse_url
from evenhand.intake.settings import MAX_BYTES
from evenhand.intake.web_archive_writing import write_warc
from evenhand.model.evidence import sha256_hex
from evenhand.model.exchange import Exchange, Hop

AGENT = f"evenhand/{__version__}"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536


def _look_up(host: str, port: int) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _nothing_more(address: Address, port: int) -> bool:
    del address, port
    return False


@dataclass(frozen=True, slots=True)
class Network:
    """The outside world, so that tests can stand in for it; no command line reaches any of it.

    `look_up(host, port)` gives IP addresses as text. `allows(address, port)` lets through what is otherwise refused
    (a test's own server on the loopback address and its port). `tls` verifies certificates.
    """

    look_up: Callable[[str, int], Sequence[str]] = _look_up
    allows: Callable[[Address, int], bool] = _nothing_more
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a fetch: bytes as transferred and as unpacked, each, seconds for the whole, redirects."""

    max_bytes: int = MAX_BYTES
    seconds: float = 60.0
    idle_seconds: float = 20.0
    redirects: int = 8


class FetchError(UnreadableError):
    """The address was not fetched; `hops` are the answers that came before the refusal."""

    def __init__(self, why: str, cure: str = "", hops: tuple[Hop, ...] = ()) -> None:
        super().__init__(why, cure)
        self.hops = hops


@dataclass(frozen=True, slots=True)
class Answer:
    """One request and its answer. `head` and `coded` are the answer's bytes as transferred, for the archive.

    `body` is `coded` without its transfer encoding (chunks), `encoding` the content encoding it still has.
    """

    hop: Hop
    request: bytes
    head: bytes
    coded: bytes
    body: bytes
    encoding: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brings: the record, the WARC to keep as the original, and the last body, unpacked."""

    exchange: Exchange
    warc: bytes
    payload: bytes


def fetch(
    url: str,
    *,
    limits: Limits = Limits(),
    network: Network = Network(),
    headers: tuple[tuple[str, str], ...] = (),
) -> Fetched:
    """Fetch `url` and give the exchange, a WARC (gzip) of every request and answer, and the payload.

    The WARC is the original to keep: `intake.receive` reads its report with locator `record <urn:uuid:…>`, the
    record's address as `url`. Only http and https, ports 80, 443, 8080 and 8443, public addresses, no user names.
    `network` stands in for name look-up and lets tests reach their own server; commands never pass it. `headers` go
    with the first request only (marks of an earlier answer, for a server to say that nothing has changed).

    Raises FetchError (an UnreadableError: `why`, `cure`, `hops`) for an address that may not be fetched, at any hop;
    a server that cannot be reached, answers with an error status, too much, too slowly or in circles; a body that
    ends early or does not unpack.
    """
    started, deadline = datetime.now(UTC), time.monotonic() + limits.seconds
    answers: list[Answer] = []
    here = url
    try:
        while True:
            place = parse_url(here)
            more = headers if not answers else ()
            answers.append(_ask(place, _checked(place, network), deadline, (limits, network), more))
            status = answers[-1].hop.status
            goal = _header(answers[-1].hop, "location") if status in _REDIRECTS else None
            if goal is None:
                break
            if len(answers) > limits.redirects:
                raise UnreadableError(f"more than {limits.redirects} redirects", "check the address in a browser")
            here = urljoin(here, _latin_as_utf8(goal))
        last = answers[-1]
        if last.hop.status != http.client.OK:
            why = f"the server answered {last.hop.status} {last.hop.reason}".strip()
            raise UnreadableError(why, "open the address in a browser and save the page")
        payload = _unpacked(last.body, last.encoding, limits.max_bytes)
    except UnreadableError as problem:
        raise FetchError(problem.why, problem.cure, tuple(answer.hop for answer in answers)) from problem
    exchange = Exchange(
        url=url,
        final_url=place.url,
        fetched_at=started.isoformat(timespec="seconds").replace("+00:00", "Z"),
        method="GET",
        agent=AGENT,
        media_type=_header(last.hop, "content-type"),
        size=len(payload),
        payload_sha256=sha256_hex(payload),
        hops=tuple(answer.hop for answer in answers),
    )
    return Fetched(exchange, write_warc(answers, started, AGENT), payload)


def _checked(place: Place, network: Network) -> str:
    """The one address to connect to. Raises UnreadableError where any address of the host may not be reached."""
    try:
        found = [ip_address(place.host)]
    except ValueError:
        try:
            found = [ip_address(address) for address in network.look_up(place.host, place.port)]
        except (OSError, ValueError, UnicodeError) as problem:
            why = f"the host {place.host} cannot be found ({problem})"
            raise UnreadableError(why, "check the address and the connection") from problem
    for address in found:
        if network.allows(address, place.port):
            continue
        if not is_public(address):
            why = f"{place.host} leads to {address}, which is no public address"
            raise UnreadableError(why, "only pages of the public web are fetched; save the page and add the file")
        if place.port not in PORTS:
            raise UnreadableError(f"port {place.port} is not fetched from", "save the page and add the file")
    if not found:
        raise UnreadableError(f"the host {place.host} has no address", "check the address")
    return str(found[0])


def _ask(
    place: Place,
    address: str,
    deadline: float,
    through: tuple[Limits, Network],
    more: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """One GET. Raises UnreadableError for whatever goes wrong on the way."""
    limits, network = through
    marks = tuple((name, _printable(value)) for name, value in more)
    sent = (
        ("Host", place.host_header),
        ("User-Agent", AGENT),
        ("Accept", "*/*"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        *marks,
    )
    lines = [f"GET {place.target} HTTP/1.1", *(f"{name}: {value}" for name, value in sent)]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")
    try:
        with _connect(place, address, deadline, limits, network) as connection:
            connection.sendall(request)
            wire = _Wire(connection, deadline, limits)
            response = http.client.HTTPResponse(_Socket(wire), method="GET")  # type: ignore[arg-type]
            response.begin()
            body = _body(response, limits)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        reason = str(problem) or type(problem).__name__
        raise UnreadableError(f"{place.host} did not answer well ({reason[:200]})", "try again later") from problem
    raw = bytes(wire.seen)
    head, _, coded = raw.partition(b"\r\n\r\n")
    if not head or b"\n\n" in head:  # a server that ends lines with a bare newline
        head, _, coded = raw.partition(b"\n\n")
    hop = Hop(
        url=place.url,
        address=address,
        port=place.port,
        status=response.status,
        reason=_latin_as_utf8(response.reason),
        request_headers=sent,
        response_headers=tuple((name, _latin_as_utf8(value)) for name, value in response.getheaders()),
        size=len(coded),
        body_sha256=sha256_hex(coded),
    )
    return Answer(hop, request, head + b"\r\n\r\n", coded, body, response.headers.get("Content-Encoding", ""))


def _connect(place: Place, address: str, deadline: float, limits: Limits, network: Network) -> socket.socket:
    """A connection to the checked address; TLS verifies the certificate against the host's name."""
    connection = socket.create_connection((address, place.port), timeout=_left(deadline, limits))
    if place.scheme == "http":
        return connection
    try:
        return network.tls().wrap_socket(connection, server_hostname=place.host)
    except BaseException:
        connection.close()
        raise


def _body(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The body without its transfer encoding."""
    parts, size = [], 0
    while part := response.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > limits.max_bytes:
            raise _too_much(limits)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)


def _unpacked(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """The body without its content encoding. Raises UnreadableError for an unknown one, damage and bombs."""
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise UnreadableError(f"the page is packed as {coding[:30]!r}", "save the page in a browser")
    for bits in (47, -15) if coding == "deflate" else (47,):  # zlib or gzip by its header; bare deflate
        unpacking = zlib.decompressobj(bits)
        try:
            out = unpacking.decompress(body, max_bytes + 1)
        except zlib.error:
            continue
        if len(out) > max_bytes:
            why = f"the page is larger than {max_bytes // (1024 * 1024)} MiB when unpacked"
            raise UnreadableError(why, "save the article alone")
        if unpacking.eof:
            return out
    raise UnreadableError("the page does not unpack", "try again, or save the page in a browser")


def _printable(value: str) -> str:
    """A header's value as it may be sent: what a server gave us must not end a line of our request."""
    return "".join(char for char in value if " " <= char <= "~")[:500]


def _header(hop: Hop, name: str) -> str | None:
    return next((value for known, value in hop.response_headers if known.lower() == name), None)


def _latin_as_utf8(value: str) -> str:
    """A header's value, which http.client reads as Latin-1, as the UTF-8 that servers mean where it is that."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value


def _left(deadline: float, limits: Limits) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreadableError(f"the server took more than {limits.seconds:.0f} seconds", "try again later")
    return min(left, limits.idle_seconds)


def _too_much(limits: Limits) -> UnreadableError:
    why = f"the answer is larger than {limits.max_bytes // (1024 * 1024)} MiB"
    return UnreadableError(why, "save the article alone")


class _Wire(io.RawIOBase):
    """What the server sends, kept as it came; every read looks at the clock and the scales."""

    def __init__(self, connection: socket.socket, deadline: float, limits: Limits) -> None:
        self._connection, self._deadline, self._limits = connection, deadline, limits
        self.seen = bytearray()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._deadline, self._limits))
        count = self._connection.recv_into(buffer)
        self.seen += memoryview(buffer)[:count]
        if len(self.seen) > self._limits.max_bytes + _CHUNK * 2:
            raise _too_much(self._limits)
        return count


class _Socket:
    """As much of a socket as http.client asks for."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode
        return io.BufferedReader(self._wire, _CHUNK)
