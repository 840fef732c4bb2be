"""GUM's discourse trees (rs4) and syntax (CoNLL-U) as attributions: nested ones, and denials.

A satellite holds source and cue together: the cue is its head verb, the source its subject's words; the
content is the nucleus' whole yield. GUM annotates clauses only, so nothing is learned from it about
attributions at the outer level that it does not mark.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # the project's own training files, no untrusted input
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evenhand.learning.corpora import Example, Said, said
from evenhand.reading.tagging.spans import Span

# Genres with licences that allow any use of a model, as in the sets' README; the non-commercial ones are left out.
GENRES = ("news", "interview", "speech", "court", "bio", "voyage", "textbook", "academic")
_FIRST_PERSON = frozenset(("i", "we"))


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    form: str
    head: int  # index in the document, -1 for a root
    relation: str
    entity: str  # the Entity= field, "" without one


def read_gum(trees: Path, syntax: Path) -> Iterator[Example]:
    """One example a document present in both folders: `inner` holds nested attributions, `outer` is unknown."""
    documents = _read_conllu(syntax)
    found_names = ((text, n) for text, tokens in documents.values() for n in _names(tokens))
    places = {text[s:e].removesuffix("'s") for text, (s, e, kind) in found_names if kind == "place"}
    for name, (text, tokens) in documents.items():
        path = trees / f"{name}.rs4"
        if not path.exists() or name.split("_")[1] not in GENRES:
            continue
        found = list(_attributions(path, text, tokens))
        contents = [one.content for one, _ in found]
        inner = []
        for i, (one, unit) in enumerate(found):
            held = any(
                j != i and any(s <= unit[0] and unit[1] <= e for s, e in other) for j, other in enumerate(contents)
            )
            first = one.source and text[slice(*one.source)].lower() in _FIRST_PERSON
            if held and not first:
                inner.append(one)
        names = _as_re3d(text, list(_names(tokens)), places)
        yield Example(name, text, outer=None, inner=tuple(inner) or None, names=names)


_KINDS = {"person": "person", "organization": "organisation", "place": "place", "time": "time"}
_ENTITY = re.compile(r"\((\d{1,9})-(\w{1,80})-[^()]*(\)?)|(?<!\d)(\d{1,9})\)")


def _as_re3d(text: str, names: list[tuple[int, int, str]], places: set[str]) -> tuple[tuple[int, int, str], ...]:
    """GUM's mentions under re3d's habits: short ones, no possessive ending, countries are places."""
    out = []
    for start, end, kind in names:
        words = text[start:end].removesuffix("'s").removesuffix("\u2019s")
        if words.count(" ") < LONGEST_NAME and "," not in words:
            out.append((start, start + len(words), "place" if kind == "organisation" and words in places else kind))
    return tuple(out)


LONGEST_NAME = 5  # words; GUM marks whole phrases with all that hangs on them, re3d seldom does


def _names(tokens: list[_Token]) -> Iterator[tuple[int, int, str]]:
    """Mentions of persons, organisations, places and times, nominals too, as re3d marks them."""
    open_: dict[str, list[tuple[int, str]]] = {}
    for token in tokens:
        for number, kind, closed, ending in _ENTITY.findall(token.entity):
            if number and closed:
                if kind in _KINDS:
                    yield token.start, token.end, _KINDS[kind]
            elif number:
                open_.setdefault(number, []).append((token.start, kind))
            elif open_.get(ending):
                start, began = open_[ending].pop()
                if began in _KINDS:
                    yield start, token.end, _KINDS[began]


def _read_conllu(path: Path) -> dict[str, tuple[str, list[_Token]]]:
    documents: dict[str, tuple[str, list[_Token]]] = {}
    name, text, tokens, base, joined = "", "", list[_Token](), 0, ("", False)
    until, glued = 0, False
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id = "):
            if name:
                documents[name] = (text, tokens)
            name, text, tokens = line.removeprefix("# newdoc id = ").strip(), "", []
        elif line.startswith("# newpar") and not line.startswith("# newpar_") and text:
            text = text.rstrip(" ") + "\n\n"
        elif line and line[0].isdigit():
            columns = line.split("\t")
            number, form, misc = columns[0], columns[1], columns[9]
            if "." in number:
                continue
            if "-" in number:
                until, joined, glued = int(number.split("-")[1]), (form, "SpaceAfter=No" in misc), True
                continue
            if number == "1":
                base = len(tokens)
            at = int(number)
            head = int(columns[6])
            entity = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
            parent = base + head - 1 if head else -1
            tokens.append(_Token(len(text), len(text) + len(form), form, parent, columns[7], entity))
            inside = glued and at < until
            no_space = "SpaceAfter=No" in misc or inside or (glued and at == until and joined[1])
            if at >= until:
                glued, until = False, 0
            text += form + ("" if no_space else " ")
    if name:
        documents[name] = (text, tokens)
    return documents


def _attributions(path: Path, text: str, tokens: list[_Token]) -> Iterator[tuple[Said, Span]]:
    """Every attribution with its satellite's span; nothing when tree and syntax disagree on the words."""
    body = ET.parse(path).getroot().find("body")  # noqa: S314
    if body is None:
        return
    units: dict[str, tuple[int, int]] = {}
    parents: dict[str, tuple[str, str]] = {}
    at = 0
    for node in body:
        identity = node.get("id", "")
        if node.tag == "segment":
            size = len((node.text or "").split())
            units[identity] = (at, at + size)
            at += size
        if node.tag in ("segment", "group") and node.get("parent"):
            parents[identity] = (node.get("parent", ""), node.get("relname", ""))
    if at != len(tokens):
        return
    children: dict[str, list[str]] = {}
    for child, (parent, _) in parents.items():
        children.setdefault(parent, []).append(child)
    for satellite, (nucleus, relation) in parents.items():
        if not relation.startswith("attribution") or satellite not in units:
            continue
        held = _yield(nucleus, children, parents, units, satellite)
        one = _said(text, tokens, units[satellite], held, relation.endswith("negative"))
        if one:
            first, last = units[satellite]
            yield one, (tokens[first].start, tokens[last - 1].end)


