"""Every regular expression that sees a report comes to its end on strings made to hurt it.

Nothing is timed here: `python -m benchmarks.speed.linear` measures how the cost grows. What runs here would not come to
an end under the suite's guard if a pattern were exponential (60 characters would do) or quadratic (a million).
"""

import re

import pytest

from benchmarks.speed.patterns import Held, collect

PATTERNS = collect()
SHORT, LONG = 60, 1_000_000
each = pytest.mark.parametrize("held", PATTERNS, ids=[held.where for held in PATTERNS])


def test_the_patterns_are_found():
    assert len(PATTERNS) > 250
    assert any("asides" in held.where for held in PATTERNS)


@each
def test_no_pattern_is_exponential(held):
    for text in held.strings(SHORT):
        assert held.run(text) <= 3 * len(text) + 2  # a pattern of bytes meets up to three a character


@each
def test_no_pattern_is_quadratic(held):
    for text in held.long_strings(LONG):
        assert held.run(text) <= 3 * len(text) + 2  # a pattern of bytes meets up to three a character


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"\s+$", " "), (r"(?:the )*x", "the "), (r"a(?=[^.]*!)", "a"), (r"(?i:(?:aa)+)b", "A"), (r"(?P<q>\")?(?(q)[a ]+b|c)", "a ")],
)  # fmt: skip
def test_what_could_be_quadratic_is_given_long_strings(pattern, text):
    assert any(text * 4 in one for one in Held("here", re.compile(pattern), anchored=False).long_strings(SHORT))


@pytest.mark.parametrize("pattern", [r"\s{1,40}$", r"\b(?:the|an?)\b", r"a(?=b{0,9})"])
def test_what_has_no_repeat_without_a_bound_costs_the_same_at_every_place(pattern):
    assert list(Held("here", re.compile(pattern), anchored=False).long_strings(SHORT)) == []
