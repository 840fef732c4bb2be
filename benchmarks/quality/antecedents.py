"""Who speaks, measured on GUM: subjects of verbs of speech and thought against its coreference.

`python benchmarks/quality/antecedents.py ../shared/data/ud/gum-dev.conllu [--genres news interview …] [--show N]`.
Names are GUM's own named mentions. A subject counts as right when the entity it is resolved to has another mention
in the gold cluster of the subject. Prints shares for pronouns, descriptions and names.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from evenhand.model.profile import Profile
from evenhand.reading import names, sentences

SPEECH = frozenset(
    [
        "say",
        "tell",
        "add",
        "note",
        "announce",
        "report",
        "claim",
        "state",
        "explain",
        "believe",
        "think",
        "hope",
        "deny",
        "ask",
        "warn",
        "argue",
        "write",
        "suggest",
        "insist",
        "admit",
        "accuse",
        "stress",
        "call",
        "describe",
        "comment",
        "confirm",
        "declare",
    ]
)
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
_BRACKET = re.compile(r"\((\d+)-([a-z]+)-[^()]*|(\d+)\)|\)")


@dataclass
class Mention:
    cluster: int
    kind: str
    span: tuple[int, int]
    first: int
    last: int
    proper: bool = False


@dataclass(frozen=True)
class Tag:
    span: tuple[int, int]
    kind: str


@dataclass
class Document:
    name: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)


def documents(path: Path) -> list[Document]:
    out: list[Document] = []
    number, pending, skip = 0, "", 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            out.append(Document(line.split("= ")[1]))
            pending, number = "", 0
        elif line.startswith("# newpar") and "block" not in line:
            pending = "\n\n" if out[-1].text else ""
        elif not line:
            number, skip = number + 1, 0
        elif not line.startswith("#"):
            cell, doc = line.split("\t"), out[-1]
            if "." in cell[0]:
                continue
            if "-" in cell[0]:  # the surface form stands here, the words below carry the annotation
                skip = int(cell[0].split("-")[1])
                doc.text += pending
                surface = (len(doc.text), len(doc.text) + len(cell[1]))
                doc.text += cell[1]
                pending = "" if "SpaceAfter=No" in cell[9] else " "
                continue
            if int(cell[0]) <= skip:
                span = surface
            else:
                doc.text += pending
                span = (len(doc.text), len(doc.text) + len(cell[1]))
                doc.text += cell[1]
                pending = "" if "SpaceAfter=No" in cell[9] else " "
            doc.rows.append(cell)
            doc.spans.append(span)
            doc.sentence.append(number)
    return out


def mentions(doc: Document) -> list[Mention]:
    out: list[Mention] = []
    stack: list[Mention] = []
    for i, cell in enumerate(doc.rows):
        entity = re.search(r"Entity=([^|]*)", cell[9])
        for part in re.finditer(r"\((\d+)-([a-z]+)-[^()]*?(?=\(|\)|$)|(\d*)\)", entity.group(1)) if entity else ():
            if part.group(1):
                stack.append(Mention(int(part.group(1)), part.group(2), doc.spans[i], i, i))
                continue
            known = part.group(3)
            at = next((k for k in range(len(stack) - 1, -1, -1) if not known or stack[k].cluster == int(known)), None)
            if at is not None:
                m = stack.pop(at)
                m.last, m.span = i, (m.span[0], doc.spans[i][1])
                m.proper = any(r[3] == "PROPN" for r in doc.rows[m.first : m.last + 1])
                out.append(m)
    return out


def speaking(doc: Document, found: list[Mention]) -> list[Mention]:
    """The mentions that are subjects of a verb of speech or thought."""
    by_head: dict[int, Mention] = {}
    for m in sorted(found, key=lambda m: m.first - m.last):
        for i in range(m.first, m.last + 1):
            by_head.setdefault(i, m)
    offset: dict[int, int] = {}
    for i, s in enumerate(doc.sentence):
        offset.setdefault(s, i)
    subjects: list[Mention] = []
    for i, cell in enumerate(doc.rows):
        if cell[7] != "nsubj" or cell[6] == "0":
            continue
        verb = doc.rows[offset[doc.sentence[i]] + int(cell[6]) - 1]
        if verb[2] in SPEECH and i in by_head and by_head[i].kind in KINDS:
            outer = max(
                (m for m in found if m.first <= i <= m.last and m.kind in KINDS), key=lambda m: m.last - m.first
            )
            subjects.append(outer)
    return subjects


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("conllu", type=Path)
    parser.add_argument("--genres", nargs="*", default=["news", "interview", "speech", "court", "bio"])
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    right: Counter[str] = Counter()
    asked_for: Counter[str] = Counter()
    for doc in documents(args.conllu):
        if not any(f"_{g}_" in doc.name for g in args.genres):
            continue
        found = mentions(doc)
        subjects = speaking(doc, found)
        tags = [Tag(m.span, KINDS[m.kind]) for m in found if m.kind in KINDS and m.proper and m.last - m.first < 6]
        asked = [names.Asked(m.span, None, m.span[0]) for m in subjects]
        result = names.resolve(doc.text, sentences.split(doc.text), tags, asked, profile=Profile())
        clusters: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for m in found:
            clusters[m.cluster].add(m.span)
        for m, speaker in zip(subjects, result.speakers, strict=True):
            others = clusters[m.cluster] - {m.span}
            low = doc.text[slice(*m.span)].lower()
            if low in ("i", "we", "you"):
                continue
            form = (
                "pronoun"
                if len(low.split()) == 1 and doc.rows[m.first][3] == "PRON"
                else "name"
                if m.proper
                else "description"
            )
            earlier = {s for s in others if s[0] < m.span[0]}
            if form != "name" and not earlier:
                form += " (first mention)"
            mine = [s for s in speaker.draft.mentions if s != m.span and s[0] < m.span[0]] if speaker.draft else []
            good = any(a[0] < b[1] and b[0] < a[1] for a in mine for b in earlier) if earlier else not mine
            asked_for[form] += 1
            right[form] += good
            if not good and args.show > 0 and "first" not in form:
                args.show -= 1
                print(f"{form}: {doc.text[max(0, m.span[0] - 90) : m.span[0]]!r} [{low}] -> {speaker.name!r}")
    for form in sorted(asked_for):
        print(f"{form:30s} {right[form]:4d} of {asked_for[form]:4d} = {right[form] / asked_for[form]:.3f}")


if __name__ == "__main__":
    main()
