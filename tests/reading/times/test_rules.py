from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading.times.rules import RULES

LETTERS = "FKHXMμYWwωDONCUVPSfZBGTREQJdalntqsoexi+<km&-gbrvcpyhz'ý,.()_# "


@given(st.text(LETTERS, max_size=12), st.sampled_from(RULES))
def test_a_rule_matches_nothing_where_none_of_its_letters_is(letters, rule):
    without = "".join(letter for letter in letters if letter not in rule.needs)
    assert rule.pattern.search(without) is None


@given(st.sampled_from(RULES), st.data())
def test_a_rules_letters_are_in_all_it_matches(rule, data):
    letters = data.draw(st.from_regex(rule.pattern, fullmatch=True))
    assert not rule.needs.isdisjoint(letters)
