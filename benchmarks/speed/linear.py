"""How the cost of reading grows with the length of hostile text: the exponent, for each function and each pattern.

    python -m benchmarks.speed.linear                     all of it: about ten minutes
    python -m benchmarks.speed.linear --only times copies a few functions
    python -m benchmarks.speed.linear --only patterns     the regular expressions

A text is pumped from one piece and doubled until it costs FLOOR CPU seconds or is as long as it may become. From
there on three runs of that length and three of four times that length give the exponent, log4 of the ratio of their
medians: 1 is linear, 2 quadratic. What never reaches FLOOR has no exponent: at that length a quadratic cost would be
seconds. One above LIMIT is measured once more, since others use the machine, too; if it stays, the exit status is 1.
The tests run such texts to their end and time nothing.
"""

import argparse
import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain, groupby
from operator import itemgetter

from benchmarks.speed.patterns import COMMON, collect, pumped
from evenhand.assessing.counted import feared_of, parts_of, some_of, sums_of, totals_of
from evenhand.audit.exchange import Exchange
from evenhand.exporting.formulas import defuse, restore
from evenhand.grouping import compare, groups
from evenhand.grouping.shingles import shingles_of
from evenhand.intake import IntakeSettings, receive
from evenhand.model.dates import find_literals
from evenhand.model.reading import Claim, Quantity
from evenhand.model.report import Original, OriginalRef, Received, Report
from evenhand.profiles import world
from evenhand.reading import places, quantities, quotations, sentences, times
from evenhand.reading.reader import Reader, ReaderSettings
from evenhand.redacting import Person, Redactor

FLOOR, LIMIT, RUNS, TIMES = 0.05, 1.5, 3, 4
DAY = date(2016, 12, 27)
REPORT = (
    "HARBOUR CITY, May 4. /Wire/. The bridge was closed on Monday, the port authority said in a statement.\n\n"
    '"We hope that the bridge opens soon," Nadia Fawzi, a spokeswoman for the authority, told reporters. '
    "The mayor denied that the bridge had been hit. According to local residents, three people were wounded.\n"
)
SAID = '"We left the town," Ada Lind of the army said. '


@dataclass(frozen=True)
class Measured:
    """A function of a text, what hurts it beside COMMON, and the characters at which it begins and may end."""

    name: str
    run: Callable[[str], object]
    own: tuple[str, ...]
    first: int = 2_000
    most: int = 256_000
    common: bool = True

    def pieces(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.own, *(COMMON if self.common else ()))))


@cache
def reader() -> Reader:
    return ReaderSettings(profile=world()).reader()


def tag(text: str) -> None:
    reader().tagger.tag(text)


def find_places(text: str) -> None:
    gazetteer = reader().gazetteer
    places.resolve(places.find(text, [(0, len(text))], gazetteer), text, gazetteer)


