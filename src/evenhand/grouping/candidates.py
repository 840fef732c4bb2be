"""Pairs of happenings worth comparing: near in time and near in place, or alike in rare words."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from evenhand.grouping.bounds import NEVER, Traits, traits
from evenhand.grouping.comparing import BACK_DAYS, TELLING
from evenhand.grouping.happenings import PROVINCE_KM, UNPLACED_KM, Happening
from evenhand.grouping.postings import Keys, Numbers, Postings, ranks, runs
from evenhand.model.evidence import Record

_LONG, _YEAR = 31, 366
_DAYS = 3
"""Days in a bucket of time: windows up to this far apart still meet in one bucket."""
_DEGREES = 1.0
BUCKET = 60
"""Most earlier happenings of one bucket that a later one is compared with; of a fuller bucket the nearest."""
_HELD = 1 << 25
"""Most members of full buckets held in memory in their order: 12 bytes each, some twenty a happening."""
TOWN_KM = 25.0
"""Up to here a place is a town or a part of one: what is known to be elsewhere need not be looked at."""
_RARE_WORDS = 4
_OPENING_WORDS = 8
_LATE_WORDS = 24
"""Of a report that comes out long after what it tells; there are few, and the words it shares are not its rarest."""
_TELLING = 10
"""A number of dead from which on two reports of the same days rarely have it by chance."""
_MASK = 0xFFFFFFFFFFFFFFFF
_ODD = 0x9E3779B97F4A7C15
_DAY_BITS, _DAY_MASK = 18, 0x3FFFFF
"""Where the day stands in `_nearness`."""


class Whereabouts(Record, frozen=True, kw_only=True):
    """Where a happening is looked for: its buckets (64-bit keys, as bytes), its place among those of one, its days.

    `start` and `end` are day ordinals, or `NEVER` where none is known. `opens`: the buckets of what reports open with,
    in which it meets those that are not `placed` in a town, or any, where it is not itself.
    """

    buckets: bytes
    opens: bytes
    placed: bool
    traits: Traits
    nearness: int
    start: int
    end: int


def whereabouts(happening: Happening, vector: Mapping[str, float], opening: Mapping[str, float]) -> Whereabouts:
    """`vector` weighs the words around it, `opening` those with which its report opens, if it opens with it."""
    return Whereabouts(
        buckets=array("Q", _buckets(happening, vector, opening)).tobytes(),
        opens=array("Q", _news_days(happening)).tobytes(),
        placed=any(spot.lat is not None and spot.radius <= TOWN_KM for spot in happening.spots),
        traits=traits(happening),
        nearness=_nearness(happening),
        start=NEVER if happening.start is None else happening.start,
        end=NEVER if happening.end is None else happening.end,
    )


class Nearby:
    """Happenings by the buckets of time and place, or time and rare word, that they fall into.

    Each is paired with earlier ones only, at the time it comes, so that a pair never depends on what comes later:
    in parts or at once, the pairs are the same. Each bucket gives a happening a bounded number of pairs, so they
    grow with the number of happenings and not with its square.
    """

    def __init__(self, bucket: int = BUCKET) -> None:
        self._bucket = bucket
        self.postings = Postings()
        self._nearness, self._start, self._end = array("Q"), array("i"), array("i")
        self._placed = array("B")
        self._ordered: dict[int, tuple[array[int], array[int]]] = {}  # of full buckets: nearness, numbers
        self._held = 0

    def __len__(self) -> int:
        return len(self._nearness)

    def take(self, happenings: Sequence[Whereabouts]) -> tuple[Numbers, Numbers]:
        """Number the happenings on; returns the (later, earlier) numbers of pairs to compare, each pair once."""
        start = len(self)
        for one in happenings:
            self._nearness.append(one.nearness)
            self._start.append(one.start)
            self._end.append(one.end)
            self._placed.append(one.placed)
        news = range(start, len(self))
        later, earlier = self._meet([np.frombuffer(one.buckets, dtype=np.uint64) for one in happenings], news)
        late, early = self._meet([np.frombuffer(one.opens, dtype=np.uint64) for one in happenings], news)
        placed = np.frombuffer(self._placed, dtype=np.uint8)
        some = (placed[late] & placed[early]) == 0
        return self._meeting(np.concatenate((later, late[some])), np.concatenate((earlier, early[some])))

    def _meet(self, buckets: Sequence[Keys], numbers: range) -> tuple[Numbers, Numbers]:
        """The newcomers with those of their buckets that came before them; they are put there."""
        keys = np.concatenate([np.empty(0, dtype=np.uint64), *buckets])
        owners = np.repeat(np.arange(numbers.start, numbers.stop, dtype=np.uint32), [len(each) for each in buckets])
        there = self.postings.counts(keys)
        order, begin, rank = ranks(keys)
        keys, owners, there = keys[order], owners[order], there[order]
        _, run, lengths = np.unique(begin, return_inverse=True, return_counts=True)
        full = there + lengths[run] > self._bucket + 1
        rows, old = self.postings.find(keys[~full])
        before = np.where(full, 0, rank)
        later = [owners[~full][rows], np.repeat(owners, before)]
        earlier = [old, owners[runs(begin, before)]]
        late, early = self._crowded(keys[full], owners[full])
        later.append(late)
        earlier.append(early)
        self.postings.add(keys, owners)
        return np.concatenate(later), np.concatenate(earlier)

    def within(self, numbers: range) -> tuple[Numbers, Numbers]:
        """The pairs among the happenings of one report whose times do not speak against it."""
        if len(numbers) < 2:  # as most reports tell one
            return np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint32)
        one, two = np.triu_indices(len(numbers), 1)
        return self._meeting(*((end + numbers.start).astype(np.uint32) for end in (two, one)))

    def _crowded(self, keys: Keys, owners: Numbers) -> tuple[Numbers, Numbers]:
        """Of a full bucket each newcomer meets the nearest on either side of those that came before it."""
        if self._held > _HELD:
            self._ordered.clear()
            self._held = 0
        self._order([key for key in np.unique(keys).tolist() if key not in self._ordered])
        half, lengths, earlier = self._bucket // 2, array("I"), array("I")
        for key, number in zip(keys.tolist(), owners.tolist(), strict=True):
            nearness, numbers = self._ordered[key]
            mine = self._nearness[number]
            at = bisect_right(nearness, mine)  # of equals the later stands behind, and none is later than this one
            few = len(numbers) <= self._bucket
            near = numbers[:] if few else numbers[max(0, at - half) : at + half]
            nearness.insert(at, mine)
            numbers.insert(at, number)
            lengths.append(len(near))
            earlier.extend(near)
        self._held += len(keys)
        later = np.repeat(owners, np.frombuffer(lengths, dtype=np.uint32))
        return later, np.frombuffer(earlier, dtype=np.uint32)

    def _order(self, keys: Sequence[int]) -> None:
        """Have those that stand in these buckets at hand, sorted by nearness."""
        rows, old = self.postings.find(np.array(keys, dtype=np.uint64))
        nearness = np.frombuffer(self._nearness, dtype=np.uint64)[old]
        order = np.lexsort((old, nearness, rows))
        ends = np.cumsum(np.bincount(rows, minlength=len(keys))).tolist()
        for key, begin, end in zip(keys, [0, *ends], ends, strict=False):
            mine = order[begin:end]
            self._ordered[key] = array("Q", nearness[mine].tobytes()), array("I", old[mine].tobytes())
        self._held += len(old)

    def _meeting(self, later: Numbers, earlier: Numbers) -> tuple[Numbers, Numbers]:
        """Each pair once, without those whose times lie more than a day apart."""
        pairs = np.unique((later.astype(np.uint64) << np.uint64(32)) | earlier)
        later, earlier = (pairs >> np.uint64(32)).astype(np.uint32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        starts, ends = (np.frombuffer(days, dtype=np.int32) for days in (self._start, self._end))
        days = [each[side].astype(np.int64) for each in (starts, ends) for side in (later, earlier)]
        gap = np.maximum(days[0], days[1]) - np.minimum(days[2], days[3])
        unknown = np.zeros(len(later), dtype=np.bool_)
        for each in days:
            unknown |= each == NEVER
        meet = unknown | (gap <= 1)
        return later[meet], earlier[meet]

    def days(self, numbers: Sequence[int]) -> list[int]:
        """About when each of these happenings was, as a day's ordinal, 0 where nothing tells."""
        return [self._nearness[number] >> _DAY_BITS & _DAY_MASK for number in numbers]

    def dump(self) -> dict[str, bytes]:
        """The state as plain values, postings left out."""
        return {
            "nearness": self._nearness.tobytes(), "start": self._start.tobytes(), "end": self._end.tobytes(),
            "placed": self._placed.tobytes(),
        }  # fmt: skip

    def load(self, state: Mapping[str, bytes]) -> None:
        """Put back what `dump` gave."""
        self._nearness.frombytes(state["nearness"])
        self._start.frombytes(state["start"])
        self._end.frombytes(state["end"])
        self._placed.frombytes(state["placed"])


