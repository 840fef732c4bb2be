"""Which reports carry the same text: every candidate pair verified word by word, labelled, with its passages.

Containment, not Jaccard: a wire report cut to its first half is wholly contained in the original and shares
little of the union. What an outlet prints under every report (its own background paragraph, "Read also") is not
counted, and what stands within quotation marks counts half.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from evenhand.grouping.passages import Overlap, overlap_of
from evenhand.grouping.shingles import SHINGLE, Shingles, shingles_of
from evenhand.model.evidence import Record
from evenhand.model.incident import CopyGroup, CopyPair
from evenhand.model.report import Report


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


class CopyIndex:
    """Reports taken in one after the other; each is compared with what is there, nothing is compared again."""

    def __init__(self, settings: CopySettings | None = None) -> None:
        self._settings = settings or CopySettings()
        self._reports: dict[str, Report] = {}
        self._shingles: dict[str, Shingles] = {}
        self._postings: dict[int, list[str]] = {}
        self._overlaps: dict[tuple[str, str], Overlap] = {}

    def add(self, report: Report) -> tuple[tuple[str, str], ...]:
        """Take in a report; returns the pairs it shares a passage with. A report known by its id is ignored."""
        if report.id in self._reports:
            return ()
        mine = shingles_of(report.text)
        near: Counter[str] = Counter()
        for fingerprint in mine.fingerprints:
            posting = self._postings.setdefault(fingerprint, [])
            near.update(posting)
            if len(posting) < self._settings.neighbours:
                posting.append(report.id)
        found: list[tuple[str, str]] = []
        copies = 0
        for other in self._candidates(near):
            pair = (min(other, report.id), max(other, report.id))
            theirs = self._shingles[other]
            first, second = (theirs, mine) if pair[0] == other else (mine, theirs)
            overlap = overlap_of(first, second, self._settings.short_words)
            if overlap.passages:
                self._overlaps[pair] = overlap
                found.append(pair)
                copies += self._is_copy(overlap)
            if copies >= self._settings.enough_copies:
                break
        self._reports[report.id] = report
        self._shingles[report.id] = mine
        return tuple(found)

    def _candidates(self, near: Counter[str]) -> list[str]:
        """Texts that share fingerprints enough to be related, most first; fewer than two cannot make a passage."""
        enough = [key for key, count in near.items() if count > 1]
        return sorted(enough, key=lambda key: (-near[key], key))[: self._settings.neighbours]

    def pairs(self) -> tuple[CopyPair, ...]:
        """Every pair with a shared passage, labelled by what the whole collection shows to be background."""
        background = self._background()
        return tuple(self._labelled(pair, self._overlaps[pair], background) for pair in sorted(self._overlaps))

    def _is_copy(self, overlap: Overlap) -> bool:
        settings = self._settings
        return overlap.weight(settings.quoted_weight) >= settings.copy_share * max(1, overlap.smaller)

    def _background(self) -> frozenset[int]:
        """5-grams that stand in several texts which are not copies of each other."""
        close = {pair for pair, overlap in self._overlaps.items() if self._is_copy(overlap)}
        group = _components(close)
        carriers: defaultdict[int, set[str]] = defaultdict(set)
        for pair, overlap in self._overlaps.items():
            for value in overlap.shared.tolist():
                carriers[value].update(group.get(key, key) for key in pair)
        return frozenset(value for value, keys in carriers.items() if len(keys) >= self._settings.boilerplate)

    def _labelled(self, pair: tuple[str, str], overlap: Overlap, background: frozenset[int]) -> CopyPair:
        settings = self._settings
        house = sum(value in background for value in overlap.shared.tolist())
        whole = self._is_copy(overlap)
        counted = round(overlap.weight(settings.quoted_weight)) - (0 if whole else house)
        share = counted / max(1, overlap.smaller)
        related = counted >= settings.partial_words or (
            counted >= settings.short_words and share >= settings.short_share
        )
        label = "independent" if not related else "copy" if share >= settings.copy_share else "partial"
        why = [f"shared text {share:.2f} of the shorter ({counted + SHINGLE - 1} words)"]
        if house and not whole:
            why.append(f"{house} shared 5-word runs stand in other, unrelated reports too and are not counted")
        if overlap.quoted:
            why.append(f"{overlap.quoted} shared 5-word runs are quotations and count half")
        why.extend(_credits(self._reports[pair[0]], self._reports[pair[1]]))
        return CopyPair(
            first=pair[0], second=pair[1], label=label, shared=round(share, 4),  # type: ignore[arg-type]
            why="; ".join(why), passages=overlap.passages,
        )  # fmt: skip


def compare(reports: Iterable[Report], settings: CopySettings | None = None) -> tuple[CopyPair, ...]:
    """Every pair of reports that shares a passage, in order of ids; a pair not named shares none.

    The result does not depend on the order of the reports.
    """
    index = CopyIndex(settings)
    for report in sorted(reports, key=lambda report: report.id):
        index.add(report)
    return index.pairs()


def groups(pairs: Iterable[CopyPair], reports: Iterable[Report]) -> tuple[CopyGroup, ...]:
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


def _group(keys: tuple[str, ...], least: float, most: float, known: Mapping[str, Report]) -> CopyGroup:
    votes = Counter(agency for key in keys for agency in known[key].wires)
    ranked = sorted(votes, key=lambda agency: (-votes[agency], agency))
    clear = bool(ranked) and (len(ranked) == 1 or votes[ranked[0]] > votes[ranked[1]])
    wire = ranked[0] if clear else None
    share = f"shared text {least:.2f}" + ("" if least == most else f" to {most:.2f}")
    named = ", ".join(f"{agency} in {votes[agency]}" for agency in ranked)
    credit = f"credited: {named} of {len(keys)} reports" if named else "no credit to a wire in any of them"
    return CopyGroup(reports=keys, of=wire, why=f"{share}; {credit}")


def _credits(first: Report, second: Report) -> list[str]:
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
