"""Short invented readings without end: two claims in a text of some forty words, for sizes that no reading reaches.

Two thousand towns, ten years of days, forty outlets; every seventh report is a copy of one of the last two hundred, by
another outlet. The same number gives the same report.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b

from evenhand.model.reading import Reading
from tests.assessing.hand import Said, reading

_FIRST = ("mar", "bri", "con", "sta", "hol", "ver", "lum", "tor", "pel", "gan", "ros", "tik", "dor", "fen", "kal", "ul")
_LAST = ("ket", "dge", "voy", "tion", "low", "dant", "bers", "rent", "sel", "vane", "mor", "lun", "pit", "cass", "ber")
_WORDS = [first + middle + last for first in _FIRST for middle in ("", "a", "o") for last in _LAST]
_SOURCES = ("Varda Watch", "residents", "Norland Defence Ministry", "Sund Army", None)
_COPIED, _BACK = 7, 200
_TOWNS, _DAYS = 2000, 3650


def short(number: int) -> Reading:
    """Report number `number`."""
    rng = random.Random(number)
    if number > _BACK and number % _COPIED == 0:
        source = number - rng.randrange(1, _BACK)
        told = random.Random(source - (source % _COPIED == 0))
    else:
        told = rng
    town = told.randrange(_TOWNS)
    place = (f"{_WORDS[town % 700].title()}{_WORDS[town % 13]}", 10 + town % 45 * 0.2, 20 + town // 45 * 0.2)
    day = (date(2031, 1, 1) + timedelta(told.randrange(_DAYS))).isoformat()
    words, by, dead = " ".join(told.choices(_WORDS, k=20)), told.choice(_SOURCES), float(told.randrange(1, 60))
    kind = told.choice(("airstrike", "shelling", "bombing"))
    said = (
        Said(type=kind, by=by, place=place, start=day, words=words),
        Said(type="killing", by=by, place=place, start=day, killed=(dead,) * 3, target="civilians"),
    )
    name = blake2b(f"short {number}".encode(), digest_size=8).hexdigest()
    return reading(name, *said, published=day, outlet=f"outlet{rng.randrange(40)}")


def shorts(count: int) -> Iterator[Reading]:
    """Reports 0 up to `count`."""
    return map(short, range(count))
