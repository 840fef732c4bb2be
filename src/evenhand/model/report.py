"""What comes in: the original bytes and the report found in them (ledger, section 1, `report`)."""

from typing import Literal

from evenhand.model.evidence import Record, Span, content_id, sha256_hex

PublishedFrom = Literal["header", "dateline", "metadata", "filename", "user"]
NoticeKind = Literal[
    "withdrawn", "withheld", "corrects", "origin", "hidden", "aside", "controls", "lookalikes", "gap", "digest"
]


class OriginalRef(Record, frozen=True, kw_only=True):
    """Names the bytes a report came from: SHA-256 of the file, and where in it (`row 17`, …)."""

    sha256: str
    locator: str | None = None


class Credit(Record, frozen=True, kw_only=True):
    """A wire the report says it carries; `span` in code points, null when metadata says so."""

    agency: str
    span: Span | None = None


class Dateline(Record, frozen=True, kw_only=True):
    """`MOSCOW, December 27. /TASS/.`: its words, the place as printed, ISO date and agency if named.

    `span` is null where the file's metadata says so and the text does not (ninjs and NewsML `located`).
    """

    span: Span | None
    place: str
    date: str | None = None
    agency: str | None = None


class Notice(Record, frozen=True, kw_only=True):
    """What a person must know of a report before relying on it, one sentence in `what`; `span` in code points.

    withdrawn, withheld: its publisher takes it back, or held it (never evidence: `unread` says so, too) · corrects:
    it replaces an earlier version · origin: whom the feed or file names as its source · hidden: the file holds words
    that a reader of it does not see; they are not in the text · aside: `text[span]` is not the report's own words
    (headlines of other stories, a date line run into its headline), and is not read · controls: characters that
    change the order or the look of what is shown · lookalikes: words that mix letters of several scripts ·
    gap: a part of the file could not be taken in (so the reading has `unread`) · digest: how the bytes compare with
    the archive's own digest.
    """

    kind: NoticeKind
    what: str
    span: Span | None = None


class Report(Record, frozen=True, kw_only=True):
    """One report: a plain rendition of the original and what is known of its publication.

    `published` is an ISO date. `text` is never altered; all positions in every record point into it.
    """

    id: str
    original: OriginalRef
    file: str | None = None
    external_id: str | None = None
    url: str | None = None
    outlet: str | None = None
    credits: tuple[Credit, ...] = ()
    title: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    dateline: Dateline | None = None
    text: str = ""
    text_sha256: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def asides(self) -> tuple[Span, ...]:
        """The parts of the text that are not the report's own words, by position."""
        return tuple(sorted(notice.span for notice in self.notices if notice.kind == "aside" and notice.span))

    @property
    def wires(self) -> tuple[str, ...]:
        """The agencies that credits and dateline name, each once; an unnamed one is nobody."""
        named = [credit.agency for credit in self.credits]
        if self.dateline is not None and self.dateline.agency is not None:
            named.append(self.dateline.agency)
        return tuple(dict.fromkeys(name for name in named if name != UNNAMED_AGENCIES))


class Unread(Record, frozen=True, kw_only=True):
    """Why a report, or a part of it, could not be read, and what can be done about it."""

    why: str
    cure: str | None = None


class Original(Record, frozen=True, kw_only=True):
    """The bytes as they came, found at `path` (as the user would type it), `file` relative to the PATH given."""

    path: str
    file: str
    data: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, hex."""
        return sha256_hex(self.data)


UNNAMED_AGENCIES = "agencies"
"""The credit of a report that says it carries agencies without naming one ("Source: Agencies")."""


class Received(Record, frozen=True, kw_only=True):
    """What intake makes of one report: the report, and `unread` when (a part of) it could not be read.

    A file that fails altogether still gives a Report (id, original, file, empty text) with `unread` set.
    """

    report: Report
    unread: Unread | None = None


def report_id(original: OriginalRef, outlet: str | None, url: str | None) -> str:
    """The report's id, from original, locator, outlet and url: the same input gives the same id."""
    return content_id("report", original.sha256, original.locator, outlet, url)
