"""A report's text as HTML: escaped, with its statements, sources, cues and claims marked and linked.

The text is cut at every border of a mark; each piece carries the classes of all marks over it, so marks may
nest and cross. Nothing of the report reaches the page unescaped, and characters that steer the direction or
are invisible are shown by their code point instead of being obeyed.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from evenhand.dossier.links import entry_anchor, span_anchor, words_anchor
from evenhand.model.evidence import Span
from evenhand.model.reading import Claim, Reading, Statement

# Directional overrides, embeddings, isolates and marks can make a quotation read backwards (Unicode UAX 9); control
# characters but tab and line ends, and lone surrogates, have no glyph of their own.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MAX_DEPTH = 3  # deeper statements look like the third level; the list beside the text gives the nesting


@dataclass(frozen=True, slots=True)
class Mark:
    """A span, the class that shows it, an anchor where it starts and a link put after its end."""

    span: Span
    kind: str
    anchor: str = ""
    link: str = ""
    label: str = ""
    title: str = ""


def marked(reading: Reading, anchors: Iterable[Span] = ()) -> Markup:
    """The report's text with every statement and claim marked; `anchors` are further spans linked to."""
    marks = [mark for statement in reading.statements for mark in _statement_marks(statement, reading)]
    marks += [mark for claim in reading.claims for mark in _claim_marks(claim)]
    marks += [Mark(span, "aside") for span in reading.report.asides]
    marks += [Mark(span, "", anchor=span_anchor(span)) for span in sorted(set(anchors))]
    return _render(reading.report.text, marks)


def shown(text: str) -> Markup:
    """Escaped text in which steering and control characters are visible."""
    if _HIDDEN.search(text) is None:
        return escape(text)
    out: list[Markup] = []
    at = 0
    for found in _HIDDEN.finditer(text):
        char = found[0]
        span = Markup('<span class="control" title="{}">U+{:04X}</span>').format(_name(char), ord(char))
        out += [escape(text[at : found.start()]), span]
        at = found.end()
    return Markup("").join([*out, escape(text[at:])])


def plain(text: str) -> str:
    """Text for where no markup may stand (attributes, titles, drawings): hidden characters as `[U+202E]`."""
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def _name(char: str) -> str:
    return unicodedata.name(char, "control character").lower()


def _statement_marks(statement: Statement, reading: Reading) -> list[Mark]:
    depth = min(_depth(statement, reading), _MAX_DEPTH)
    entry = f"#{entry_anchor(statement.id)}"
    title = f"{statement.speaker_name or 'not named'} {statement.attitude}"
    marks = [
        Mark(
            span,
            f"said said{depth} {statement.kind}",
            anchor=words_anchor(statement.id) if number == 0 else "",
            link=entry if number == 0 else "",
            label=statement.id if number == 0 else "",
            title=title,
        )
        for number, span in enumerate(statement.content)
    ]
    marks += [Mark(span, "source") for span in (statement.source,) if span]
    marks += [Mark(span, "cue") for span in (statement.cue,) if span]
    return marks + [Mark(span, "insert") for span in statement.inserts]


def _depth(statement: Statement, reading: Reading) -> int:
    parents = {s.id: s.parent for s in reading.statements}
    depth, at = 1, statement.parent
    while at is not None and depth <= _MAX_DEPTH:
        depth, at = depth + 1, parents.get(at)
    return depth


def _claim_marks(claim: Claim) -> list[Mark]:
    entry = f"#{entry_anchor(claim.id)}"
    trigger = Mark(claim.trigger, "trigger", words_anchor(claim.id), entry, claim.id, claim.type)
    figures = [Mark(quantity.span, "figure") for quantity in claim.quantities]
    labels = [Mark(label.span, "label", title=f"loaded word; neutral: {label.neutral}") for label in claim.labels]
    return [trigger, *figures, *labels]


def _render(text: str, marks: list[Mark]) -> Markup:
    starts: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if 0 <= mark.span[0] < mark.span[1] <= len(text):
            starts[mark.span[0]].append(mark)
            ends[mark.span[1]].append(mark)
    borders = sorted({0, len(text), *starts, *ends})
    open_marks: list[Mark] = []
    out: list[Markup] = []
    for here, there in itertools.pairwise(borders):
        open_marks = [mark for mark in open_marks if mark.span[1] > here]
        for mark in sorted(starts[here], key=lambda m: (-m.span[1], m.kind)):
            open_marks.append(mark)
            out.append(_opening(mark))
        out.append(_piece(text[here:there], open_marks))
        out += [_closing(mark) for mark in ends[there]]
    return Markup("").join(out)


def _opening(mark: Mark) -> Markup:
    anchor = Markup('<span class="anchor" id="{}"></span>').format(mark.anchor) if mark.anchor else Markup("")
    if mark.link and mark.kind.startswith("said"):
        return anchor + _link(mark)
    return anchor


def _closing(mark: Mark) -> Markup:
    return _link(mark) if mark.link and not mark.kind.startswith("said") else Markup("")


def _link(mark: Mark) -> Markup:
    return Markup('<a class="ref ref-{}" href="{}" title="{}">{}</a>').format(
        mark.kind.split()[0], mark.link, mark.title, mark.label
    )


def _piece(words: str, marks: list[Mark]) -> Markup:
    classes = " ".join(dict.fromkeys(name for mark in marks for name in mark.kind.split()))
    if not classes:
        return shown(words)
    return Markup('<span class="{}">{}</span>').format(classes, shown(words))
