"""Patterns that stand as data: every list they ask for is there, and every list is asked for."""

import re

import pytest

from evenhand.assessing.phrases import patterns, table


@pytest.mark.parametrize("name", ["relevance", "offices"])
def test_every_list_is_asked_for_and_there(name: str):
    asked = {slot for pattern in table(name)["patterns"].values() for slot in re.findall(r"(?<!\?P)<(\w+)>", pattern)}
    assert asked == set(table(name)["words"])
    assert set(patterns(name)) == set(table(name)["patterns"])


def test_a_pattern_does_not_mind_capitals_and_holds_whole_words():
    said = patterns("relevance")
    assert said["judged"].match(" was Intentional")
    assert not said["judged"].match(" was intentionally")
    assert said["fault"].search("WRONGLY ")
    assert said["left_open"].search("it would look into")
