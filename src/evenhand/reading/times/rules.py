"""The table of rules: a name, a regular expression over class letters (see `tokens`), and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from evenhand.reading.times import days, distance, months, relative, vague, years
from evenhand.reading.times.clock import Clock, Hit, When
from evenhand.reading.times.mention import AFTER_EVENT


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is printed with every mention the rule reads; `pattern` is over class letters.

    A match holds at least one letter of `needs`: most texts have none of most rules' letters.
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Hit, Clock], When | None]
    needs: frozenset[str]


_E = r"(?P<e>d?[ex]{1,2}h?[oi]?d?-?)?"
_E1 = r"(?P<e>d?[ex]{1,2}h?[oi]?d?-?)"
_YEAR_AFTER = r"(?P<year>,?o?Y|o[qdt]?[sln]?U|[qtl]s?U)?"
_AMOUNT = r"(?P<amount>(?:a?N[ND]{0,3}(?:&[ad]?h)?|[DY](?:&ah)?|[ad]?vo?|a(?:&ah)?|ahad?))"
_NEAR = r"(?:c{1,2}|i|v)?"
_PART = r"(?P<part>(?:e[oi]?)?d?eP[VU]?o|d?ePVo|[dq]?Po|ei?dPo|eVo|deVo)?"

_TABLE: tuple[tuple[str, str, Callable[[Hit, Clock], When | None]], ...] = (
    ("full date", rf"{_PART}(?:[Wω],?)?d?(?P<date>F)(?:i?d?P)?", days.full_day),
    ("impossible date", r"(?P<date>X)", days.impossible),
    ("day of month", rf"{_PART}(?:[Wω],?)?d?(?P<date>H){_YEAR_AFTER}", days.day_of_month),
    ("day of month, part of day", r"(?:[Wω],?)?(?P<date>H)(?P<part>P)", days.day_of_month),
    ("ordinal day of month", r"(?:[Wω],?)?d(?P<dom>O)(?![A-Za-z])", days.ordinal_day),
    ("days listed", r"d?(?P<days>[DO](?:[,&-]d?[DO]){0,6},?[&_-])d?(?P<date>[HF])", days.days_before),
    (
        "days listed",
        r"(?:d?Po)?d?(?P<date>H)(?P<days>(?:,D){0,5},?[&_-][DO])(?![UVB])(?:,?(?P<year>Y))?",
        days.days_after,
    ),
    ("month and year", rf"{_E}(?P<date>K)", months.month_and_year),
    ("month", rf"{_E}(?:d?(?P<which>[lnt]))?(?P<month>M){_YEAR_AFTER}", months.bare_month),
    ("month", r"(?<=[i+<e])(?P<e>)(?P<which>)(?P<month>μ)(?P<year>,?o?Y)?", months.bare_month),
    ("day of the month", r"d?(?P<dom>O)o(?P<which>[tlq])(?P<unit>U)", days.day_of_a_month),
    ("year BC", r"(?:c|i)?(?:(?P<month>M),?)?(?P<year>[DNY])B", years.before_christ),
    ("years BC", r"(?P<year>[DNY])-(?P<last>[DNY])B", years.years_before_christ),
    (
        "part of a date",
        r"d?(?P<which>[Olxe])(?P<amount>[ND]?)-?(?P<unit>[UVh])o(?P<of>K|M|Y|[dlnt]U)",
        months.part_of_a_date,
    ),
    ("year", rf"{_E}(?:d?[UV])?(?P<year>Y)", years.bare_year),
    ("years", r"(?P<year>Y)[-_](?P<last>[YDN])", years.years_joined),
    ("short year", r"(?P<year>ý)", years.short_year),
    ("decade", rf"{_E}(?P<decade>Z)", years.decade),
    ("century", rf"{_E}(?P<number>O)-?(?P<unit>U)(?P<bc>B)?", years.century),
    ("season", rf"{_E}(?:d?(?P<which>[lntsq]))?(?P<season>[Sf]){_YEAR_AFTER}", months.season),
    ("season", r"(?P<e>)(?P<which>)(?P<year>Y)(?P<season>S)", months.season),
    ("feast", r"(?P<feast>J)(?P<eve>z)?(?P<part>P)?(?P<year>,?o?Y)?", days.festival),
    ("feast", r"(?P<unit>U)'(?P<eve>z|U)(?P<part>P)?(?P<year>,?o?Y)?", days.new_year),
    ("9/11", r"D_D", days.september_11),
    ("weekday of a week", r"(?P<weekday>W)(?P<part>P)?,?o?d?lU(?!')", relative.weekday_of_last_week),
    ("weekday of a week", r"(?:dlU|lU)'(?P<weekday>W)(?P<part>P)?", relative.weekday_of_last_week),
    ("weekday of a week", r"aUgi?(?P<weekday>W)(?P<part>P)?|(?P<named>W)aUg", relative.weekday_of_last_week),
    ("weekday before last", r"d?(?P<weekday>W)bl", relative.weekday_before_last),
    (
        "weekday",
        r"(?P<before>(?:d?e?P[VU]?[oi]|eVo|(?:ei?)?)?)(?:d?(?P<which>[lnt]))?(?P<every>E)?"
        r"(?P<weekday>W|w)(?P<part>P)?",
        relative.weekday,
    ),
    ("day counted from the report", r"(?P<e>e)?(?P<day>T)(?P<part>P)?", relative.deictic),
    ("day beside", r"dU[br](?P<day>T)", relative.beside),
    ("period", rf"{_E}(?P<which>d?[lnt]|tl|q|[dq]s|d[sln])(?P<unit>U|P)", relative.period),
    ("part of the period", rf"{_E1}(?P<unit>U)", relative.part_of_that),
    ("weekend", r"d?(?P<unit>U)", relative.bare_weekend),
    ("end of the unit", r"d?(?P<unit>U)'?-?(?P<end>x)", relative.end_of_unit),
    ("last units", rf"d?(?P<which>[lnR]){_NEAR}{_AMOUNT}-?(?P<unit>[UV])", distance.last_units),
    ("recent units", r"(?P<which>R)(?P<amount>)(?P<unit>V)", distance.last_units),
    ("units back", r"dt?(?P<which>l)(?P<amount>)(?P<unit>V)", distance.last_units),
    ("units ago", rf"{_NEAR}{_AMOUNT}(?P<unit>[UV])g", distance.ago),
    ("units ago", r"(?P<amount>)(?P<unit>V)g", distance.ago),
    ("units ago to the day", rf"{_AMOUNT}(?P<unit>[UV])gi?(?P<to>T|[tq]U|H)", distance.ago_to_the_day),
    (AFTER_EVENT, r"(?P<amount>a|N|D)(?P<unit>[UV])(?P<way>r)", distance.after_event),
    ("units apart", rf"{_NEAR}(?P<the>){_AMOUNT}(?P<unit>[UV])(?P<way>[ebr])", distance.apart),
    ("units apart", r"(?P<the>)(?P<amount>)(?P<unit>V)(?P<way>[ebr])", distance.apart),
    ("day apart", r"(?P<the>d)(?P<amount>)(?P<unit>U)(?P<way>[ebrn])", distance.day_apart),
    ("on the eve", r"dz", distance.eve),
    ("part of day", r"(?:d?e)?(?P<part>P)", distance.time_of_day),
    ("clock", r"CG?", distance.clock_time),
    ("duration", rf"{_NEAR}{_AMOUNT}-?(?P<unit>[UV]|P)(?:y|'p|oy)?", vague.duration),
    ("length", r"(?P<unit>V)", vague.plural),
    ("set", r"(?P<each>E){1}(?:[ND])?(?P<unit>U|V|P)", vague.often),
    ("set", r"(?P<each>)(?P<unit>Q)", vague.often),
    ("reference", r"d?(?P<word>R)", vague.reference),
    ("reference", r"d(?P<word>l)(?![ UVNDaPMWSfZ'o-])", vague.reference),
    ("that time", r"(?P<which>[dqt]s?|s)(?P<word>p)", vague.that_time),
)
_NEEDS = {
    "full date": "F", "impossible date": "X", "day of month": "H", "day of month, part of day": "H",
    "ordinal day of month": "O", "days listed": "HF", "day of the month": "O", "units ago to the day": "g",
    "weekday of a week": "W", "weekday before last": "W", "month and year": "K", "month": "Mμ", "year BC": "B",
    "years BC": "B", "part of a date": "UVh", "year": "Y", "years": "Y", "short year": "ý", "decade": "Z",
    "century": "O", "season": "Sf", "feast": "JU", "9/11": "D", "weekday": "Ww", "day counted from the report": "T",
    "day beside": "T", "period": "UP", "part of the period": "U", "weekend": "U", "end of the unit": "x",
    "last units": "lnR", "recent units": "R", "units back": "l", "units ago": "g", "units apart": "UV",
    AFTER_EVENT: "UV", "day apart": "U", "on the eve": "z", "part of day": "P", "clock": "C", "duration": "UVP",
    "length": "V", "set": "EQ", "reference": "Rl", "that time": "p",
}  # fmt: skip
RULES: tuple[Rule, ...] = tuple(
    Rule(name, re.compile(pattern), read, frozenset(_NEEDS[name])) for name, pattern, read in _TABLE
)
