"""What every request goes through before anything else, and the headers that every answer carries."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
DOWNLOAD_POLICY = "default-src 'none'; sandbox"
MOST_BYTES = 1_000_000
MOST_OF_AN_ORIGINAL = 70_000_000
"""A file of 50 MB, in base64: for the one address that takes originals."""
ORIGINALS = "/api/v1/originals"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cache-control": "no-store",
}


class Guard:
    """Refuses other hosts (DNS rebinding), requests made by other sites, and bodies beyond a megabyte."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = MOST_OF_AN_ORIGINAL if scope["path"] == ORIGINALS else MOST_BYTES
        refused = self._refused(Headers(scope=scope), scope["method"], most)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if refused is not None:
            await PlainTextResponse(refused[1] + "\n", refused[0])(scope, receive, with_headers)
            return
        await self.app(scope, _Limited(receive, most).receive, with_headers)

    def _refused(self, headers: Headers, method: str, most: int) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if host not in self.hosts:
            return 421, "this server answers only under its own address"
        if method in _SAFE:
            return None
        try:
            length = int(headers.get("content-length", "0") or "0")
        except ValueError:
            return 400, "the length of the body is not a number"
        if length > most:
            return 413, f"the body is larger than {most:,} bytes"
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in {"same-origin", "none"}:
            return 403, "the request comes from another site"
        # a page that sends no referrer has "null" for its origin in forms; the browser's own word is in sec-fetch-site
        unsaid = origin is None or (origin == "null" and site is not None)
        if not unsaid and urlsplit(origin or "").netloc.lower() != host:
            return 403, "the request comes from another site"
        if site is None and origin is None and not headers.get("authorization", "").lower().startswith("bearer "):
            return 403, "a browser must say where the request comes from; programs use a token"
        return None


class _Limited:
    """A body is read up to the limit, whatever its header said."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._read, self._most = receive, 0, most

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            return {"type": "http.disconnect"}
        return message
