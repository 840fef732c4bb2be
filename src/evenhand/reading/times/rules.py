"""The table of rules: a name, a regular expression over class letters (see `tokens`), and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from evenhand.reading.times import absolute, relative, vague
from evenhand.reading.times.clock import Clock, Hit, When


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is printed with every mention the rule reads; `pattern` is over class letters."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Hit, Clock], When | None]


_E = r"(?P<e>d?[ex]{1,2}h?[oi]?d?-?)?"
_E1 = r"(?P<e>d?[ex]{1,2}h?[oi]?d?-?)"
_YEAR_AFTER = r"(?P<year>,?o?Y|o[qdt]?[sln]?U)?"
_AMOUNT = r"(?P<amount>(?:a?N[ND]{0,3}(?:&[ad]?h)?|[DY](?:&ah)?|[ad]?vo?|a(?:&ah)?|ahad?))"
_NEAR = r"(?:c{1,2}|i|v)?"
_PART = r"(?P<part>(?:e[oi]?)?d?eP[VU]?o|d?ePVo|[dq]?Po|ei?dPo|eVo|deVo)?"

_TABLE: tuple[tuple[str, str, Callable[[Hit, Clock], When | None]], ...] = (
    ("full date", rf"{_PART}(?:[Wω],?)?d?(?P<date>F)(?:i?d?P)?", absolute.full_day),
    ("impossible date", r"(?P<date>X)", absolute.impossible),
    ("day of month", rf"{_PART}(?:[Wω],?)?d?(?P<date>H){_YEAR_AFTER}", absolute.day_of_month),
    ("day of month, part of day", r"(?:[Wω],?)?(?P<date>H)(?P<part>P)", absolute.day_of_month),
    ("ordinal day of month", r"(?:[Wω],?)?d(?P<dom>O)(?![A-Za-z])", absolute.ordinal_day),
    ("days listed", r"d?(?P<days>D(?:[,&-]d?D){0,6},?[&-])d?(?P<date>[HF])", absolute.days_before),
    ("days listed", r"(?P<date>H)(?P<days>(?:[,&-]D){1,6})(?![A-Zω]|,?[0-9])(?:,?(?P<year>Y))?", absolute.days_after),
    ("month and year", rf"{_E}(?P<date>K)", absolute.month_and_year),
    ("month", rf"{_E}(?:d?(?P<which>[lnt]))?(?P<month>M){_YEAR_AFTER}", absolute.bare_month),
    ("year BC", r"(?:c|i)?(?:(?P<month>M),?)?(?P<year>[DNY])B", absolute.before_christ),
    ("years BC", r"(?P<year>[DNY])-(?P<last>[DNY])B", absolute.years_before_christ),
    ("part of a date", r"d?(?P<which>[Olxe])(?P<amount>[ND]?)-?(?P<unit>[UVh])o(?P<of>K|M|Y|[dlnt]U)", absolute.part_of_a_date),
    ("year", rf"{_E}(?:d?[UV])?(?P<year>Y)", absolute.bare_year),
    ("years", r"(?P<year>Y)[-_](?P<last>[YDN])", absolute.years_joined),
    ("short year", r"(?P<year>ý)", absolute.short_year),
    ("decade", rf"{_E}(?P<decade>Z)", absolute.decade),
    ("century", rf"{_E}(?P<number>O)-?(?P<unit>U)(?P<bc>B)?", absolute.century),
    ("season", rf"{_E}(?:d?(?P<which>[lntsq]))?(?P<season>[Sf]){_YEAR_AFTER}", absolute.season),
    ("season", r"(?P<e>)(?P<which>)(?P<year>Y)(?P<season>S)", absolute.season),
    ("feast", r"(?P<feast>J)(?P<part>P)?(?P<year>,?o?Y)?", absolute.festival),
    ("9/11", r"D_D", absolute.september_11),
    ("weekday", r"(?P<before>(?:d?e?P[VU]?[oi]|eVo|(?:ei?)?)?)(?:d?(?P<which>[lnt]))?(?P<every>E)?"
                r"(?P<weekday>W|w)(?P<part>P)?", relative.weekday),
    ("day counted from the report", r"(?P<e>e)?(?P<day>T)(?P<part>P)?", relative.deictic),
    ("day beside", r"dU[br](?P<day>T)", relative.beside),
    ("period", rf"{_E}(?P<which>d?[lnt]|tl|q|[dq]s|d[sln])(?P<unit>U|P)", relative.period),
    ("part of the period", rf"{_E1}(?P<unit>U)", relative.part_of_that),
    ("weekend", r"d?(?P<unit>U)", relative.bare_weekend),
    ("end of the unit", r"d?(?P<unit>U)'?-?(?P<end>x)", relative.end_of_unit),
    ("last units", rf"d?(?P<which>[lnR]){_NEAR}{_AMOUNT}-?(?P<unit>[UV])", relative.last_units),
    ("recent units", r"(?P<which>R)(?P<amount>)(?P<unit>V)", relative.last_units),
    ("units back", r"dt?(?P<which>l)(?P<amount>)(?P<unit>V)", relative.last_units),
    ("units ago", rf"{_NEAR}{_AMOUNT}(?P<unit>[UV])g", relative.ago),
    ("units ago", r"(?P<amount>)(?P<unit>V)g", relative.ago),
    ("units apart", rf"{_NEAR}(?P<the>){_AMOUNT}(?P<unit>[UV])(?P<way>[ebr])", relative.apart),
    ("units apart", r"(?P<the>)(?P<amount>)(?P<unit>V)(?P<way>[ebr])", relative.apart),
    ("day apart", r"(?P<the>d)(?P<amount>)(?P<unit>U)(?P<way>[ebrn])", relative.day_apart),
    ("on the eve", r"dz", relative.eve),
    ("part of day", r"(?:d?e)?(?P<part>P)", relative.time_of_day),
    ("clock", r"CG?", relative.clock_time),
    ("duration", rf"{_NEAR}{_AMOUNT}-?(?P<unit>[UV]|P)(?:-? |y|'p|oy)?", vague.duration),
    ("length", r"(?P<unit>V)", vague.plural),
    ("set", r"(?P<each>E){1}(?:[ND])?(?P<unit>U|V|P)", vague.often),
    ("set", r"(?P<each>)(?P<unit>Q)", vague.often),
    ("reference", r"d?(?P<word>R)", vague.reference),
    ("reference", r"d(?P<word>l)(?![ UVNDaPMWSfZ'o-])", vague.reference),
    ("that time", r"(?P<which>[dqt]s?|s)(?P<word>p)", vague.that_time),
)
RULES: tuple[Rule, ...] = tuple(Rule(name, re.compile(pattern), read) for name, pattern, read in _TABLE)
