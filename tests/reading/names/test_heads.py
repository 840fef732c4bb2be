"""Who a source's phrase turns on: its head noun, by itself."""

import pytest

from evenhand.reading.names.phrases import understand


@pytest.mark.parametrize(
    ("phrase", "head", "name"),
    [
        ("A Vardan rescue service operating in rebel-held territory", "service", "Vardan rescue service"),
        ("A Vardan commander operating in the area", "commander", None),
        ("a Vardan medic treating the wounded", "medic", None),
        ("the Vardan army training centre", "centre", "Vardan army training centre"),
        ("a Vardan monitoring group", "group", "Vardan monitoring group"),
    ],
)
def test_what_people_or_a_body_are_doing_names_nobody(phrase, head, name):
    found = understand(phrase, (0, len(phrase)), [])
    assert (found.head, found.name and phrase[slice(*found.name)]) == (head, name)