def _yield(
    nucleus: str,
    children: dict[str, list[str]],
    parents: dict[str, tuple[str, str]],
    units: dict[str, tuple[int, int]],
    without: str,
) -> list[tuple[int, int]]:
    """Token ranges of the nucleus: its own words and what it is built of, not its other satellites'."""
    out: list[tuple[int, int]] = []
    queue = [nucleus]
    top = True
    while queue:
        node = queue.pop()
        if node in units:
            out.append(units[node])
        for child in children.get(node, []):
            relation = parents[child][1]
            building = relation in ("span", "same-unit") or relation.startswith(
                ("joint", "adversative-contrast", "restatement-rep")
            )
            if child != without and (building or not top):
                queue.append(child)
        top = False
    out.sort()
    merged: list[tuple[int, int]] = []
    for start, end in out:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _said(
    text: str, tokens: list[_Token], unit: tuple[int, int], held: list[tuple[int, int]], denies: bool
) -> Said | None:
    first, last = unit
    contents = [(tokens[s].start, tokens[e - 1].end) for s, e in held if e > s]
    words = " ".join(t.form.lower() for t in tokens[first:last])
    if re.match(r"according to\b", words) and last - first > 2:
        return said(
            text,
            contents,
            (tokens[first].start, tokens[first + 1].end),
            (tokens[first + 2].start, tokens[last - 1].end),
            False,
        )
    inside = range(first, last)
    heads = [i for i in inside if tokens[i].head not in inside]
    if not heads:
        return None
    head = heads[0]
    subject = next((i for i in inside if tokens[i].head == head and tokens[i].relation.startswith("nsubj")), None)
    source = None
    if subject is not None:
        below = [i for i in inside if _under(tokens, i, subject, last - first)]
        source = (tokens[min(below)].start, tokens[max(below)].end)
    return said(text, contents, (tokens[head].start, tokens[head].end), source, denies)


def _under(tokens: list[_Token], index: int, top: int, steps: int) -> bool:
    for _ in range(steps + 1):
        if index == top:
            return True
        index = tokens[index].head
        if index < 0:
            return False
    return False
