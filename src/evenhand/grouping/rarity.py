"""How rare words are among the reports of a case: what likeness of words weighs by."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from operator import mul

from evenhand.grouping.happenings import Happening
from evenhand.model.evidence import Record


class Words(Record, frozen=True, kw_only=True):
    """How many of the first `place` reports carry each word, and how many of them have any words."""

    place: int
    reports: int
    carriers: dict[str, int]


class Rarity:
    """Inverse document frequency over the reports of a collection, and the cosine it weighs.

    `reports`: how many there are with any words; `carriers`: word -> how many of them carry it. A word that none of
    them carries weighs as one that a single report does: the one that brings it.
    """

    def __init__(self, reports: int, carriers: Mapping[str, int]) -> None:
        self._weight = {term: log((2 + reports) / (1 + count)) for term, count in carriers.items()}
        self._fresh = log((2 + reports) / 2)

    @classmethod
    def of(cls, happenings: Iterable[Happening]) -> "Rarity":
        """Counted over these happenings."""
        terms: dict[str, set[str]] = {}
        for happening in happenings:
            terms.setdefault(happening.report, set()).update(happening.terms, happening.lead_terms)
        carriers = Counter(term for each in terms.values() for term in each)
        return cls(sum(1 for each in terms.values() if each), carriers)

    def vector(self, terms: Mapping[str, int]) -> dict[str, float]:
        """Words with their counts weighed by rarity, to length 1."""
        weight, fresh = self._weight, self._fresh
        ordered = sorted(terms.items())
        values = [
            weight.get(term, fresh) if count == 1 else (1 + log(count)) * weight.get(term, fresh)
            for term, count in ordered
        ]
        length = sqrt(sum(map(mul, values, values)))
        if not length:
            return {}
        return {term: value / length for (term, _), value in zip(ordered, values, strict=True) if value > 0}


class Eras:
    """How rare words are, by the place of a report in its case: as it was known when the report came.

    Two happenings are weighed by the era of the later report, so what they score never changes when more come.
    """

    def __init__(self, starts: Sequence[int], words: Sequence[Words]) -> None:
        """`starts`: the place from which each era holds, the first 0; `words`: what each counts."""
        self._starts, self._words = list(starts), words
        self._known: dict[int, Rarity] = {}

    @classmethod
    def one(cls, rarity: Rarity) -> "Eras":
        """The same for all."""
        found = cls([0], [])
        found._known[0] = rarity
        return found

    def __reduce__(self) -> tuple[type["Eras"], tuple[list[int], Sequence[Words]]]:
        return Eras, (self._starts, self._words)

    def of(self, place: int) -> int:
        """The number of the era in which the report at this place came."""
        return bisect_right(self._starts, place) - 1

    def rarity(self, era: int) -> Rarity:
        """What words weigh in this era."""
        if era not in self._known:
            words = self._words[era]
            self._known[era] = Rarity(words.reports, words.carriers)
        return self._known[era]