def _buckets(happening: Happening, vector: Mapping[str, float], opening: Mapping[str, float]) -> list[int]:
    days = _days(happening)
    places: set[int] = set()
    for spot in happening.spots:
        places.add(_hash("name " + spot.name))
        if spot.written:
            places.add(_hash("name " + spot.written))
        if spot.lat is not None and spot.lon is not None:
            row, column = int(spot.lat // _DEGREES), int(spot.lon // _DEGREES)
            places.update(_hash(f"cell {row + north} {column + east}") for north in (0, 1) for east in (0, 1))
    if happening.lead and happening.start is not None and not _is_placed(happening):
        places.add(_hash("unlisted"))
    places.update(_hash("word " + term) for term in _rarest(vector))
    places.update(_hash(f"dead {low:g}") for low, high in happening.killed if low == high and low >= _TELLING)
    found = [_mixed(place, day) for day in days for place in sorted(places)]
    if happening.published is not None:
        found += _by_news(happening, happening.published, opening)
    return list(dict.fromkeys(found))


def _is_placed(happening: Happening) -> bool:
    """Whether its places are known to a town or a province; else days, too, bring it together with its like."""
    unlisted = any(spot.lat is None and spot.radius < PROVINCE_KM and spot.written for spot in happening.spots)
    return not unlisted and any(spot.radius < UNPLACED_KM for spot in happening.spots)


def _by_news(happening: Happening, published: int, opening: Mapping[str, float]) -> list[int]:
    """Buckets of the days of publication: what reports open with when they come out together, wherever and whenever.

    Where a town is in no gazetteer, or the day is not given, nothing else brings the reports of one happening together.
    One that is told long after its day meets what came out in the days after that. One that goes back to what was told
    before meets the reports of the weeks before, by the names of its places.
    """
    found = []
    if happening.lead:
        days = range((published - _DAYS) // _DAYS, published // _DAYS + 1)
        found += _opened(opening, _OPENING_WORDS, days)
        if happening.precise and happening.end is not None and published - happening.end > _DAYS:
            days = range(happening.end // _DAYS, (happening.end + _DAYS) // _DAYS + 1)
            found += _opened(opening, _LATE_WORDS, days)
    names = {name for spot in happening.spots for name in (spot.name, spot.written) if name}
    found += _of_the_year(happening)
    if happening.back:
        since = published - BACK_DAYS
        for day in range(since // _DAYS, published // _DAYS + 1):
            found += [_mixed(_hash("name " + name), day) for name in sorted(names)]
    tolls = {low for low, high in happening.killed if low == high and low >= TELLING}  # told again, however late
    return found + [_hash(f"dead {low:g} {name}") for low in sorted(tolls) for name in sorted(names)]


def _of_the_year(happening: Happening) -> list[int]:
    """The buckets of its town on all days of the months or year in which one deed was: "the 2014 bombing of Xa"."""
    start, end = happening.start, happening.end
    if start is None or end is None or happening.cumulative or not _LONG < end - start <= _YEAR:
        return []
    towns = {name for spot in happening.spots if spot.radius <= TOWN_KM for name in (spot.name, spot.written) if name}
    return [
        _mixed(_hash("name " + name), day) for day in range(start // _DAYS, end // _DAYS + 1) for name in sorted(towns)
    ]


def _news_days(happening: Happening) -> list[int]:
    """Buckets of the days on which it came out, and of its own where it came out long after, if it opens its report.

    A report that names no town, or one that no list knows, shares no place and often no rare word with those that do.
    """
    if not happening.lead or happening.published is None:
        return []
    days = set(range((happening.published - _DAYS) // _DAYS, happening.published // _DAYS + 1))
    if happening.precise and happening.end is not None and happening.published - happening.end > _DAYS:
        days.update(range(happening.end // _DAYS, (happening.end + _DAYS) // _DAYS + 1))
    return [_mixed(_hash("opens"), day) for day in sorted(days)]


def _opened(opening: Mapping[str, float], count: int, days: range) -> list[int]:
    keys = sorted({_hash("opening " + term) for term in _rarest(opening, count)})
    return [_mixed(key, day) for day in days for key in keys]


def _rarest(vector: Mapping[str, float], count: int = _RARE_WORDS) -> list[str]:
    return sorted(vector, key=lambda term: (-vector[term], term))[:count]


def _days(happening: Happening) -> Iterable[int]:
    """Every bucket of days in which it may have been, a day on either side included, so that neighbours meet."""
    start, end = happening.start, happening.end
    if start is None or end is None or end - start > 31:
        if happening.published is None:
            return [0]
        start, end = happening.published - _DAYS, happening.published
    return range((start - 1) // _DAYS, (end + 1) // _DAYS + 1)


def _nearness(happening: Happening) -> int:
    """Like happenings stand next to each other: by place, then day, then kind."""
    place = _hash(happening.spots[0].name) if happening.spots else 0
    day = happening.start or happening.published or 0
    return (place >> 40 << 40) | ((day & _DAY_MASK) << _DAY_BITS) | (_hash(happening.types[0]) >> 46)


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(place: int, day: int) -> int:
    value = ((place ^ (day * _ODD)) * _ODD) & _MASK
    return value ^ (value >> 29)
