"""What the readers of formats give: articles, and files inside files, before any of it is weighed."""

from __future__ import annotations

from datetime import date

from evenhand.model.evidence import Record
from evenhand.model.report import Notice, Unread


class Article(Record, frozen=True, kw_only=True):
    """A text and what its file says of it.

    `published` is the file's own word for the day of publication, `made` the day a document was written or saved
    (the weakest of all clues). `trusted`: an outlet's name that the registry does not know stays, made short, and
    `published` ranks below the days printed in the text (tables). `origin` is whom the file names as the source of
    the text, `origin_url` their address. `place` is the metadata's dateline. `order`: how the outlet prints days in
    figures. `name` is the file's name inside an archive, with "/".
    """

    text: str = ""
    locator: str | None = None
    name: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    made: date | None = None
    external_id: str | None = None
    language: str | None = None
    author: str | None = None
    origin: str | None = None
    origin_url: str | None = None
    place: str | None = None
    trusted: bool = False
    order: str | None = None
    notices: tuple[Notice, ...] = ()
    problem: Unread | None = None


class Member(Record, frozen=True, kw_only=True):
    """A file inside a file: its name, how the locator calls it ("member", "attachment"), and its bytes."""

    name: str
    data: bytes
    label: str = "member"


class Taken(Record, frozen=True, kw_only=True):
    """What one parser takes from one file."""

    articles: tuple[Article, ...] = ()
    members: tuple[Member, ...] = ()


def refused(why: str, cure: str, locator: str | None = None, name: str | None = None) -> Article:
    """An article of which nothing can be read, with the reason and the cure."""
    return Article(problem=Unread(why=why, cure=cure), locator=locator, name=name)


def joined(outer: str | None, inner: str | None) -> str | None:
    """A locator inside a locator: "member a.zip member b.csv row 3"."""
    return " ".join(part for part in (outer, inner) if part) or None
