"""Dependency trees to train the parser from: UD's CoNLL-U and PolNeAR's CoreNLP output, made alike.

Both are brought to one scheme: hyphenated words are one word, names are compounds with the last word as
head, CoreNLP's UD 1 relations get their UD 2 names, and a `cc` hangs on the conjunct that follows it.
"""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_V1 = {
    "dobj": "obj", "nsubjpass": "nsubj:pass", "csubjpass": "csubj", "auxpass": "aux:pass", "neg": "advmod",
    "mwe": "fixed", "name": "compound", "nmod:agent": "obl:agent", "acl:relcl": "acl:relcl",
    "nmod:poss": "nmod:poss", "compound:prt": "compound:prt", "cc:preconj": "cc", "det:predet": "det",
    "csubj:pass": "csubj", "discourse": "advmod", "list": "dep", "orphan": "dep", "goeswith": "dep",
    "reparandum": "dep", "vocative": "dep", "dislocated": "dep", "expl": "expl",
}  # fmt: skip
_KEEP_SUB = {"nsubj:pass", "aux:pass", "obl:agent", "nmod:poss", "compound:prt", "acl:relcl"}


@dataclass(frozen=True)
class Tree:
    """A sentence: words, PTB word classes, heads (1-based, 0 = root) and relations."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


def conllu_trees(path: Path) -> Iterator[Tree]:
    """The trees of a CoNLL-U file."""
    rows: list[list[str]] = []
    for line in path.open(encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            row = line.rstrip("\n").split("\t")
            if "-" not in row[0] and "." not in row[0]:
                rows.append(row)
        elif not line.strip() and rows:
            glued = ["SpaceAfter=No" in r[9] for r in rows]
            tree = _tree([(r[1], r[4], int(r[6]), r[7]) for r in rows], glued)
            rows = []
            if tree:
                yield tree


def silver_trees(path: Path) -> Iterator[Tree]:
    """The trees of PolNeAR's `corenlp-*.jsonl.gz`; sentences that were not parsed are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for sentence in json.loads(line)["sents"] or ():
                if any(t[6] is None or t[7] is None for t in sentence):
                    continue
                glued = [i + 1 < len(sentence) and t[1] == sentence[i + 1][0] for i, t in enumerate(sentence)]
                tree = _tree([(t[2], t[4], int(t[6]), t[7]) for t in sentence], glued)
                if tree:
                    yield tree


def _tree(rows: list[tuple[str, str, int, str]], glued: list[bool]) -> Tree | None:
    words = [{"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}.get(r[0], r[0]) for r in rows]
    tags = ["PUNCT" if r[3] == "punct" else r[1] for r in rows]
    heads, relations = [r[2] - 1 for r in rows], [r[3] for r in rows]
    if any(h >= len(rows) for h in heads) or sum(h < 0 for h in heads) != 1:
        return None
    _names(heads, relations)
    for i, relation in enumerate(relations):
        relations[i] = _relation(relation, tags[heads[i]] if heads[i] >= 0 else "")
    for i, relation in enumerate(relations):  # UD 1: the conjunction hangs on the first conjunct
        if relation == "cc" and heads[i] < i:
            after = [j for j in range(i + 1, len(rows)) if relations[j] == "conj" and heads[j] == heads[i]]
            heads[i] = after[0] if after else heads[i]
    return _glue(words, tags, heads, relations, glued)


def _relation(relation: str, head_tag: str) -> str:
    relation = _V1.get(relation, relation)
    if relation in ("nmod", "nmod:tmod", "nmod:npmod", "nmod:unmarked") or relation.startswith("obl"):
        if relation == "obl:agent":
            return relation
        return "obl" if relation.startswith("obl") or head_tag[:2] in ("VB", "JJ", "RB") else "nmod"
    return relation if relation in _KEEP_SUB else relation.split(":")[0]


def _names(heads: list[int], relations: list[str]) -> None:
    """UD heads a name by its first word ("flat"); CoreNLP by its last: the last it is."""
    for first in range(len(heads)):
        flats = [i for i, h in enumerate(heads) if h == first and relations[i].startswith("flat") and i > first]
        if not flats:
            continue
        last = flats[-1]
        heads[last], relations[last] = heads[first], relations[first]
        for i in [first, *flats[:-1]]:
            heads[i], relations[i] = last, "compound"
        for i, h in enumerate(heads):
            if h == first and i != last:
                heads[i] = last


def _glue(words: list[str], tags: list[str], heads: list[int], relations: list[str], glued: list[bool]) -> Tree | None:
    group = list(range(len(words)))  # hyphenated pieces become one word
    for i in range(1, len(words) - 1):
        if words[i] in "-‐–" and glued[i - 1] and glued[i] and words[i - 1].isalnum() and words[i + 1][:1].isalnum():
            group[i], group[i + 1] = group[i - 1], group[i - 1]
    for i in range(1, len(group)):
        group[i] = group[group[i]] if group[i] != i else i
    members: dict[int, list[int]] = {}
    for i, g in enumerate(group):
        members.setdefault(g, []).append(i)
    order = {g: n for n, g in enumerate(members)}
    out: list[tuple[str, str, int, str]] = []
    for g, inside in members.items():
        top = next((i for i in inside if heads[i] < 0 or group[heads[i]] != g), inside[-1])
        head = -1 if heads[top] < 0 else order[group[heads[top]]]
        out.append(("".join(words[i] for i in inside), tags[top], head + 1, relations[top]))
    if any(h == i + 1 for i, (_, _, h, _) in enumerate(out)):
        return None
    w, t, h, r = zip(*out, strict=True)
    return Tree(tuple(w), tuple(t), tuple(h), tuple(r))


def worn(tree: Tree, rng: random.Random) -> Tree:
    """The tree as a badly kept copy would have it: commas, quotes, full stop lost, clitics glued on."""
    dice = rng.random()
    if dice < 0.4:
        return tree
    gone: set[int] = set()
    words = list(tree.words)
    parents = set(tree.heads)
    for i, (word, relation) in enumerate(zip(tree.words, tree.relations, strict=True)):
        if i + 1 in parents:
            continue
        if relation == "punct" and ((word in {",", "'", '"', "``", "''"} and dice < 0.9) or i == len(words) - 1):
            gone.add(i)
        elif i and i - 1 not in gone and word.lower() in {"'s", "’s"} and dice > 0.6:
            words[i - 1] += "s"
            gone.add(i)
        elif i and i - 1 not in gone and word.lower() in {"n't", "n’t"} and dice > 0.6:
            words[i - 1] += "nt"
            gone.add(i)
    keep = [i for i in range(len(words)) if i not in gone]
    if not keep:
        return tree
    place = {old + 1: new + 1 for new, old in enumerate(keep)} | {0: 0}
    return Tree(
        tuple(words[i] for i in keep),
        tuple(tree.tags[i] for i in keep),
        tuple(place[tree.heads[i]] for i in keep),
        tuple(tree.relations[i] for i in keep),
    )
