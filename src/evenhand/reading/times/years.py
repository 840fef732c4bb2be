"""Rules for times that name a year, a decade or a century."""

from evenhand.model.wordlist import word_set
from evenhand.reading.times import calendar
from evenhand.reading.times.clock import NO_YEAR, Clock, Hit, When, dated, unresolved
from evenhand.reading.times.printed import narrowed

_COUNTED_AFTER = word_set(
    "people civilians men women children persons soldiers fighters militants families villages homes houses "
    "troops casualties deaths residents refugees prisoners tons tonnes sq square meters metres kilometers "
    "kilometres miles km dollars euros shells rockets vehicles members others of square percent per"
)

_NUMBERED = word_set(
    "resolution no nos number article page flight room unit decree law act bill section paragraph convention "
    "channel model route highway pp vol chapter brigade division regiment battalion"
)


_OLDEST, _LATEST = 1400, 2100
"""A report means no bare year before this; in a history it may."""


def bare_year(hit: Hit, clock: Clock) -> When | None:
    """Reads "2016", "early 1980", "the end of 2016", "the year 1950"."""
    piece = hit.piece("year")
    year = int(piece.value or 0)
    if hit.last - hit.first == 1 and not (_is_year(hit, year) and (year >= _OLDEST or clock.narrative)):
        return None
    days = calendar.years(year, year)
    return dated(narrowed(hit, days, "year"), "year", "absolute", f"{year:04d}")


def _is_year(hit: Hit, year: int) -> bool:
    before, after = hit.word(-1), hit.word(0)
    if year > _LATEST or before == "at" or hit.letter(0) == "F":
        return False  # "at 1514", "1935 05.10.2017": the hour beside a date; "Resolutions 2254 and 2118"
    if before in _NUMBERED or (hit.written(-1) in "$€£#№" and hit.written(-1)):
        return False
    if hit.letter(0) in "'_" and hit.written(0) in ("%", "°", "$", "€", "/"):
        return hit.written(0) == "/"
    if after in _COUNTED_AFTER and after != "of":
        return False
    certain = hit.letter(-1) in "i+<kmo(e,-&^.)'" or before in ("the", "year", "its", "their", "his", "of")
    if 1900 <= year <= 2100:
        if before in ("some", "about", "around", "over", "than", "least", "nearly", "almost", "approximately"):
            return before in ("about", "around") and not after.endswith("s")
        return certain or not after.endswith("s") or after in ("was", "is", "has", "as", "this")
    if before in ("than", "least", "some", "nearly", "almost", "over", "about", "approximately"):
        return False
    return certain and not (after.isalpha() and hit.letter(-1) in "&,-^." and not _ends(hit))


def _ends(hit: Hit) -> bool:
    return hit.letter(0) in ".,;)$-&i'" or hit.letter(0) in "br"


def short_year(hit: Hit, clock: Clock) -> When | None:
    """Reads "'99": the latest such year up to the text's own time."""
    figures = int(hit.piece("year").value or 0)
    known = clock.reference[0].year if clock.reference and (clock.narrative or not clock.published) else None
    known = known or (clock.published.year if clock.published else None)
    if known is None:
        return unresolved(f"XX{figures:02d}", "year", NO_YEAR)
    year = known - (known - figures) % 100
    return dated(calendar.years(year, year), "year", "published" if clock.published else "earlier mention")


def years_joined(hit: Hit, clock: Clock) -> When | None:
    """Reads "1914-18", "1980-1981": one span of years."""
    first, last = int(hit.piece("year").value or 0), int(hit.piece("last").value or 0)
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 120:
        return None
    ends = ((hit.match.start("year"), first), (hit.match.start("last"), last))
    parts = tuple((at, dated(calendar.years(year, year), "year", "absolute", f"{year:04d}")) for at, year in ends)
    days = calendar.years(first, last)
    return When(f"{first:04d}/{last:04d}", days or (None, None), "year", "date", "absolute", parts=parts)


def before_christ(hit: Hit, clock: Clock) -> When | None:
    """Reads "480 BC": recognised, outside the calendar used here."""
    written = hit.piece("year").value
    year = int(written or 0)
    month = hit.pieces("month")
    value = f"BC{year:04d}" + (f"-{int(month[0].value or 0):02d}" if month else "")
    return unresolved(value, "year", "before the year 1")


def years_before_christ(hit: Hit, clock: Clock) -> When | None:
    """Reads "499-493 BC": recognised, outside the calendar used here."""
    ends = [(hit.match.start(group), int(hit.piece(group).value or 0)) for group in ("year", "last")]
    parts = tuple((at, unresolved(f"BC{year:04d}", "year", "before the year 1")) for at, year in ends)
    whole = unresolved("/".join(when.value for _, when in parts), "year", "before the year 1")
    return When(whole.value, unit="year", reason=whole.reason, moves=False, parts=parts)


def decade(hit: Hit, clock: Clock) -> When | None:
    """Reads "the 1990s", "the late sixties", "the '80s"."""
    piece = hit.piece("decade")
    if piece.value is None:
        tens = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
        first = 20 + 10 * tens.index(piece.word)
    else:
        first = int(piece.value)
    if first < 100:
        if hit.letter(-1) not in "ied'_(" and not hit.has("e") and "the" not in hit.words("e"):
            return None
        known = clock.reference[0].year if clock.narrative and clock.reference else None
        known = known or (clock.published.year if clock.published else 2000)
        first = known - (known - first) % 100
    if first % 100 == 0 and hit.scan.letters[hit.last : hit.last + 1] == "B":
        return unresolved("null", "decade", "before the year 1")
    days = calendar.years(first, first + 9)
    return dated(narrowed(hit, days, "decade"), "decade", "absolute", f"{first:04d}"[:3])


def century(hit: Hit, clock: Clock) -> When | None:
    """Reads "the 20th century", "eighteenth-century"."""
    if hit.words("unit") != "century":
        return None
    number = int(hit.piece("number").value or 0)
    if hit.has("bc"):
        return unresolved(f"BC{number - 1:02d}", "century", "before the year 1")
    days = calendar.years((number - 1) * 100 or 1, number * 100 - 1)
    return dated(narrowed(hit, days, "century"), "century", "absolute", f"{number - 1:02d}")
