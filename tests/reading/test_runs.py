import re

import pytest

from evenhand.reading.places.lexicon import tokenise
from evenhand.reading.quantities.tokens import tokens_of
from evenhand.reading.runs import RUN, run
from evenhand.reading.syntax.tokens import tokenize
from evenhand.reading.times.tokens import scan

TEXTS = [
    "Two of the shells fell on the town hall, where 14 people had gone.",
    "The army didn't say t one of them was hit 5 pm on Monday by US$ 300 m of arms",
    "He said that the Al-Nour hospital  and the mosque’s yard\nwere hit in the third week of BC rule",
    "Élan vital ʿAyn al ʿArab İstanbul ΟΔΟΣ Σ now here ﬁre in the old town",
    "",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the town was hit", ["the town was "]),
        ("the town, was hit", ["the ", "was "]),
        ("the town was 5 miles off", ["the town ", "miles "]),
        ("the un-named town fell", ["the ", "town "]),
        ("x2 towns fell", ["towns "]),
        ("the  town\nfell again", ["fell "]),
        ("didn't say so", ["say "]),
        ("town", []),
    ],
)
def test_a_run_is_plain_words_with_one_blank_behind_each(text, found):
    assert re.findall(RUN, text) == found


def test_a_word_with_a_meaning_of_its_own_ends_a_run():
    assert re.findall(run(but="BC"), "in the year BC or so") == ["in the year ", "or "]


@pytest.mark.parametrize("text", TEXTS)
def test_every_cutter_says_where_its_words_stand(text):
    assert [t.text for t in tokenize(text, (0, len(text)))] == [
        text[t.start : t.end] for t in tokenize(text, (0, len(text)))
    ]
    placed = tokenise(text, ((0, 10), (10, len(text))))
    assert [t.text for t in placed] == [text[t.start : t.end] for t in placed]
    assert [t.word for t in tokens_of(text) if t.kind == "word"] == [
        text[t.start : t.end].lower() for t in tokens_of(text) if t.kind == "word"
    ]
    scanned = scan(text)
    assert "".join(p.letter for p in scanned.pieces) == scanned.letters
    assert all(p.word.lower() == text[p.start : p.end].lower() for p in scanned.pieces if p.word.isalpha())


def test_a_word_of_a_run_stands_where_it_did_whichever_is_asked_for_first():
    text = "One day the old town of the north was hit."
    backwards, forwards = scan(text).pieces, scan(text).pieces
    assert [backwards[i] for i in reversed(range(len(backwards)))] == list(forwards)[::-1]


def test_a_sentence_may_begin_within_a_run():
    text = "Rebels seize bridge The army said so"
    assert [t.text for t in tokenise(text, ((0, 19), (20, len(text)))) if t.first] == ["Rebels", "The"]
