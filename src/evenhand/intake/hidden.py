"""What a page holds and does not show: taken out of the text, and said where it is a sentence or more.

A citation proves that words are in a file, not that anybody could read them. Words hidden by the page's own styles
(not displayed, invisible, of no size, moved off the page, in the colour of their ground) are how a page tells one thing
to people and another to machines.
"""

from __future__ import annotations

import re
from typing import Any

import lxml.etree

from evenhand.intake.encoding import clean
from evenhand.model.report import Notice

_HIDING = re.compile(
    r"(?:\A|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0*(?=[;\s!}]|\Z)"
    r"|font-size\s*:\s*0?\.?0*(?:px|pt|em|rem|%)?(?=[;\s!}]|\Z)|(?:text-indent|left|top|margin-left)\s*:\s*-\d{4,9}"
    r"|clip(?:-path)?\s*:\s*(?:rect\(0|inset\((?:50|100)%))",
    re.I,
)
_COLOUR = re.compile(r"(?:\A|[;\s])(background(?:-color)?|color)\s*:\s*([^;!]{1,40})", re.I)
_RULE = re.compile(r"([^{}@]{1,500})\{([^{}]{0,2000})\}")
_ONE_NAME = re.compile(r"(?:[a-z]{1,10})?([.#][A-Za-z_-][\w-]{0,60})")
_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/)){0,5000}\*/")
_WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)"))
_WORDS = 4
_MOST_STYLES = 200_000
_NO_TEXT = frozenset(("script", "style", "template", "noscript", "input", "meta", "link", "svg", "iframe"))


def take_out_hidden(tree: Any) -> tuple[Notice, ...]:
    """Remove from the lxml tree the elements that its own styles hide; a notice where they held sentences."""
    names = _hidden_names(tree)
    hidden, passages, words = [], [], 0
    walk = lxml.etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        if element.tag in _NO_TEXT:
            walk.skip_subtree()
        elif _is_hidden(element, names) and element.getparent() is not None:
            walk.skip_subtree()
            passage = " ".join(clean("".join(element.itertext())).split())
            hidden.append(element)
            words += len(passage.split())
            if len(passage.split()) >= _WORDS:
                passages.append(passage[:200])
    # A page of which most is hidden is one that a script opens (a consent wall, lazy loading): its text stays.
    kept = bool(hidden) and words > len(" ".join(tree.itertext()).split()) / 2
    for element in () if kept else hidden:
        _drop(element)
    if not passages:
        return ()
    many = "a passage" if len(passages) == 1 else f"{len(passages)} passages"
    where = "which are most of it and stay in the text" if kept else "not in the text"
    what = f"the page holds {many} hidden from its readers, {where}; the first begins: “{passages[0]}”"
    return (Notice(kind="hidden", what=what),)


def _is_hidden(element: Any, names: frozenset[str]) -> bool:
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    style = element.get("style")
    if style and (_HIDING.search(style[:2000]) or _same_colour(style[:2000])):
        return True
    if element.tag == "font" and (element.get("color") or "").strip().lower() in _WHITE:
        return True
    if names:
        if (id_ := element.get("id")) and f"#{id_}" in names:
            return True
        return any(f".{name}" in names for name in (element.get("class") or "").split()[:50])
    return False


def _same_colour(style: str) -> bool:
    """Words in the colour of their ground: both given and equal, or white where no ground is given."""
    given: dict[str, str] = {}
    for name, value in _COLOUR.findall(style):
        given[name.lower().replace("-color", "")] = "".join(value.lower().split())
    colour, ground = given.get("color"), given.get("background")
    if colour is None:
        return False
    return colour == "transparent" or (colour == ground if ground else colour in _WHITE)


def _hidden_names(tree: Any) -> frozenset[str]:
    """Classes and ids that the page's own style sheets hide everywhere (rules inside @media are not looked at)."""
    names: set[str] = set()
    for style in list(tree.iter("style"))[:50]:
        sheet = _outside_blocks(_COMMENT.sub(" ", (style.text or "")[:_MOST_STYLES]))
        for selectors, rules in _RULE.findall(sheet):
            if _HIDING.search(rules):
                names.update(match[1] for one in selectors.split(",") if (match := _ONE_NAME.fullmatch(one.strip())))
    return frozenset(names)


def _outside_blocks(sheet: str) -> str:
    """A style sheet without its @-rules that hold rules (@media print hides what the screen shows)."""
    out: list[str] = []
    depth, at_rule, start = 0, False, 0
    for match in re.finditer(r"[{}@]", sheet):
        sign = match.group()
        if sign == "@" and depth == 0:
            out.append(sheet[start : match.start()])
            at_rule, start = True, match.start()
        elif sign == "{":
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
            if depth == 0 and at_rule:
                at_rule, start = False, match.end()
    if not at_rule:
        out.append(sheet[start:])
    return " ".join(out)


def _drop(element: Any) -> None:
    """Remove the element and keep the words behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
