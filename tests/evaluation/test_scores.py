"""Scoring: hand-made cases, and agreement with the project's public scorer where it is there."""

import json
import subprocess
import sys

import pytest

from evenhand.errors import GoldError
from evenhand.evaluation.gold import read_gold
from evenhand.evaluation.scores import dice, kilometres, pair, same_name, score
from evenhand.model.evidence import to_json
from evenhand.model.profile import Profile
from evenhand.model.reading import Claim, Participant, Place, Quantity, Reading, Software, Statement, Time
from tests.fakes import SHARED

TEXT = "The army said shells killed 14 people in Orlin on May 2. “We deny it,” the rebels said."
GOLD = {
    "statements": [
        {"id": "s1", "kind": "indirect", "content": [{"text": "shells killed 14 people in Orlin on May 2"}],
         "source": {"text": "The army"}, "speaker": "Army", "attitude": "asserts", "parent": None},
        {"id": "s2", "kind": "direct", "content": [{"text": "We deny it"}], "source": {"text": "the rebels"},
         "speaker": "unnamed: rebels", "attitude": "denies", "parent": "s1"},
    ],
    "claims": [
        {"type": "killing", "trigger": {"text": "killed"}, "statement": "s1", "actor": "the army", "target": "14 people",
         "place_resolved": {"lat": 1.0, "lon": 2.0}, "date": "2031-05-02", "polarity": "affirmed", "modality": "asserted",
         "quantities": [{"text": "14", "low": 14, "best": 14, "high": 14}]},
    ],
}  # fmt: skip


def span(words):
    return (TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return read_gold(tmp_path, Profile())


def a_reading(gold, *, statements=(), claims=()):
    software = Software(name="evenhand", version="0", weights="w")
    return Reading(software=software, report=gold[0].received.report, statements=statements, claims=claims)


FIRST = Statement(id="x1", kind="indirect", content=(span("shells killed 14 people in Orlin on May 2"),), speaker_name="the Army",
                  source=span("The army"))  # fmt: skip
SECOND = Statement(id="x2", kind="direct", content=(span("We deny it"),), speaker_name="rebels", attitude="denies",
                   source=span("the rebels"), parent="x1")  # fmt: skip
CLAIM = Claim(
    id="c1", type="execution", trigger=span("killed"), statement="x1", actor=Participant(name="The army"),
    target=Participant(name="people", span=span("14 people")), place=Place(name="Orlin", lat=1.1, lon=2.0),
    time=Time(start="2031-05-02", end="2031-05-02"),
    quantities=(Quantity(role="killed", span=span("14"), op="=", low=14, best=14, high=14),),
)  # fmt: skip


def test_a_perfect_reading_scores_one(gold):
    figures = score([(gold[0], a_reading(gold, statements=(FIRST, SECOND), claims=(CLAIM,)))]).figures
    assert {name: value for name, value in figures.items() if value not in (1.0, 2, 1)} == {}


def test_an_empty_reading_scores_nothing(gold):
    figures = score([(gold[0], a_reading(gold))]).figures
    assert figures["statements F1 (Dice >= .8)"] == 0
    assert figures["claims F1"] == 0


def test_misses_and_extras_are_listed_with_their_words(gold):
    wrong = Statement(id="x9", kind="direct", content=(span("the rebels"),))
    listing = "\n".join(score([(gold[0], a_reading(gold, statements=(wrong,)))]).listing)
    assert "missed  a.txt s1 'shells killed" in listing
    assert "extra   a.txt x9 'the rebels'" in listing


def test_a_wrong_parent_speaker_and_date_are_counted(gold):
    second = Statement(id="x2", kind="mixed", content=SECOND.content, speaker_name="Someone Else")
    late = Claim(
        id="c1", type="killing", trigger=span("killed"), statement=None, time=Time(start="2031-05-03", end="2031-05-03")
    )
    figures = score([(gold[0], a_reading(gold, statements=(FIRST, second), claims=(late,)))]).figures
    assert figures["speaker resolved, of matched"] == 0.5
    assert figures["nested found with right parent"] == 0
    assert figures["claim date"] == 0
    assert figures["claim under right statement"] == 0
    assert figures["claim place <= 25 km"] == 0


def test_pairing_is_one_to_one_and_best_first():
    likeness = {(0, 0): 0.9, (0, 1): 0.95, (1, 0): 0.85, (1, 1): 0.99}
    assert [(i, j) for i, j, _ in pair(2, 2, lambda i, j: likeness[i, j], 0.8)] == [(1, 1), (0, 0)]


def test_measures():
    assert dice(frozenset({1, 2}), frozenset({2, 3})) == 0.5
    assert dice(frozenset(), frozenset({1})) == 0
    assert same_name("Maria Zakharova", "Zakharova")
    assert not same_name("Maria Zakharova", "the ministry")
    assert kilometres((36.2, 37.16), (33.51, 36.29)) == pytest.approx(309, abs=2)


def test_a_mark_that_is_not_in_the_text_is_an_error_naming_file_and_words(tmp_path):
    (tmp_path / "a.txt").write_text("Nothing here.", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(GOLD), encoding="utf-8")
    with pytest.raises(GoldError, match=r"a\.json.*shells killed"):
        read_gold(tmp_path, Profile())


def test_a_folder_without_gold_is_an_error(tmp_path):
    with pytest.raises(GoldError, match="no NAME"):
        read_gold(tmp_path, Profile())


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there: no public scorer to compare with")
def test_figures_agree_with_the_public_scorer(tmp_path, gold):
    reading = a_reading(gold, statements=(FIRST, SECOND), claims=(CLAIM,))
    out = tmp_path / "readings.jsonl"
    out.write_bytes(to_json(reading))
    scorer = SHARED / "tools" / "score_statements.py"
    printed = subprocess.run(
        [sys.executable, str(scorer), str(tmp_path), str(out)], capture_output=True, text=True, check=True
    ).stdout
    ours = score([(gold[0], reading)]).figures
    for name in ("statements F1", "claims F1", "claim target", "claim date", "quantities F1"):
        theirs = next(float(line.rsplit(None, 1)[1]) for line in printed.splitlines() if line.startswith(name))
        assert next(value for key, value in ours.items() if key.startswith(name)) == pytest.approx(theirs, abs=0.001)
