"""Claims of many reports to clusters of claims about one happening each.

Twice the same step: first the claims of one report are grouped to the happenings it tells, then the happenings of
all reports to incidents. Both compare by named weights and group by average linkage, so that likeness does not
run on from neighbour to neighbour.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, islice
from typing import Any

from evenhand.grouping.clustering import average_linkage
from evenhand.grouping.comparing import Comparison, Scale, Weights, most_by_words, packaged_weights, put_common
from evenhand.grouping.happenings import Happening, claims_as_happenings, joined
from evenhand.grouping.rarity import Rarity
from evenhand.model.evidence import Record, Span, content_id
from evenhand.model.incident import ClaimRef, Cluster, CopyPair
from evenhand.model.reading import ClaimType, Reading

Key = tuple[str, str]
_DISTANT_SENTENCES = 20
_MONTH = 31
NEWS_DAYS = 2
_EXPLAINED = 200
_HARM = frozenset({"killing", "injury"})


class Told(Record, frozen=True, kw_only=True):
    """A happening that one report tells, with the type of each of its claims, in the order of `happening.claims`."""

    happening: Happening
    kinds: tuple[ClaimType, ...]


def settle_ids(
    found: Iterable[Cluster], known: Iterable[Cluster], elsewhere: Callable[[str], bool] = lambda name: False
) -> tuple[Cluster, ...]:
    """Give clusters the ids they had: each earlier cluster's id goes to the one that holds most of its claims.

    Where several earlier ones went into one cluster, the one with most claims in it names it (then the smaller
    id) and the others' ids, with all earlier aliases, become aliases. `elsewhere`: whether a cluster that is in neither
    list bears a name; no name is given twice.
    """
    clusters = sorted(found, key=lambda one: one.id)
    home = {ref: number for number, one in enumerate(clusters) for ref in one.claims}
    heirs: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    inherited: defaultdict[int, set[str]] = defaultdict(set)
    for old in sorted(known, key=lambda one: one.id):
        votes = Counter(home[ref] for ref in old.claims if ref in home)
        if votes:
            number, count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
            heirs[number].append((-count, old.id))
            inherited[number].update((old.id, *old.aliases))
    taken = {min(claimants)[1] for claimants in heirs.values()}
    settled = []
    for number, one in enumerate(clusters):
        name = min(heirs[number])[1] if number in heirs else one.id
        while number not in heirs and (name in taken or elsewhere(name)):
            name = content_id("incident", name, "apart")
        aliases = tuple(sorted(inherited[number] - {name}))
        settled.append(
            Cluster(id=name, type=one.type, claims=one.claims, reports=one.reports, why=one.why, aliases=aliases)
        )
    return tuple(sorted(settled, key=lambda one: one.id))


def compare_happenings(
    one: Happening,
    two: Happening,
    cosines: tuple[float, float],
    pair: CopyPair | None,
    weights: Weights,
    *,
    explain: bool = True,
) -> Comparison:
    """Two happenings of two reports; `cosines`: of the words around the claims and of the openings of the reports.

    `pair` is how the reports' texts are related, if they are.
    """
    scale = Scale(weights.between, explain=explain)
    put_common(scale, one, two, cosines[0], weights)
    if cosines[1] > 0:
        scale.add("opening", "likeness of the openings {}", cosines[1], times=cosines[1])
    if one.lead and two.lead and one.published is not None and two.published is not None:
        gap = abs(one.published - two.published)
        if gap <= NEWS_DAYS:
            scale.add("news", "both open reports published {} days apart", gap)
        elif gap > 2 * NEWS_DAYS:
            scale.add("news_far", "both open reports published {} days apart", gap)
    if one.report == two.report:
        scale.add("same_report", "one report tells both, apart")
    if pair is not None:
        first, second = (one, two) if one.report == pair.first else (two, one)
        if _in_one_passage(first, second, pair):
            scale.add("same_words", "the same words of two reports that share text")
        elif pair.label == "copy":
            scale.add("copies", "the reports are copies")
    return scale.comparison()


def told(reading: Reading, rarity: Rarity, weights: Weights) -> list[Told]:
    """The happenings that one report tells."""
    claims = claims_as_happenings(reading)
    kinds = {claim.claims[0]: claim.types[0] for claim in claims}
    return [
        Told(happening=one, kinds=tuple(kinds[claim] for claim in one.claims)) for one in _told(claims, rarity, weights)
    ]


def _told(claims: tuple[Happening, ...], rarity: Rarity, weights: Weights) -> list[Happening]:
    by_sentence = {claim.sentences: rarity.vector(claim.terms) for claim in claims}  # of which they take their words
    vectors = [by_sentence[claim.sentences] for claim in claims]
    cosines: dict[tuple[Any, Any], float] = {}
    scores: dict[tuple[int, int], float] = {}
    for one, two in combinations(range(len(claims)), 2):
        apart = abs(claims[one].sentences[0] - claims[two].sentences[0])
        scale = Scale(weights.within)
        sentences = claims[one].sentences, claims[two].sentences
        if sentences not in cosines:
            cosines[sentences] = _cosine(vectors[one], vectors[two])
        put_common(scale, claims[one], claims[two], cosines[sentences], weights)
        if apart == 0:
            scale.add("same_sentence", "in one sentence")
        elif apart == 1:
            scale.add("next_sentence", "in neighbouring sentences")
        else:
            scale.add("distant", "{} sentences apart", apart, times=min(apart, _DISTANT_SENTENCES))
        scores[one, two] = scale.score
    groups = average_linkage(list(range(len(claims))), scores)
    happenings = [joined(claims[number] for number in group) for group in groups]
    events = [happening for happening in happenings if _is_event(happening, weights)]
    return events or [happening for happening in happenings if happening.lead and happening.located]


def _is_event(happening: Happening, weights: Weights) -> bool:
    """Whether it can be an incident: no mere state, and it opens a report or has a day or month and a mark of its own.

    What is only mentioned ("the coalition is fighting in the north") takes its day from the report around it: alone
    it is no happening. What lasts ("the town is held by") is one only of a report that opens with nothing else.
    """
    if weights.states.issuperset(happening.types):
        return False
    if happening.lead:
        return True
    days = None if happening.start is None or happening.end is None else happening.end - happening.start
    return days is not None and days <= _MONTH and happening.marked


class Comparer:
    """Compares happenings of one collection: its copies, its rare words and the weights are the same for all.

    `eras`: the number of the era (see `Eras`) of each report that tells one of the happenings.
    """

    def __init__(
        self, pairs: Mapping[Key, CopyPair], eras: Mapping[str, int], rarity: Callable[[int], Rarity], weights: Weights
    ) -> None:
        self._pairs, self._eras, self._rarity, self._weights = pairs, eras, rarity, weights
        self._vectors: dict[tuple[int, Key], dict[str, float]] = {}
        self._openings: dict[tuple[int, str], dict[str, float]] = {}

    def compare(self, one: Happening, two: Happening, *, explain: bool = True) -> Comparison:
        """One pair; without `explain` only the score."""
        return compare_happenings(
            one, two, self._cosines(one, two), self._copied(one, two), self._weights, explain=explain
        )

    def score_or_most(self, one: Happening, two: Happening) -> tuple[float, bool]:
        """The score of a pair; or, where words cannot lift it above 0, (what it can be at most, True)."""
        copied, weights = self._copied(one, two), self._weights
        without = compare_happenings(one, two, (0.0, 0.0), copied, weights, explain=False).score
        most = without + most_by_words(weights, (1.0, 1.0 if one.lead and two.lead else 0.0))
        if most > 0:
            cosines = self._cosines(one, two)
            most = without + most_by_words(weights, cosines)
            if most > 0:
                return compare_happenings(one, two, cosines, copied, weights, explain=False).score, False
        return most, True

    def _copied(self, one: Happening, two: Happening) -> CopyPair | None:
        return self._pairs.get((min(one.report, two.report), max(one.report, two.report)))

    def _cosines(self, one: Happening, two: Happening) -> tuple[float, float]:
        """Of the words around the claims, and of the openings where both open their reports."""
        era = max(self._eras[one.report], self._eras[two.report])
        cosine = _cosine(self._vector(era, one), self._vector(era, two))
        both = one.lead and two.lead
        return cosine, _cosine(self._opening(era, one), self._opening(era, two)) if both else 0.0

    def _vector(self, era: int, one: Happening) -> dict[str, float]:
        found = self._vectors.get((era, one.key))
        if found is None:
            found = self._vectors[era, one.key] = self._rarity(era).vector(one.terms)
        return found

    def _opening(self, era: int, one: Happening) -> dict[str, float]:
        """Of the words that the report opens with, the same for all its happenings that do."""
        found = self._openings.get((era, one.report))
        if found is None:
            found = self._openings[era, one.report] = self._rarity(era).vector(one.lead_terms)
        return found


def _in_one_passage(first: Happening, second: Happening, pair: CopyPair) -> bool:
    """Whether a trigger of the first stands where a trigger of the second does, in a passage both print."""
    for passage in pair.passages:
        ours = [t[0] - passage.first[0] for t in first.triggers if _within(passage.first, t)]
        theirs = [t[0] - passage.second[0] for t in second.triggers if _within(passage.second, t)]
        if any(abs(one - two) <= 12 for one in ours for two in theirs):
            return True
    return False


def _within(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _cosine(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    if len(two) < len(one):
        one, two = two, one
    total = 0.0
    for term, value in one.items():
        if term in two:
            total += value * two[term]
    return total


def gathered(stories: list[Told], comparer: Comparer, published: Mapping[str, str]) -> Cluster:
    """The cluster of these happenings; `published` gives each report's ISO date, "9999" where none is known."""
    by_claim = {
        (one.happening.report, claim): (trigger, kind)
        for one in stories
        for claim, trigger, kind in zip(one.happening.claims, one.happening.triggers, one.kinds, strict=True)
    }
    keys = sorted(by_claim)
    anchor = min(keys, key=lambda key: (published[key[0]], key[0], by_claim[key][0], key[1]))
    reports = sorted({report for report, _ in keys}, key=lambda key: (published[key], key))
    return Cluster(
        id=content_id("incident", *anchor),
        type=_type(keys, by_claim),  # type: ignore[arg-type]
        claims=tuple(ClaimRef(report=report, claim=claim) for report, claim in keys),
        reports=tuple(reports),
        why=_why([one.happening for one in stories], comparer),
    )


