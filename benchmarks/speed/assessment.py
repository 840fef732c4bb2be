"""Copies, incidents and grades over many hand-made readings: whether the cost of a report stays flat.

    python -m benchmarks.speed.assessment [1000 3000 10000]

Invented reports: every fifth repeats an earlier text, three claims each, forty towns, a year of days. CPU seconds of
one process, so that other work on the machine counts little.
"""

import random
import resource
import sys
import time
from datetime import date, timedelta

from evenhand.assessing import AssessmentSettings, assess_all
from evenhand.grouping import cluster, compare, groups
from evenhand.model.reading import Reading
from tests.assessing.hand import Said, profile, reading

_SYLLABLES = (
    ("mar", "bri", "con", "sta", "hol", "ver", "lum", "tor", "pel", "gan", "ros", "tik"),
    ("ket", "dge", "voy", "tion", "low", "dant", "bers", "rent", "sel", "vane", "mor", "lun", "pit", "cass"),
)
_WORDS = [first + second for first in _SYLLABLES[0] for second in _SYLLABLES[1]]
_SOURCES = ["Varda Watch", "residents", "Norland Defence Ministry", "Sund Army", None]


def made(count: int, seed: int = 1) -> list[Reading]:
    """`count` readings, the same for the same seed."""
    rng = random.Random(seed)
    texts: list[str] = []
    found = []
    for number in range(count):
        if texts and rng.random() < 0.2:
            words = rng.choice(texts[-50:])
        else:
            words = " ".join(rng.choices(_WORDS, k=150))
            texts.append(words)
        day = (date(2031, 1, 1) + timedelta(rng.randrange(365))).isoformat()
        past = (date(2024, 1, 1) + timedelta(rng.randrange(2500))).isoformat()
        here, there = _town(rng.randrange(40)), _town(rng.randrange(40))
        by, dead = rng.choice(_SOURCES), float(rng.randrange(1, 60))
        said = (
            Said(type=rng.choice(["airstrike", "shelling", "bombing"]), by=by, place=here, start=day, words=words),
            Said(type="killing", by=by, place=here, start=day, killed=(dead, dead, dead), target="civilians"),
            Said(type="killing", by=by, place=there, start=past, killed=(90, 90, 90)),
        )
        found.append(reading(f"r{number:06}", *said, published=day, outlet=f"outlet{rng.randrange(30)}"))
    return found


def _town(number: int) -> tuple[str, float, float]:
    return f"Town{number}", 10 + number % 8 * 0.7, 20 + number // 8 * 0.7


def main() -> None:
    """Print a line a size."""
    for count in [int(word) for word in sys.argv[1:]] or [1000, 3000, 10000]:
        readings = made(count)
        reports = [one.report for one in readings]
        start = time.process_time()
        pairs = compare(reports)
        copied = time.process_time()
        clusters = cluster(readings, pairs)
        grouped = time.process_time()
        by_id = {one.report.id: one for one in readings}
        settings = AssessmentSettings()
        assess_all(clusters, readings=by_id, copies=groups(pairs, reports), profile=profile(), settings=settings)
        end = time.process_time()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:6} reports {len(clusters):6} incidents: copies {copied - start:6.1f} s, incidents "
            f"{grouped - copied:6.1f} s, grades {end - grouped:6.1f} s, in all {end - start:6.1f} s, "
            f"{1000 * (end - start) / count:5.2f} ms a report, peak {memory:.0f} MB"
        )


if __name__ == "__main__":
    main()
