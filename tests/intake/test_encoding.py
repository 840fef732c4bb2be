import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intake.encoding import decode
from tests.intake.desk import report

ENGLISH = "The ministry said the militants’ control of the city – “a holiday” – had ended. Café owners returned.\r\n"
RUSSIAN = "Министерство обороны сообщило, что в результате удара погибли пять мирных жителей. Ведомство молчит.\n"
ARABIC = "قالت وزارة الدفاع إن خمسة مدنيين قتلوا في الغارة الجوية على المدينة يوم الثلاثاء.\n"
FRENCH = "Le ministère de la Défense a déclaré que cinq civils ont été tués à l'est de la ville.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"), (ENGLISH, "utf-8-sig"), (ENGLISH, "utf-16"), (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"), (ENGLISH, "utf-32"), (ENGLISH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16-le"), (RUSSIAN, "utf-16-be"), (RUSSIAN, "iso8859-5"), (ARABIC, "cp1256"),
        (ARABIC, "utf-16-le"), (FRENCH, "latin-1"), (FRENCH, "cp1252"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("times", [1, 40])
def test_text_in_common_encodings_comes_out_as_written(text, encoding, times):
    decoded = decode((text * times).encode(encoding))
    assert decoded.text == text * times
    assert decoded.replaced == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_line_ends_stay(end):
    text = end.join(["Ten people were killed in the town.", "The army said so.", ""])
    assert report(text).text == text


def test_nel_as_the_only_line_end_is_no_ellipsis():
    assert decode("One line.\x85Another – no, one.".replace("–", "-").encode("latin-1")).text.count("\x85") == 1
    assert decode("He waited… and left.\n".encode("cp1252")).text == "He waited… and left.\n"


def test_nothing_is_repaired():
    text = "Ten  people were were killed ,he said.. \u202eodd\u202c “quotes' \u00a0\u0007 e\u0301"
    assert report(text).text == text


def test_damage_and_lone_surrogates_become_replacement_characters():
    torn = "militants’ control – ".encode() * 5 + b"\xe2\x80 end"
    assert decode(torn).text.endswith("\ufffd end")
    assert decode(torn).replaced == 1
    assert decode(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00").text == "a\ufffdb"
    assert decode("\ufffd is printed".encode()).replaced == 0


@given(st.binary(max_size=300))
def test_every_byte_string_has_a_text_that_can_be_written(data):
    decoded = decode(data)
    decoded.text.encode("utf-8")
    assert decode(data) == decoded


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=200))
def test_utf_8_always_comes_back(text):
    assert decode(text.encode()).text == text
