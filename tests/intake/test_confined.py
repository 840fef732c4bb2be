"""Whatever a parser does, its file is a record and the next one is parsed."""

import sys

import pytest

from evenhand.errors import UnreadableError
from evenhand.intake.confined import Bounds, Helper, Job

BOUNDS = Bounds(memory=512 * 1024 * 1024, cpu_seconds=1, seconds=12.0, answer=1_000_000, files=5)


@pytest.fixture
def helper():
    made = Helper(BOUNDS, "tests.intake.misbehaving")
    yield made
    made.close()


def take(helper, word):
    return helper.take(Job(kind="page", data=word.encode())).articles[0].text


@pytest.mark.skipif(sys.platform == "win32", reason="the system offers no such limits")
@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("die", "died"), ("compute", "took more than"), ("hang", "took more than 12 seconds"), ("swell", "more memory"),
        ("grow", "more memory"), ("shout", "more text than"), ("run", "PermissionError"), ("connect", "PermissionError"),
        ("refuse", "no"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_its_parser_is_a_record_and_the_next_one_is_parsed(helper, word, why):
    assert take(helper, "before") == "before"
    with pytest.raises(UnreadableError, match=why) as caught:
        take(helper, word)
    assert caught.value.cure
    assert take(helper, "after") == "after"


def test_nothing_is_written(helper, tmp_path):
    with pytest.raises(UnreadableError, match="PermissionError"):
        take(helper, f"write {tmp_path / 'a.txt'}")
    assert list(tmp_path.iterdir()) == []


def test_what_a_library_prints_is_no_answer(helper):
    assert take(helper, "print") == "print"


def test_a_helper_is_replaced_after_some_files(helper):
    assert [take(helper, str(number)) for number in range(12)] == [str(number) for number in range(12)]
