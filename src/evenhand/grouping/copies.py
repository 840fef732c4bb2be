"""Which reports carry the same text: every candidate pair verified word by word, labelled, with its passages.

Containment, not Jaccard: a wire report cut to its first half is wholly contained in the original and shares
little of the union. What an outlet prints under every report (its own background paragraph, "Read also") is not
counted, and what stands within quotation marks counts half.
"""

from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from evenhand.grouping.background import Background
from evenhand.grouping.passages import Overlap, overlap_of
from evenhand.grouping.pieces import MemoryPieces, Pieces
from evenhand.grouping.postings import Keys, Numbers, Postings, ranks, runs
from evenhand.grouping.shingles import SHINGLE, Shingles, shingles_of
from evenhand.model.evidence import Record
from evenhand.model.incident import CopyGroup, CopyPair, Passage
from evenhand.model.report import Report

_HELD = 4000
"""Texts whose shingles are kept ready, about 10 kB each; an older one is cut anew when it is needed."""
_AT_ONCE = 250


class CopySettings(Record, frozen=True, kw_only=True):
    """Where the labels begin; tuned on `shared/gold/incidents/copies.jsonl`, see benchmarks/quality/copies.py.

    `partial_words`: shared 5-grams that make two texts related; `short_share` of a short text does so with
    `short_words`. `copy_share` of the shorter text makes a copy. A 5-gram that stands in `boilerplate` or more
    texts that are no copies of each other is background. What stands within quotation marks counts
    `quoted_weight`: one speaker can be quoted by two reports that share nothing else. `neighbours`: texts
    kept per fingerprint, and `enough_copies`: copies after which a report is compared no further, bound the
    cost when one text floods in; the report still stands in the one group of that text.
    """

    partial_words: int = 20
    short_words: int = 12
    short_share: float = 0.3
    copy_share: float = 0.42
    boilerplate: int = 6
    quoted_weight: float = 0.5
    neighbours: int = 40
    enough_copies: int = 12


class Marks(Record, frozen=True, kw_only=True):
    """What is said of a report besides its text, where it is compared or grouped; `published` is an ISO date."""

    id: str
    outlet: str | None
    wires: tuple[str, ...]
    published: str | None


class Text(Record, frozen=True, kw_only=True):
    """A report as it is taken in."""

    marks: Marks
    shingles: Shingles


class Shared(Record, frozen=True, kw_only=True):
    """An `Overlap` as it is kept: `grams` are the shared hashes as bytes."""

    grams: bytes
    smaller: int
    quoted: int
    passages: tuple[Passage, ...]


