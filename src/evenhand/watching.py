"""Feeds and folders looked at again and again: what is new goes into the case, what it changes is told.

Polite: a feed is asked with its ETag and date, at most once in five minutes, less and less often while it fails, and
not before the time it names itself (Retry-After); its pages come one a second, from the feed's own host alone unless
more was asked for. Nothing is fetched but what hangs on an address that the user typed.
"""

from __future__ import annotations

import io
import json
import urllib.request
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import msgspec

from evenhand.casework import Addition, add_paths, add_url, is_url
from evenhand.custody import Case
from evenhand.errors import UsageError
from evenhand.intake import Meta
from evenhand.model.evidence import Record
from evenhand.model.incident import Grade, Incident

if TYPE_CHECKING:
    from evenhand.intake.fetching import FetchError, Network

LEAST = timedelta(minutes=5)
_MOST = timedelta(days=1)
_BETWEEN_PAGES = 1.0
_MOST_PAGES = 200
_NOT_MODIFIED = 304
_QUESTIONS = ("occurrence", "responsibility", "killed", "injured", "place", "time")


class Asked(Record, frozen=True, kw_only=True):
    """What is known of a feed: its marks for conditional requests, failures in a row, when it may be asked again.

    `next` is UTC, ISO 8601; `seen` are the addresses of pages that were taken in, oldest first.
    """

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    next: str | None = None
    seen: tuple[str, ...] = ()


class Changed(Record, frozen=True, kw_only=True):
    """One question of one incident graded otherwise than before; `before` null: the incident is new."""

    incident: str
    title: str
    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Watch:
    """One case and what is watched for it. `pause` waits between pages, `clock` tells time, `network` is for tests."""

    case: Case
    feeds: Sequence[str]
    every: timedelta = timedelta(minutes=15)
    any_host: bool = False
    who: str | None = None
    pause: Callable[[float], None] = lambda _seconds: None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    network: Network | None = None

    def look(self) -> Iterator[Addition]:
        """Look at every feed and folder that is due; each addition as it comes, also what could not be taken in."""
        known = self._state()
        for feed in self.feeds:
            if not is_url(feed):
                yield from add_paths(self.case, [feed], io.BytesIO(), Meta(), who=self.who)
                continue
            asked = known.get(feed, Asked())
            if asked.next is not None and self.clock() < datetime.fromisoformat(asked.next):
                continue
            answer = yield from self._ask(feed, asked)
            known[feed] = answer
            self._keep(known)

    def _ask(self, feed: str, asked: Asked) -> Generator[Addition, None, Asked]:
        from evenhand.intake.fetching import FetchError, Network, fetch  # noqa: PLC0415 - only where a URL was typed

        marks = (("If-None-Match", asked.etag), ("If-Modified-Since", asked.modified))
        headers = tuple((name, value) for name, value in marks if value is not None)
        try:
            fetched = fetch(feed, network=self.network or Network(), headers=headers)
        except FetchError as problem:
            if problem.hops and problem.hops[-1].status == _NOT_MODIFIED:
                return msgspec.structs.replace(asked, failures=0, next=self._in(self.every))
            yield Addition(feed, unread=_unread(problem))
            return self._later(asked, problem)
        last = fetched.exchange.hops[-1]
        answered = {name.lower(): value for name, value in last.response_headers}
        seen, missed = dict.fromkeys(asked.seen), False
        for number, page in enumerate(self._pages(fetched.payload, fetched.exchange.final_url, seen)):
            if number:
                self.pause(_BETWEEN_PAGES)
            addition = add_url(self.case, page, network=self.network, who=self.who)
            if addition.unread is None:
                seen[page] = None
            missed = missed or addition.unread is not None
            yield addition
        return Asked(
            # a feed with a page that did not come is asked for whole again
            etag=None if missed else answered.get("etag"),
            modified=None if missed else answered.get("last-modified"),
            next=self._in(self.every),
            seen=tuple(seen)[-5000:],
        )

    def _pages(self, feed: bytes, base: str, seen: Mapping[str, None]) -> list[str]:
        """Addresses of the feed's entries that are new, in its order."""
        found = dict.fromkeys(urljoin(base, link) for link in links(feed))
        host = urlsplit(base).hostname
        mine = [page for page in found if is_url(page) and (self.any_host or urlsplit(page).hostname == host)]
        return [page for page in mine if page not in seen][:_MOST_PAGES]

    def _later(self, asked: Asked, problem: FetchError) -> Asked:
        failures = asked.failures + 1
        wait = min(self.every * 2**failures, _MOST)
        if problem.hops:
            named = {name.lower(): value for name, value in problem.hops[-1].response_headers}.get("retry-after")
            wait = max(wait, min(_retry_after(named, self.clock()), _MOST))
        return msgspec.structs.replace(asked, failures=failures, next=self._in(wait))

    def _in(self, wait: timedelta) -> str:
        return (self.clock() + wait).isoformat(timespec="seconds")

    def _state(self) -> dict[str, Asked]:
        path = self._path()
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Asked]) if path.is_file() else {}

    def _keep(self, known: Mapping[str, Asked]) -> None:
        path = self._path()
        partial = path.with_name(path.name + ".partial")
        partial.write_bytes(msgspec.json.encode(known))
        partial.replace(path)

    def _path(self) -> Path:
        return self.case.paths.private / "watch.json"


def links(feed: bytes) -> list[str]:
    """The links of the entries of an RSS or Atom feed; none where it is no feed."""
    import feedparser  # noqa: PLC0415 - slow to load, and only this needs it

    # a stream: given bytes, the library would take some for an address and fetch it
    entries = feedparser.parse(io.BytesIO(feed), sanitize_html=False, resolve_relative_uris=False).entries
    return [str(entry["link"]) for entry in entries if entry.get("link")]


def grades_of(incident: Incident) -> tuple[Grade | None, ...]:
    """The grades whose changes are told."""
    return tuple(getattr(incident.questions, question).grade for question in _QUESTIONS)


def changes(before: Mapping[str, tuple[Grade | None, ...]], after: Iterable[Incident]) -> tuple[Changed, ...]:
    """The questions that are graded otherwise than before (`grades_of` by id), incident by incident, by their ids."""
    nothing = (None,) * len(_QUESTIONS)
    return tuple(
        Changed(incident=one.id, title=one.title, question=question, before=old, after=new)
        for one in after
        for question, old, new in zip(_QUESTIONS, before.get(one.id, nothing), grades_of(one), strict=True)
        if old != new
    )


def local_webhook(address: str) -> str:
    """The address, if it is of this machine. Raises UsageError otherwise: what a case says goes nowhere by itself."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        local = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        local = False
    if parts.scheme != "http" or not local:
        raise UsageError(f"{address}: a webhook must be http:// on this machine (127.0.0.1, ::1 or localhost)")
    return address


def post(address: str, case: str, changed: Sequence[Changed]) -> None:
    """Send the changes as JSON to a webhook on this machine. Raises OSError when nobody takes them."""
    body = json.dumps({"case": case, "changes": msgspec.to_builtins(changed)}).encode()
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as answer:
        answer.read(1)


def _retry_after(value: str | None, now: datetime) -> timedelta:
    if value is None:
        return timedelta(0)
    if value.strip().isdecimal():
        return timedelta(seconds=min(int(value.strip()[:9]), int(_MOST.total_seconds())))
    try:
        return parsedate_to_datetime(value) - now
    except (ValueError, TypeError):
        return timedelta(0)


def _unread(problem: Any) -> Any:
    from evenhand.model.report import Unread  # noqa: PLC0415

    return Unread(why=problem.why, cure=problem.cure or None)