def count_dead(text: str) -> None:
    """What is said of a number that stands in the middle of the text."""
    before = text[: len(text) // 2]
    span = (len(before), len(before) + 1)
    claim = Claim(id="c1", type="killing", trigger=span, quantities=(Quantity(role="killed", span=span, op="="),))
    for ask in (parts_of, feared_of, totals_of, some_of, sums_of):
        ask(before + "7" + text[len(before) :], claim)


def read(text: str) -> None:
    """All of reading: tags, statements, places, times, quantities, claims."""
    report = Report(id="r", original=OriginalRef(sha256="0" * 64), text=text, published=DAY.isoformat())
    reader().read(Received(report=report))


def take_in(text: str) -> None:
    receive(Original(path="a.txt", file="a.txt", data=text.encode()), IntakeSettings(outlets=world()))


def flood(text: str) -> None:
    """Copies of one text, each with a beginning of its own, as many as thousands of characters were asked for."""
    reports = [
        Report(id=f"r{n}", original=OriginalRef(sha256="0" * 64), text=f"alpha{n} beta{n} gamma{n} delta{n} {REPORT}")
        for n in range(len(text) // 100)
    ]
    groups(compare(reports), reports)


EXCHANGED = {"Foo": "Bar", "Bar Nil": "Qux", "Baz": "Zip Foo", "Foo Foo": "Bar Qux"}
EXCHANGE = Exchange(("a", "b"), EXCHANGED | {other: one for one, other in EXCHANGED.items()}, {})
REDACTOR = Redactor(
    (Person(name="Ruth Amsel", kind="witness", details=("+963 11 234 5678",)),),
    {"Ruth Amsel": "Witness 1", "Amal": "Minor 3"},
    frozenset(),
)
FUNCTIONS = (
    Measured("dates", lambda text: list(find_literals(text)),
             ("1-", "1.", "December ", "Dec. 1", "2016-", "9" * 50 + " ", "May of ", "1 of ")),
    Measured("places", find_places,
             ("15 km ", "al-", "Al ", "the village of ", "X, ", "north ", "Aleppo ", "'s ", "İ", "the city ",
             "Homs, ")),
    Measured("quantities", quantities.find,
             ("$1", "1,", "10 and ", "one hundred and ", "tens of ", "5 including 3 and ", "1-", "2O", "half a ")),
    Measured("times", lambda text: times.find(text, published=DAY),
             ("Monday ", "10, ", "early ", "of the ", "2011-", "since the war began ", "a few days ", "'", "½ ")),
    Measured("quotations", quotations.find, ('"a ', "“a", "'a ", "a' ", '"\n', "„“")),
    Measured("sentences", sentences.split, ("A. ", "a\n", "[1]", "U.S. ")),
    Measured("tagging", tag,
             (REPORT, "said ", "“«", "👩‍👩‍👧"), most=8_000, common=False),
    Measured("reading", read,
             (REPORT, SAID, "Ten people were killed in Homs and ", "that he said ", "1 ", "Aleppo ", ". ", "A", '"',
             "and "), most=8_000, common=False),
    Measured("owners", lambda text: world().owner_of(text, on=DAY), ("Russian army ", "of ", "the ", "-", "al-")),
    Measured("numbers of dead", count_dead,
             ("including ", " of the", "killed ", "among them ", "and ", "7 ", "feared ")),
    Measured("intake", take_in,
             ("BEIRUT (", "/A", "- ", " - REUTERS", "AAAA ", "27 December 2016 ", "Published ", ". Source: AFP ",
             "Reporting by ", "AFP contributed to this report ", "Copyright ", "By ", "<!-- -->", "a: b\n", "text,")),
    Measured("exchange", EXCHANGE.swap, ("Foo Nil Bar Nil ", "Foo ", "Baz ")),
    Measured("redaction", REDACTOR.string,
             ("ruth ", "+963 ", "a@", "a.", "1-", "@a.", "Ruth Ams", "\u200b", "%41")),
    Measured("formulas", lambda text: restore(defuse(text)),
             ("'", ";", ";'", ";\"' ", "\t'", "\n\n'", "='"), most=2_000_000),
    Measured("shingles", shingles_of, ("a b c d e f ", '" a', "“a b c d e f”")),
    Measured("copies", flood, ("a",), common=False),
)  # fmt: skip


def seconds(run: Callable[[str], object], text: str) -> float:
    """CPU seconds of one run."""
    start = time.process_time()
    run(text)
    return time.process_time() - start


def growth(run: Callable[[str], object], piece: str, first: int, most: int) -> tuple[int, float, float]:
    """(characters, CPU seconds at that length, exponent from there to TIMES the length; 0 where all is below FLOOR)."""
    size = first
    while (once := min(seconds(run, pumped(piece, size)) for _ in range(2))) < FLOOR and size < most:
        size *= 2
    if once < FLOOR:
        return size, once, 0.0
    for last in (False, True):
        short, long = (
            statistics.median(seconds(run, pumped(piece, length)) for _ in range(RUNS))
            for length in (size, TIMES * size)
        )
        exponent = math.log(long / short, TIMES)
        if exponent <= LIMIT or last:
            break
    return size, short, exponent


def functions(names: set[str]) -> Iterator[tuple[str, str, int, float, float]]:
    """(function, piece, characters, seconds, exponent) of each piece."""
    for one in FUNCTIONS:
        if names and one.name not in names:
            continue
        one.run(pumped(one.pieces()[0], one.first))  # what is loaded at the first call
        for piece in one.pieces():
            yield (one.name, piece, *growth(one.run, piece, one.first, one.most))


def patterns() -> Iterator[tuple[str, str, int, float, float]]:
    """The same of each pattern that has a repeat without a bound, over the strings that such a repeat takes in."""
    for held in collect():
        for text in held.long_strings(4_000):
            size, once, exponent = growth(held.run, text, len(text), held.window(256_000))
            yield held.where, text[:24], size, once, exponent


def main() -> int:
    """Print the steepest piece of each function, then of each pattern that costs anything; 1 where one is too steep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known = [one.name for one in FUNCTIONS]
    parser.add_argument("--only", nargs="+", choices=[*known, "patterns"], default=[], metavar="NAME",
                        help=", ".join([*known, "patterns"]))  # fmt: skip
    parser.add_argument("--all", action="store_true", help="a line for each piece, not only for the steepest")
    words = parser.parse_args()
    names = set(words.only)
    print(f"{'what':<52} {'piece':<28} {'characters':>10} {'CPU s':>8} {'exponent':>8}", flush=True)
    parts = [functions(names - {"patterns"})] if not names or names - {"patterns"} else []
    parts += [patterns()] if not names or "patterns" in names else []
    count = 0
    steep: list[str] = []
    for what, rows in groupby(chain.from_iterable(parts), key=itemgetter(0)):
        worst = ("", 0, 0.0, -1.0)
        for _, *row in rows:
            piece, size, once, exponent = row
            count += 1
            worst = max(worst, (piece, size, once, exponent), key=lambda one: (one[3], one[2]))
            if words.all:
                show(what, piece, size, once, exponent)
            if exponent > LIMIT:
                steep.append(f"{what} on {piece!r}: {exponent:.2f}")
        if not words.all:
            show(what, *worst)
    print(f"{count} texts; steeper than {LIMIT}: {len(steep)}", *steep, sep="\n  ")
    return bool(steep)


def show(what: str, piece: str, size: int, once: float, exponent: float) -> None:
    grows = f"{exponent:.2f}" if exponent else "-"
    print(f"{what:<52} {ascii(piece)[:28]:<28} {size:>10,} {once:>8.3f} {grows:>8}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
