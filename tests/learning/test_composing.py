import random

import pytest

from evenhand.learning.composing import FILLERS, TEMPLATES, Composer, attributed_sentences, plain_sentences, unmark
from evenhand.learning.corpora import Example, Said
from evenhand.reading.tagging.spans import trim, trim_content

PLAIN = ["The bridge over the river was closed for a day", "Two villages in the north lost power on Sunday"]
SENTENCE = "Nadia Fawzi said the harbour would open again"


@pytest.fixture
def composer():
    one = Said(((17, 45),), (12, 16), (0, 11))
    assert SENTENCE[17:45] == "the harbour would open again"
    return Composer(PLAIN, [(SENTENCE, one)], random.Random(5))


def test_every_template_unmarks_to_whole_marks(composer):
    for template in (*TEMPLATES["sentence"], *TEMPLATES["headline"]):
        marked = unmark(composer._filled(template))
        assert not set(marked.text) & set("<>{}^"), template
        for _, _, _, (start, end) in marked.marks:
            assert 0 <= start < end <= len(marked.text)
        for number in {m[0] for m in marked.marks}:
            roles = {m[2] for m in marked.marks if m[0] == number}
            assert roles <= {"source", "cue", "content"}


def test_composed_reports_follow_the_ledgers_conventions(composer):
    for number in range(40):
        report = composer.report(number)
        for one in (*report.outer, *report.inner):
            assert all(trim_content(report.text, s) == s for s in one.content)
            assert one.cue is None or trim(report.text, one.cue) == one.cue
    assert any(composer.report(i).inner for i in range(5))


def test_nested_attributions_stand_in_a_content_or_share_it(composer):
    for number in range(30):
        report = composer.report(number)
        contents = [s for one in report.outer for s in one.content]
        for one in report.inner:
            assert all(any(s <= a and b <= e for s, e in contents) for a, b in one.content)


def test_the_same_chance_composes_the_same_report(composer):
    again = Composer(PLAIN, composer.attributed, random.Random(5))
    assert again.report(0) == composer.report(0)


def test_no_filler_is_bound_to_a_role_or_a_cue():
    """Templates name no one: whoever speaks is drawn from one list for all sides."""
    names = {*FILLERS["first"], *FILLERS["last"], *FILLERS["place"]}
    for template in (*TEMPLATES["sentence"], *TEMPLATES["headline"], *TEMPLATES["dateline"]):
        assert not names & set(template.replace(",", " ").split())


def test_plain_sentences_leave_out_whoever_speaks():
    found = plain_sentences(["The road was closed on Monday. The mayor said the road was open now. Calm."])
    assert found == ["The road was closed on Monday"]


def test_attribution_sentences_are_whole_and_alone():
    text = "The mayor said the bridge is closed now. It rained."
    one = Said(((15, 39),), (10, 14), (0, 9))
    (found,) = attributed_sentences([Example("a", text, outer=(one,))])
    assert found[0] == "The mayor said the bridge is closed now"
    assert found[1] == one
