"""Which web addresses may be fetched: a URL taken apart strictly, and the addresses its host stands for.

A hostile page, feed or colleague can hand over a URL that leads back into the user's own network. So everything that
two programs might read differently is refused (user names, odd numbers, backslashes, controls), and an address is
public only if no special-purpose registry of IANA lists it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from evenhand.errors import UnreadableError

Address = IPv4Address | IPv6Address

PORTS = frozenset((80, 443, 8080, 8443))
MAX_URL = 2000
# IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and what was added since), and multicast.
_SPECIAL = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
        "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_TEREDO, _SIX_TO_FOUR, _NAT64 = ip_network("2001::/32"), ip_network("2002::/16"), ip_network("64:ff9b::/96")
_NUMERIC = re.compile(r"(?:0[xX][0-9A-Fa-f]*|\d+)\Z")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_ODD = re.compile(r"[\s\x00-\x1f\x7f\\<>\"`{}|^]")
_SAFE = "/:?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Place:
    """A URL taken apart: `host` in ASCII (IDNA) or a canonical IP, `target` what a request line names."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """The `Host` header: IPv6 in brackets, the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"http": 80, "https": 443}[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str) -> Place:
    """The URL taken apart. Raises UnreadableError with the reason for one that may not be fetched."""
    if len(url) > MAX_URL:
        raise UnreadableError(f"the address is longer than {MAX_URL} characters", "check it")
    if _ODD.search(url):
        raise UnreadableError("the address holds blanks, controls or a backslash", "copy it again from the browser")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise UnreadableError(f"this is no web address ({problem})", "copy it again from the browser") from problem
    if parts.scheme not in ("http", "https"):
        shown = parts.scheme[:20] or "none"
        raise UnreadableError(f"only http and https are fetched, not {shown!r}", "save the page and add the file")
    if "@" in parts.netloc:
        raise UnreadableError("the address holds a user name", "take out what stands before the @")
    host = _host(parts.hostname or "")
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    port = port if port is not None else (443 if parts.scheme == "https" else 80)
    return Place(url.split("#", 1)[0], parts.scheme, host, port, target)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and the IPv4 address inside it, too."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = _inside(address)
        if inner is not None:
            return is_public(inner) and address not in _TEREDO
    if any(address in net for net in _SPECIAL if net.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for: mapped, compatible, 6to4, NAT64 or Teredo."""
    number = int(address)
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _SIX_TO_FOUR:
        return IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address in _NAT64 or (number >> 32 == 0 and number > 1):
        return IPv4Address(number & 0xFFFFFFFF)
    if address in _TEREDO:
        return IPv4Address(~number & 0xFFFFFFFF)
    return None


def _host(host: str) -> str:
    """The host in ASCII. Raises UnreadableError for none, for one in odd characters and for disguised numbers."""
    if ":" in host:
        try:
            address = ip_address(host)
        except ValueError as problem:
            raise UnreadableError("the address names no host", "check it") from problem
        return str(address)
    try:
        name = host.encode("idna").decode("ascii").lower().rstrip(".") if host else ""
    except UnicodeError as problem:
        raise UnreadableError("the host's name cannot be written in ASCII", "check it") from problem
    labels = name.split(".")
    if not name or len(name) > 253 or not all(_HOST.match(label) for label in labels):
        raise UnreadableError("the address names no host", "check it")
    if _NUMERIC.match(labels[-1]):  # WHATWG URL, "ends in a number": such a host is an IPv4 address, however written
        try:
            return str(IPv4Address(name))
        except ValueError as problem:
            raise UnreadableError("the host is a number in disguise", "write the host's name") from problem
    return name
