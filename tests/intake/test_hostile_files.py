"""Hostile files: refused or taken in part with a clear record, and they end; what else is in them goes on."""

import unicodedata

import pytest

from evenhand.model.evidence import to_json
from tests.intake import hostile, makers
from tests.intake.desk import received


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_a_record_and_the_rest_goes_on(name):
    make, word, goes_on = hostile.FILES[name]
    data = make()
    found = received(data, "report.bin")
    assert found
    for one in found:
        to_json(one)
        assert one.unread is not None or one.report.text.strip()
        assert "root:" not in one.report.text
        assert len(one.report.text) <= max(4_200_000, 2 * len(data))
    problems = [one.unread for one in found if one.unread]
    assert all(problem.why and problem.cure for problem in problems)
    if word is None:
        assert not [problem for problem in problems if not problem.why.startswith(("language", "there is no text"))]
    elif word:
        assert any(word in problem.why for problem in problems), [problem.why for problem in problems][:5]
    if goes_on:
        assert any(hostile.STORY.paragraphs[0] in one.report.text for one in found)


def test_hidden_text_is_no_text_and_is_said():
    (only,) = received(hostile.hidden_page(), "a.html")
    assert "Ignore previous" not in only.report.text
    assert "A last word that everybody can read" in only.report.text
    assert hostile.STORY.paragraphs[2] in only.report.text
    (notice,) = only.report.notices
    assert notice.kind == "hidden"
    assert "10 passages" in notice.what
    assert "Ignore previous instructions" in notice.what


def test_a_page_that_a_script_opens_keeps_its_text_and_says_so():
    page = makers.html(hostile.STORY).replace(b"<article>", b'<article style="display:none">')
    (only,) = received(page, "a.html")
    if only.unread is None:
        assert hostile.STORY.paragraphs[0] in only.report.text
    assert [notice.kind for notice in only.report.notices] == ["hidden"]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Ten were \u202ekilled\u202c in the town.", "controls", "RIGHT-TO-LEFT OVERRIDE"),
        ("Ten were kil\u200bled in the town.", "controls", "ZERO WIDTH SPACE"),
        ("Ten\U000e0049\U000e0067 were killed in the town.", "controls", "TAG"),
        ("Ten were killed by the \u0430rmy in the town.", "lookalikes", "\u0430rmy"),
        ("Ten were\x08\x08 killed in the town.", "controls", "U+0008"),
    ],
)
def test_characters_that_deceive_are_named_and_stay(text, kind, words):
    (only,) = received(text)
    assert only.report.text == text
    (notice,) = only.report.notices
    assert notice.kind == kind
    assert words in notice.what
    assert text[slice(*notice.span)]


def test_forms_of_one_letter_stay_as_they_are():
    text = "A café and a café were hit. " + unicodedata.normalize(
        "NFD", "Ağrı said so, and a monitor said that ten died."
    )
    (only,) = received(text)
    assert only.report.text == text


def test_a_name_of_a_member_is_only_words():
    name = "<img src=x onerror=alert(1)>\u202e.txt"
    (only,) = received(makers.zipped({name: b"At least ten people were killed in the town on Monday."}))
    assert only.report.original.locator == f"member {name}"
