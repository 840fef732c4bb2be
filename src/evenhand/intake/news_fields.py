"""What wire formats (ninjs, NewsML-G2) say of an item's standing, the same for both."""

from __future__ import annotations

import re

from evenhand.intake.articles import Article
from evenhand.model.report import Notice, Unread

# IPTC NewsCodes, scheme "pubstatus": http://cv.iptc.org/newscodes/pubstatusg2/
_TAKEN_BACK = frozenset(("canceled", "cancelled"))
_CORRECTION = re.compile(r"\W{0,3}(?:CORRECTION|CORRECTED|CORRECTS|REFILE|REFILING|RECASTS)\b")
_KILL = re.compile(r"\W{0,3}(?:KILL|MANDATORY KILL|BULLETIN KILL|WITHDRAWN|WITHDRAWAL|RETRACTION|ADVISORY KILL)\b")


def status_of(pub_status: str | None, note: str | None, *marks: str | None) -> tuple[tuple[Notice, ...], Unread | None]:
    """Notices and, for an item taken back or held, why it is not read.

    `pub_status` is the code (usable, withheld, canceled), `note` the editors' note, `marks` headline and slug: a kill
    or a correction is often marked there only, in capitals.
    """
    status = (pub_status or "").strip().lower()
    shown = f": “{note[:300]}”" if note else ""
    words = [mark for mark in (note, *marks) if mark]
    if status in _TAKEN_BACK or any(_KILL.match(mark) for mark in words):
        why = "withdrawn by its publisher" + (f" (pubStatus {status})" if status in _TAKEN_BACK else "")
        cure = "do not rely on it, nor on earlier versions of it"
        return (Notice(kind="withdrawn", what=why + shown),), Unread(why=why, cure=cure)
    if status == "withheld":
        why = "withheld by its publisher (pubStatus withheld)"
        return (Notice(kind="withheld", what=why + shown),), Unread(why=why, cure="ask the publisher")
    if any(_CORRECTION.match(mark) for mark in words):
        return (Notice(kind="corrects", what="it corrects an earlier version" + shown),), None
    return (), None


def usable(article: Article) -> Article:
    """The article, or why it has nothing to read."""
    if article.text.strip() or article.problem:
        return article
    return Article(
        locator=article.locator,
        title=article.title,
        external_id=article.external_id,
        url=article.url,
        notices=article.notices,
        problem=Unread(why="the item has no text", cure="get the item with its body"),
    )
