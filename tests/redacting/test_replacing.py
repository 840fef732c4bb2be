"""A name is found however it is written, and every position is moved along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.errors import UsageError
from evenhand.redacting import Person, Redactor, ordinary_words, read_persons
from evenhand.redacting.replacing import DETAIL, EMAIL, PHONE

RUTH = Person(
    name="Ruth Amsel",
    kind="witness",
    also=("Рут Амсель", "Routh Amssel"),
    details=("+963 11 234 5678", "Zahra Street 12"),
)
NAMES = {"Ruth Amsel": "Witness 1", "Ahmad al-Hassan": "Person 2", "Amal": "Minor 3", "Karim Said": "Person 4"}


def redactor(*persons, ordinary=()):
    return Redactor(persons or (RUTH,), NAMES, frozenset(ordinary))


@pytest.mark.parametrize(
    "written",
    ["Ruth Amsel", "RUTH AMSEL", "ruth amsel", "Ruth  Amsel", "Ruth-Amsel", "ruth_amsel", "Ruth\u00a0Amsel", "Rúth Ämsel",
     "Ru\u200bth Am\u00adsel", "Amsel, Ruth"[:5], "Amsel", "amsel", "Amsels", "AMSEL", "RuthAmsel", "Рут Амсель", "АМСЕЛЬ",
     "Routh Amssel", "Ruth\nAmsel", "Ｒｕｔｈ Ａｍｓｅｌ"],
)  # fmt: skip
def test_however_it_is_written(written):
    assert redactor().text(f"The clinic, said {written}, was hit.").text == "The clinic, said Witness 1, was hit."


@pytest.mark.parametrize("written", ["Ruth Amsel's clinic", "Ruth Amsel’s clinic", "Amsel's clinic"])
def test_a_possessive_stays(written):
    assert redactor().string(written) in ("Witness 1's clinic", "Witness 1’s clinic")


@pytest.mark.parametrize("written", ["truth", "Amselfeld", "weasel", "Ruthless"])
def test_longer_words_are_others(written):
    assert redactor().string(written) == written


def test_a_first_name_before_another_surname_is_someone_else():
    assert redactor().string("Ruth Varga met Ruth, and Ruth Amsel") == "Ruth Varga met Witness 1, and Witness 1"


def test_particles_name_nobody():
    made = redactor(Person(name="Ahmad al-Hassan"))
    assert (
        made.string("al-Bab and Al Jazeera, not Hassan or AHMAD AL HASSAN")
        == "al-Bab and Al Jazeera, not Person 2 or Person 2"
    )


def test_an_ordinary_word_is_a_name_only_with_a_capital():
    said = Person(name="Karim Said")
    texts = ["he said, she said, they said: Said was there"]
    ordinary = ordinary_words([said], texts)
    assert ordinary == {"said"}
    assert redactor(said, ordinary=ordinary).string(texts[0]) == "he said, she said, they said: Person 4 was there"


def test_parts_can_be_left_alone():
    assert redactor(Person(name="Ruth Amsel", parts=False)).string("Amsel and Ruth Amsel") == "Amsel and Witness 1"


@pytest.mark.parametrize(
    ("written", "instead"),
    [("call +963 11 234 5678 now", PHONE), ("call 963-11-2345678 now", DETAIL), ("call 00963 944 123 456 now", PHONE),
     ("call +1 (202) 555-0175 now", PHONE), ("call ruth.b+x@mail.example.org now", EMAIL), ("call ZAHRA STREET  12 now", DETAIL)],
)  # fmt: skip
def test_details_phones_and_addresses(written, instead):
    assert redactor().string(written) == f"call {instead} now"


@pytest.mark.parametrize(
    "written",
    [
        "2,000 people",
        "from 2016-12-27 to 2017",
        "a.b@c",
        "+5",
        "1 + 1 = 2",
        "14:30-15:00",
        "007",
        "0.30000000000000004",
        "1,000000000003",
    ],
)
def test_figures_and_dates_are_no_phones(written):
    assert redactor().string(written) == written


@pytest.mark.parametrize(
    ("written", "made"),
    [("interview_RuthAmsel_2.txt", "interview_Witness 1_2.txt"), ("notes/amselruth.html", "notes/Witness 1ruth.html"),
     ("https://x.example/ruth%20amsel?q=1", "https://x.example/Witness 1?q=1"), ("a/plain.txt", "a/plain.txt"),
     ("sha256:" + "ab" * 32, "sha256:" + "ab" * 32)],
)  # fmt: skip
def test_file_names_and_addresses(written, made):
    assert redactor().identifier(written) == made


@pytest.mark.parametrize("written", ["Ruth&nbsp;Amsel", "R%75th Amsel", "Am&shy;sel"])
def test_names_in_escapes(written):
    assert "Witness 1" in redactor().string(written)


@given(
    st.lists(
        st.sampled_from(["Ruth Amsel", "Amsel", "ruth", "🙂", "é", "\u200b", " ", "the clinic", "x@y.example", "."]),
        max_size=12,
    ),
    st.data(),
)
def test_positions_move_along(parts, data):
    text = "".join(parts)
    moved = redactor().text(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new_start, new_end = moved.span((start, end))
    assert 0 <= new_start <= new_end <= len(moved.text)
    before = [cut for cut in moved.cuts if cut[1] <= start or cut[0] >= end]
    if len(before) == len(moved.cuts):  # no cut meets the span: its words are the same
        assert moved.text[new_start:new_end] == text[start:end]
    assert moved.span((0, len(text))) == (0, len(moved.text))


@given(st.text(max_size=200))
def test_once_is_enough(text):
    once = redactor().text(text).text
    assert redactor().leaks(once) == []


@pytest.mark.parametrize("pattern", ["a", " ", "+963 ", "a@", "a.", "1-", "@a.", "Ruth Ams", "\u200b", "%41"], ids=repr)
def test_hostile_text_is_read_to_its_end(pattern):
    text = pattern * (400_000 // len(pattern))
    assert redactor().string(text) == text


def test_a_name_that_stands_ten_thousands_of_times_is_found_each_time():
    assert redactor().string("ruth " * 80_000) == "Witness 1 " * 80_000


def test_persons_from_a_file_and_by_name(tmp_path):
    path = tmp_path / "persons.toml"
    path.write_text('[[persons]]\nname = "Ruth Amsel"\nkind = "witness"\nalso = ["R. Amsel"]\n')
    assert read_persons([str(path), "Amal"]) == (
        Person(name="Ruth Amsel", kind="witness", also=("R. Amsel",)),
        Person(name="Amal"),
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [("[[persons]]\nname = 3", "name"), ("[[persons]]\nname = 'x'\nkind = 'spy'", "kind"), ("persons = 1", "persons"),
     ("[[person]]\nname = 'x'", "person"), ("[[persons]]\nname = ' '", "without a name"), ("x = ", "not TOML")],
)  # fmt: skip
def test_a_file_that_says_something_else_is_refused(tmp_path, content, says):
    path = tmp_path / "persons.toml"
    path.write_text(content)
    with pytest.raises(UsageError, match=says):
        read_persons([str(path)])
    with pytest.raises(UsageError, match="check the path"):
        read_persons([str(tmp_path / "nowhere.toml")])
