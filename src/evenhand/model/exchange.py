"""What passed between evenhand and a web server: written down so that a third party can repeat and check it."""

from evenhand.model.evidence import Record


class Hop(Record, frozen=True, kw_only=True):
    """One request and its answer. `address` is the IP that was checked and connected to, none other.

    Headers are as sent and as received, in order; `body_sha256` is of the body as transferred (`size` bytes).
    """

    url: str
    address: str
    port: int
    status: int
    reason: str
    request_headers: tuple[tuple[str, str], ...]
    response_headers: tuple[tuple[str, str], ...]
    size: int
    body_sha256: str


class Exchange(Record, frozen=True, kw_only=True):
    """A fetch from the typed `url` to `final_url`, every redirect a hop.

    `fetched_at` is UTC, ISO 8601 with seconds. `payload_sha256` is of the last body with transfer and content
    encodings undone (the file a browser would save), `size` its bytes, `media_type` the server's word for it.
    """

    url: str
    final_url: str
    fetched_at: str
    method: str
    agent: str
    media_type: str | None
    size: int
    payload_sha256: str
    hops: tuple[Hop, ...]
