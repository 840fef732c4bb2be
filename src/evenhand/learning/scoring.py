"""The tagger's own figures on development data, by the scorers in `../shared/tools`.

These score what the tagger finds before stitching; `benchmarks/quality` scores whole readings.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from evenhand.learning.corpora import Example, Said
from evenhand.reading.tagging.spans import Span
from evenhand.reading.tagging.tagger import RawAttribution, Tagged

KEYS = ("content_J50", "relaxed_src+content", "exact_all", "frag_source", "frag_cue", "frag_content", "srcacc_overlap")
_THAT_BEFORE = re.compile(r"\bthat\s+\Z", re.IGNORECASE)

Figures = dict[str, float]


def tool(tools: Path, name: str) -> ModuleType:
    """One of the shared scorers as a module."""
    if str(tools) not in sys.path:
        sys.path.insert(0, str(tools))
    return importlib.import_module(name)


def polnear_record(text: str, one: RawAttribution, with_that: bool) -> dict[str, list[Span]]:
    """An attribution in the scorer's shape.

    PolNeAR counts a leading "that" into the content, the ledger does not; `with_that` puts it back, to tell
    convention from error.
    """
    content = list(one.content)
    if with_that:
        for i, (start, end) in enumerate(content):
            before = _THAT_BEFORE.search(text, max(0, start - 8), start)
            if before:
                content[i] = (before.start(), end)
    return {"content": content, "cue": [one.cue] if one.cue else [], "source": [one.source] if one.source else []}


def score_polnear(
    shared: Path, tag: Callable[[str], Tagged], split: str = "dev", with_that: bool = False, least: float = 0.0
) -> dict[str, Figures]:
    """F1 by measure for all attributions and for the reported-speech slice of a PolNeAR split."""
    tools = shared / "tools"
    parse, scorer, main = (tool(tools, n) for n in ("polnear_parse", "polnear_eval", "score_polnear"))
    rows: list[Any] = []
    reported: list[Any] = []
    for document in parse.one_per_doc(parse.load(str(shared / "data" / "polnear"), split)):
        text = document.text
        predicted = [
            polnear_record(text, one, with_that)
            for one in tag(text).attributions
            if one.parent is None and one.confidence >= least
        ]
        rows.append(scorer.score_doc(text, document.atts, predicted))
        kept = [[a for a in side if main.reporting(text, a)] for side in (document.atts, predicted)]
        reported.append(scorer.score_doc(text, *kept))
    out: dict[str, Figures] = {}
    for name, scored in (("all", rows), ("reported speech", reported)):
        total = scorer.total(scored)
        out[name] = {key: round(scorer.prf(total[key])[2], 4) for key in KEYS}
        out[name]["precision"], out[name]["recall"] = (round(x, 4) for x in scorer.prf(total["content_J50"])[:2])
    return out


_PRONOUNS = frozenset(["i", "we", "you", "he", "she", "it", "they", "who", "this", "that", "these", "those"])


def slices_polnear(shared: Path, tag: Callable[[str], Tagged], split: str = "dev") -> dict[str, dict[str, float]]:
    """Recall by slice of a PolNeAR split: content found (J >= .5), and with the right source, of `gold` many."""
    tools = shared / "tools"
    parse, scorer, main = (tool(tools, n) for n in ("polnear_parse", "polnear_eval", "score_polnear"))
    counts: dict[str, Counter[str]] = {}
    for document in parse.one_per_doc(parse.load(str(shared / "data" / "polnear"), split)):
        text = document.text
        words = scorer.toks(text)
        starts = [w[0] for w in words]
        found = [
            {role: scorer.cover(words, starts, spans) for role, spans in polnear_record(text, a, False).items()}
            for a in tag(text).attributions
            if a.parent is None
        ]
        gold = [(a, {r: scorer.cover(words, starts, a[r]) for r in ("source", "content")}) for a in document.atts]
        gold = [(a, g) for a, g in gold if g["content"]]
        pairs = [
            (len(g["content"] & f["content"]) / len(g["content"] | f["content"]), i, j)
            for i, (_, g) in enumerate(gold)
            for j, f in enumerate(found)
        ]
        matched = dict(scorer.match([p for p in pairs if p[0] >= 0.5]))
        for i, (a, g) in enumerate(gold):
            f = found[matched[i]] if i in matched else None
            right = f is not None and (bool(g["source"] & f["source"]) or not (g["source"] or f["source"]))
            for name in _slices_of(text, a, main.reporting(text, a), document.meta):
                one = counts.setdefault(name, Counter())
                one.update({"gold": 1, "content found": int(f is not None), "with its source": int(right)})
    return {
        name: {"gold": c["gold"], **{k: _ratio(c[k], c["gold"]) for k in ("content found", "with its source")}}
        for name, c in sorted(counts.items())
    }


def _slices_of(text: str, one: dict[str, Any], reporting: bool, meta: dict[str, str]) -> list[str]:
    content = " ".join(text[s:e] for s, e in one["content"])
    marks = sum(content.count(mark) for mark in '"\u201c\u201d')
    whole = content[:1] in '"\u201c' and content[-1:] in '"\u201d'
    source = " ".join(text[s:e] for s, e in one["source"]).lower()
    names = ["direct" if whole and marks <= 2 * len(one["content"]) else "mixed" if marks else "indirect"]
    names.append("reporting cue" if reporting else "other cue (belief, plan, knowledge)")
    if not source:
        names.append("no source")
    elif source in _PRONOUNS:
        names.append("pronoun source")
    if meta.get("wire", "").strip().lower() not in ("", "none", "no", "n/a", "false", "0"):
        names.append("wire report")
    if len(one["content"]) > 1:
        names.append("discontinuous content")
    return names


def score_gold(tools: Path, examples: Iterable[Example], tag: Callable[[str], Tagged], show: bool = False) -> Figures:
    """Statements F1 (Dice >= .8 and .5), source span and nested-with-right-parent on gold/statements.

    Nested gold statements are `inner`; a right parent is one paired (Dice >= .5) with a gold holder.
    """
    scorer = tool(tools, "score_statements")
    counts: Counter[str] = Counter()
    for example in examples:
        text = example.text
        gold: list[tuple[Said, bool]] = [(s, False) for s in example.outer or ()]
        gold += [(s, True) for s in example.inner or ()]
        found = tag(text).attributions
        gold_spans = [scorer.chars(list(s.content)) for s, _ in gold]
        found_spans = [scorer.chars(list(a.content)) for a in found]
        counts["gold"] += len(gold)
        counts["found"] += len(found)

        def likeness(i: int, j: int, g: list[set[int]] = gold_spans, f: list[set[int]] = found_spans) -> float:
            return float(scorer.dice(g[i], f[j]))

        half = scorer.pair(range(len(gold)), range(len(found)), likeness, 0.5)
        counts["half"] += len(half)
        pairs = {i: j for i, j, _ in half}
        good = {i for i, _, score in half if score >= 0.8}
        counts["good"] += len(good)
        for i, (one, nested) in enumerate(gold):
            j = pairs.get(i)
            if i in good and one.source and j is not None:
                counts["sources"] += 1
                counts["source"] += (
                    scorer.dice(scorer.chars([one.source]), scorer.chars([found[j].source or (0, 0)])) >= 0.6
                )
            if nested:
                counts["nested"] += 1
                counts["parent"] += j is not None and found[j].parent is not None
            if show and i not in good:
                sys.stdout.write(
                    _line("MISSED", example.name, "nested" if nested else "", [text[s:e][:90] for s, e in one.content])
                )
        if show:
            taken = {j for i, j in pairs.items() if i in good}
            for j, a in enumerate(found):
                if j not in taken:
                    words = [text[s:e][:90] for s, e in a.content]
                    sys.stdout.write(
                        _line("EXTRA ", example.name, a.parent, a.confidence, a.cue and text[slice(*a.cue)], words)
                    )
    c = counts
    return {
        "statements F1 (Dice>=.8)": _ratio(2 * c["good"], c["gold"] + c["found"]),
        "statements F1 (Dice>=.5)": _ratio(2 * c["half"], c["gold"] + c["found"]),
        "source span": _ratio(c["source"], c["sources"]),
        "nested with a parent": _ratio(c["parent"], c["nested"]),
        "gold": c["gold"],
        "found": c["found"],
    }


def score_names(examples: Iterable[Example], tag: Callable[[str], Tagged]) -> Figures:
    """Exact span and kind F1 by kind on re3d-style examples."""
    counts: Counter[str] = Counter()
    for example in examples:
        gold = {(s, e, k) for s, e, k in example.names or ()}
        found = {(*n.span, n.kind) for n in tag(example.text).names}
        for kind in {k for *_, k in gold | found}:
            g, f = ({n for n in side if n[2] == kind} for side in (gold, found))
            counts[kind + " right"] += len(g & f)
            counts[kind + " all"] += len(g) + len(f)
    kinds = sorted({key.rsplit(" ", 1)[0] for key in counts})
    out = {kind: _ratio(2 * counts[kind + " right"], counts[kind + " all"]) for kind in kinds}
    for name, group in (("person+organisation+place", kinds_main), ("weapon+quantity", ("weapon", "quantity"))):
        right, total = (sum(counts[f"{k} {part}"] for k in group) for part in ("right", "all"))
        out[name] = _ratio(2 * right, total)
    return out


kinds_main = ("person", "organisation", "place")


def _line(*parts: object) -> str:
    return " ".join(str(part) for part in parts) + "\n"


def _ratio(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0