def _type(keys: list[Key], by_claim: Mapping[Key, tuple[Span, ClaimType]]) -> str:
    """The cause that most reports, then most claims name; an effect or a state only where no cause is told.

    What kills nobody by itself (aid, talks, flight, an arrest, a grave) is no cause of dead or wounded that more
    reports tell of: it is told beside them.
    """
    kinds = packaged_weights()
    reports: defaultdict[str, set[str]] = defaultdict(set)
    claims: Counter[str] = Counter()
    for key in keys:
        reports[by_claim[key][1]].add(key[0])
        claims[by_claim[key][1]] += 1
    events = reports.keys() - kinds.states
    harm = {key[0] for key in keys if by_claim[key][1] in _HARM}
    beside = {kind for kind in events - kinds.lethal - kinds.effects if len(reports[kind]) < len(harm)}
    ranked = (events - kinds.effects - beside) or events - beside or (reports.keys() - {"other"}) or reports.keys()
    return min(ranked, key=lambda kind: (-len(reports[kind]), kind == "armed_clash", -claims[kind], kind))


def _why(group: list[Happening], comparer: Comparer) -> tuple[str, ...]:
    """What held the group together: the mean of each feature over its pairs, strongest first."""
    if len(group) == 1:
        return ("told by one report only",)
    ordered = sorted(group, key=lambda one: one.key)
    inside = [comparer.compare(one, two) for one, two in islice(combinations(ordered, 2), _EXPLAINED)]
    sums: defaultdict[str, float] = defaultdict(float)
    for comparison in inside:
        for part in comparison.parts:
            sums[part.name] += part.value / len(inside)
    strongest = sorted(sums, key=lambda name: (-abs(sums[name]), name))
    return tuple(f"{name} {sums[name]:+.2f}" for name in strongest[:8])