class CopyIndex:
    """Reports taken in one after the other; each is compared with what is there, nothing is compared again.

    Reports and pairs are called by number, in the order they came. `reports` gives reports of earlier runs again;
    without it every report is held. What is taken in one by one, in parts or at once comes out the same.
    """

    def __init__(
        self,
        settings: CopySettings | None = None,
        pieces: Pieces | None = None,
        reports: Callable[[Sequence[int]], Sequence[Report]] | None = None,
    ) -> None:
        self._settings = settings or CopySettings()
        self._pieces = pieces or MemoryPieces()
        self._held_reports: list[Report] = []
        self._reports = reports or (lambda numbers: [self._held_reports[number] for number in numbers])
        self._hold = reports is None
        self._shingles: OrderedDict[int, Shingles] = OrderedDict()
        self.background = Background(self._settings.boilerplate)
        self.postings = Postings()
        self.marks: list[Marks] = []
        self.number: dict[str, int] = {}
        self.first, self.second = array("I"), array("I")
        self._parent = array("I")
        self.changed: set[int] = set()

    def add(self, report: Report) -> tuple[tuple[str, str], ...]:
        """Take in a report; returns the pairs it shares a passage with. A report known by its id is ignored."""
        return tuple(self._ids(pair) for pair in self.take([report]))

    def take(self, reports: Sequence[Report]) -> range:
        """Take in reports; returns the numbers of the new pairs. `changed` gathers pairs that need a label."""
        fresh = list({report.id: report for report in reports if report.id not in self.number}.values())
        if self._hold:
            self._held_reports.extend(fresh)
        pairs = len(self.first)
        for at in range(0, len(fresh), _AT_ONCE):
            self._take([text_of(report) for report in fresh[at : at + _AT_ONCE]])
        return range(pairs, len(self.first))

    def take_texts(self, texts: Sequence[Text]) -> None:
        """As `take`, for reports of which none is known."""
        for at in range(0, len(texts), _AT_ONCE):
            self._take(texts[at : at + _AT_ONCE])

    def _take(self, fresh: Sequence[Text]) -> None:
        start = len(self.marks)
        for text in fresh:
            self.number[text.marks.id] = len(self.marks)
            self.marks.append(text.marks)
            self._parent.append(len(self._parent))
        mine = [text.shingles for text in fresh]
        near = self._near(mine, start)
        self._make_ready({other for others in near for other in others if other < start})
        for number, shingles in enumerate(mine, start):
            self._shingles[number] = shingles
            self._compare(number, near[number - start])
        while len(self._shingles) > _HELD:
            self._shingles.popitem(last=False)

    def _near(self, mine: list[Shingles], start: int) -> list[list[int]]:
        """For each new text the earlier ones that share at least two fingerprints, most first."""
        keys: Keys = np.concatenate([one.fingerprints for one in mine] or [np.empty(0, dtype=np.uint64)])
        owners: Numbers = np.repeat(np.arange(len(mine), dtype=np.uint32), [len(one.fingerprints) for one in mine])
        there = self.postings.counts(keys)
        rows, old = self.postings.find(keys)
        order, begin, rank = ranks(keys)
        room = np.maximum(0, self._settings.neighbours - there[order])
        before = np.minimum(rank, room)
        earlier = owners[order][runs(begin, before)].astype(np.int64) + start
        ones = np.concatenate((owners[rows].astype(np.int64), np.repeat(owners[order].astype(np.int64), before)))
        pairs, counts = np.unique((ones << 32) | np.concatenate((old.astype(np.int64), earlier)), return_counts=True)
        keep = rank < room
        self.postings.add(keys[order][keep], owners[order][keep] + np.uint32(start))
        near: list[list[tuple[int, int]]] = [[] for _ in mine]
        for pair, count in zip(pairs[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
            near[pair >> 32].append((-count, pair & 0xFFFFFFFF))
        return [[other for _, other in sorted(each)[: self._settings.neighbours]] for each in near]

    def _make_ready(self, numbers: set[int]) -> None:
        for number in sorted(numbers & self._shingles.keys()):
            self._shingles.move_to_end(number)
        missing = sorted(numbers - self._shingles.keys())
        for number, report in zip(missing, self._reports(missing), strict=True):
            self._shingles[number] = shingles_of(report.text)

    def _compare(self, number: int, others: list[int]) -> None:
        mine, copies, kept = self._shingles[number], 0, []
        for other in others:
            theirs = self._shingles[other]
            ordered = self.marks[other].id < self.marks[number].id
            ends = (other, number) if ordered else (number, other)
            overlap = overlap_of(*((theirs, mine) if ordered else (mine, theirs)), least=self._settings.short_words)
            if overlap.passages:
                kept.append(self._keep(ends, overlap))
                copies += self._is_copy(overlap)
            if copies >= self._settings.enough_copies:
                break
        self._pieces.put(kept)

    def _keep(self, ends: tuple[int, int], overlap: Overlap) -> tuple[str, int, bytes]:
        pair = len(self.first)
        self.first.append(ends[0])
        self.second.append(ends[1])
        self.changed.add(pair)
        if self._is_copy(overlap):
            left, right = self._root(ends[0]), self._root(ends[1])
            self._parent[max(left, right)] = min(left, right)
        else:
            self.changed.update(self.background.add(pair, ends, overlap.shared, self._root))
        shared = Shared(
            grams=overlap.shared.tobytes(), smaller=overlap.smaller, quoted=overlap.quoted, passages=overlap.passages
        )
        return "overlap", pair, msgspec.msgpack.encode(shared)

    def _root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def pairs(self) -> tuple[CopyPair, ...]:
        """Every pair with a shared passage, labelled by what the whole collection shows to be background."""
        return tuple(sorted(self.labelled(range(len(self.first))), key=lambda pair: (pair.first, pair.second)))

    def labelled(self, numbers: Sequence[int]) -> Iterator[CopyPair]:
        """These pairs, in this order, labelled by what is known to be background now."""
        decoder = msgspec.msgpack.Decoder(Shared)
        for start in range(0, len(numbers), _HELD):
            part = numbers[start : start + _HELD]
            found = self._pieces.get("overlap", part)
            yield from (self._labelled(pair, decoder.decode(found[pair])) for pair in part)

    def _ids(self, pair: int) -> tuple[str, str]:
        return self.marks[self.first[pair]].id, self.marks[self.second[pair]].id

    def _is_copy(self, overlap: Overlap) -> bool:
        settings = self._settings
        return overlap.weight(settings.quoted_weight) >= settings.copy_share * max(1, overlap.smaller)

    def _labelled(self, pair: int, kept: Shared) -> CopyPair:
        settings = self._settings
        grams = np.frombuffer(kept.grams, dtype=np.uint64)
        overlap = Overlap(shared=grams, smaller=kept.smaller, quoted=kept.quoted, passages=kept.passages)
        whole = self._is_copy(overlap)
        house = 0 if whole else sum(value in self.background for value in grams.tolist())
        counted = round(overlap.weight(settings.quoted_weight)) - house
        share = counted / max(1, overlap.smaller)
        related = counted >= settings.partial_words or (
            counted >= settings.short_words and share >= settings.short_share
        )
        label = "independent" if not related else "copy" if share >= settings.copy_share else "partial"
        why = [f"shared text {share:.2f} of the shorter ({counted + SHINGLE - 1} words)"]
        if house:
            why.append(f"{house} shared 5-word runs stand in other, unrelated reports too and are not counted")
        if overlap.quoted:
            why.append(f"{overlap.quoted} shared 5-word runs are quotations and count half")
        first, second = self.marks[self.first[pair]], self.marks[self.second[pair]]
        why.extend(_credits(first, second))
        return CopyPair(
            first=first.id, second=second.id, label=label, shared=round(share, 4),  # type: ignore[arg-type]
            why="; ".join(why), passages=overlap.passages,
        )  # fmt: skip

    def dump(self) -> dict[str, Any]:
        """The state as plain values, postings left out."""
        return {
            "marks": self.marks, "first": self.first.tobytes(), "second": self.second.tobytes(),
            "parent": self._parent.tobytes(), "background": self.background.dump(), "changed": sorted(self.changed),
        }  # fmt: skip

    def load(self, state: Mapping[str, Any]) -> None:
        """Put back what `dump` gave."""
        self.marks = msgspec.convert(state["marks"], list[Marks])
        self.number = {mark.id: number for number, mark in enumerate(self.marks)}
        for name in ("first", "second", "parent"):
            target = self._parent if name == "parent" else getattr(self, name)
            target.frombytes(state[name])
        self.background.load(state["background"])
        self.changed = set(state["changed"])


def text_of(report: Report) -> Text:
    """What is taken in of a report: a pure function."""
    marks = Marks(id=report.id, outlet=report.outlet, wires=report.wires, published=report.published)
    return Text(marks=marks, shingles=shingles_of(report.text))


def compare(reports: Iterable[Report], settings: CopySettings | None = None) -> tuple[CopyPair, ...]:
    """Every pair of reports that shares a passage, in order of ids; a pair not named shares none.

    The result does not depend on the order of the reports.
    """
    index = CopyIndex(settings)
    index.take(sorted(reports, key=lambda report: report.id))
    return index.pairs()


def groups(pairs: Iterable[CopyPair], reports: Iterable[Report | Marks]) -> tuple[CopyGroup, ...]:
    """Reports that carry one text: connected components over the pairs labelled copy.

    `of` is the wire that credits or datelines in the group name, or None where they name none or two equally.
    """
    known = {report.id: report for report in reports}
    copies = [pair for pair in pairs if pair.label == "copy" and pair.first in known and pair.second in known]
    component = _components((pair.first, pair.second) for pair in copies)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(component):
        members[component[key]].append(key)
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for pair in copies:
        shares[component[pair.first]].append(pair.shared)
    return tuple(
        _group(tuple(keys), min(shares[root]), max(shares[root]), known) for root, keys in sorted(members.items())
    )


def _group(keys: tuple[str, ...], least: float, most: float, known: Mapping[str, Report | Marks]) -> CopyGroup:
    votes = Counter(agency for key in keys for agency in known[key].wires)
    ranked = sorted(votes, key=lambda agency: (-votes[agency], agency))
    clear = bool(ranked) and (len(ranked) == 1 or votes[ranked[0]] > votes[ranked[1]])
    wire = ranked[0] if clear else None
    share = f"shared text {least:.2f}" + ("" if least == most else f" to {most:.2f}")
    named = ", ".join(f"{agency} in {votes[agency]}" for agency in ranked)
    credit = f"credited: {named} of {len(keys)} reports" if named else "no credit to a wire in any of them"
    return CopyGroup(reports=keys, of=wire, why=f"{share}; {credit}")


def _credits(first: Marks, second: Marks) -> list[str]:
    one, two = first.wires, second.wires
    both = [agency for agency in one if agency in two]
    if both:
        return [f"both credit {agency}" for agency in both]
    carried = [f"one credits {agency}, the outlet of the other" for agency in one if agency == second.outlet]
    carried += [f"one credits {agency}, the outlet of the other" for agency in two if agency == first.outlet]
    return carried or [f"only one credits {agency}" for agency in (*one, *two)]


def _components(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each linked key with the smallest key of its connected component."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, two in links:
        left, right = root(one), root(two)
        parent[max(left, right)] = min(left, right)
    return {key: root(key) for key in parent}


__all__ = ["CopyIndex", "CopySettings", "compare", "groups"]
