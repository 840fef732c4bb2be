import math

import pytest

from evenhand.learning.places import Group, is_dev, token_spans, train

pytest.importorskip("scipy", reason="training needs the extra `train`")


def score(weights, row):
    return math.fsum(weights.get(f, 0.0) for f in row)


def test_learns_what_marks_the_right_answer():
    data = [Group([["near", f"w{k % 3}"], ["far", f"w{k % 2}"], ["null"]], [0]) for k in range(40)]
    data += [Group([["far", "w0"], ["null"]], [1]) for _ in range(40)]
    weights = train(data)
    assert score(weights, ["near"]) > score(weights, ["null"]) > score(weights, ["far"])


def test_same_data_same_weights():
    data = [Group([["a"], ["b"], ["null"]], [k % 3]) for k in range(30)]
    assert train(data) == train(data)


def test_tokens_are_found_in_their_text():
    item = {"text": "Al-Bab fell .", "tokens": ["Al", "-", "Bab", "fell", " ", "."]}
    assert [item["text"][s:e] for s, e in token_spans(item)] == ["Al", "-", "Bab", "fell", "", "."]


def test_the_split_is_by_text():
    assert is_dev("one text") == is_dev("one text")
    assert 100 < sum(is_dev(str(k)) for k in range(1000)) < 300
