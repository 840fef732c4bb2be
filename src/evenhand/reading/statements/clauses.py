"""One sentence, two statements: "X said P, adding that Q", "X told reporters P but said Q".

A content the network took in one piece is cut at the second cue; both statements have the one source. In PolNeAR's
training part such a cue stands inside an unquoted content 13 times and is a cue of its own 187 times.
"""

from __future__ import annotations

import re

from evenhand.reading.names.lexicon import PREPOSITIONS
from evenhand.reading.quotations import Quotations
from evenhand.reading.statements.shape import Shape, trim_content

_ADDS = (
    "adding|noting|stressing|pointing out|emphasizing|emphasising|underlining|explaining|insisting|warning|blaming|"
    "accusing|calling on|urging|welcoming|condemning|denying"
)
_GOES_ON = (
    "said|says|added|noted|stressed|insisted|called on|denied|accused|accuses|blamed|blames|urged|urges|warned|warns|"
    "demanded|demands"
)
_ADDING = re.compile(
    r"(?<!\w)(?P<before>\w{1,60})(?P<comma>,?)\s{1,8}(?:(?:and|but|also|while)\s{1,8})?"
    r"(?P<cue>" + _ADDS.replace(" ", r"\s{1,8}") + r")\s{1,8}(?P<that>that\s{1,8})?(?=\S)"
)
_COORDINATED = re.compile(
    r"\b(?P<before>\w+),?\s+(?:and|but)\s+(?:also\s+)?"
    r"(?P<cue>" + _GOES_ON.replace(" ", r"\s+") + r")\s+(?:that\s+)?(?=\S)"
)
_CUTTERS = tuple(
    (pattern, frozenset(cue.split()[0] for cue in cues.split("|")))
    for pattern, cues in ((_ADDING, _ADDS), (_COORDINATED, _GOES_ON))
)
"""Each pattern with the words of which one stands between blanks where it matches."""
_SAYING = frozenset(("adding", "noting", "stressing", "pointing", "emphasizing", "emphasising", "underlining"))
_NOT_AFTER = PREPOSITIONS | {"than", "is", "are", "was", "were", "be", "before", "without"}
_COMMA_EVERY = 150  # characters: text with fewer commas has lost them
_SHORTEST = 12
_MOST = 3


def split(text: str, shapes: list[Shape], quotations: Quotations) -> list[Shape]:
    """New statements cut from contents of the given ones (which are shortened)."""
    stripped = text.count(",") * _COMMA_EVERY < len(text)
    cues = {s.cue[0] for s in shapes if s.cue}
    out: list[Shape] = []
    for shape in shapes:
        one: Shape | None = shape
        for _ in range(_MOST):
            one = _cut(text, one, quotations, cues, stripped=stripped) if one is not None and one.cue else None
            if one is None:
                break
            out.append(one)
    return out


def _cut(text: str, shape: Shape, quotations: Quotations, cues: set[int], *, stripped: bool) -> Shape | None:
    for k, (start, end) in enumerate(shape.content):
        printed = frozenset(text[start:end].split())
        for pattern, cues_of_it in _CUTTERS:
            if cues_of_it.isdisjoint(printed):
                continue
            for match in pattern.finditer(text, start, end):
                at = match.span("cue")
                if at[0] in cues or quotations.at(at[0]) is not None or not _is_cue(match, stripped=stripped):
                    continue
                left = trim_content(text, (start, match.end("before")))
                right = trim_content(text, (match.end(), end))
                if left is None or right is None or min(left[1] - left[0], right[1] - right[0]) < _SHORTEST:
                    continue
                rest = shape.content[k + 1 :]
                shape.content = [*shape.content[:k], left]
                cues.add(at[0])
                return Shape([right, *rest], at, shape.source, shape.confidence * 0.9, shape.denial, shape.parent)
    return None


def _is_cue(match: re.Match[str], *, stripped: bool) -> bool:
    if match["before"].lower() in _NOT_AFTER:
        return False
    groups = match.groupdict()
    if "comma" not in groups:
        return True
    if match["cue"].split()[0] in _SAYING:
        return bool(groups["that"] or groups["comma"] or stripped)
    return bool(groups["comma"]) or stripped
