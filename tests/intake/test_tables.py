import json

import pytest

from evenhand.errors import UsageError
from evenhand.intake import IntakeSettings, parse_columns
from tests.intake.desk import BODY, OUTLETS, SETTINGS, received, report

TEXT = "Ten people were killed in the town, a monitor said on Monday."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_found_by_name(delimiter):
    header = delimiter.join(["unit_id", "Article Title", "article_content", "source", "date"])
    row = delimiter.join(["7", "Ten killed", f'"{TEXT}"', "Varda Post", "2016-12-27"])
    (only,) = received(f"{header}\r\n{row}\r\n", "a.txt")
    found = only.report
    assert (found.external_id, found.title, found.text) == ("7", "Ten killed", TEXT)
    assert (found.outlet, found.published, found.original.locator) == ("varda_post", "2016-12-27", "row 1")


def test_the_user_names_columns():
    table = f"a,b,c\nNew Paper,{json.dumps(TEXT)},Ten killed\n"
    columns = parse_columns("text=b,outlet=a,title=c")
    found = report(table, "a.csv", IntakeSettings(outlets=OUTLETS, columns=columns))
    assert (found.text, found.outlet, found.title) == (TEXT, "new-paper", "Ten killed")
    (unnamed,) = received(table, "a.csv")
    assert "'a', 'b', 'c'" in unnamed.unread.why
    assert unnamed.unread.cure == "name it: --columns text=COLUMN"


@pytest.mark.parametrize("words", ["text", "text=", "nothing=b", "=b"])
def test_columns_that_are_not_of_the_right_form(words):
    with pytest.raises(UsageError, match="article_content"):
        parse_columns(words)


def test_rows_count_from_one_without_the_header_and_none_is_lost():
    table = f'id,text\n1,"First.\n{TEXT}"\n\n2,\n3\n4,{json.dumps(TEXT)}\n'
    rows = received(table, "a.csv")
    assert [row.report.original.locator for row in rows] == ["row 1", "row 2", "row 3", "row 4"]
    assert [row.unread.why if row.unread else None for row in rows] == [
        None, "the row has no text", "the row has 1 cells, its text should be in cell 2", None,
    ]  # fmt: skip
    assert len({row.report.id for row in rows}) == 4


def test_cells_keep_their_text_as_it_is():
    text = ' He said ""no"" ,and left..  \r\n\tNew   line '
    (only,) = received(f'id,text\n1,"{text}"\n', "a.csv")
    assert only.report.text == text.replace('""', '"')


def test_json_in_all_its_shapes():
    article = {"id": 5, "headline": "Ten killed", "content": TEXT, "source": {"id": None, "name": "Varda Post"}}
    for content in (
        json.dumps([article]), json.dumps(article), json.dumps({"status": "ok", "articles": [article]}),
        json.dumps(article) + "\n" + json.dumps(article) + "\n",
    ):  # fmt: skip
        rows = received(content, "a.json")
        for row in rows:
            assert (row.report.text, row.report.title, row.report.outlet) == (TEXT, "Ten killed", "varda_post")
            assert row.report.external_id == "5"
        assert [row.report.original.locator for row in rows] == [f"row {n}" for n in range(1, len(rows) + 1)]


def test_a_bad_line_or_entry_is_one_unread_row():
    lines = [json.dumps({"text": TEXT}), "{broken", json.dumps({"text": TEXT}), json.dumps({"no": "x"})]
    rows = received("\n".join(lines), "a.jsonl")
    assert [bool(row.unread) for row in rows] == [False, True, False, True]
    entries = received(f'[{lines[0]}, 3, {lines[0]}, {{"text": ', "a.json")
    assert [bool(row.unread) for row in entries] == [False, True, False, True]
    assert "from here on the file is not JSON" in entries[-1].unread.why


def test_lone_surrogates_in_json_can_be_written_again():
    found = report('[{"text": "Ten \\ud800 people were killed, he said.", "title": "\\udfff"}]', "a.json")
    assert "\ufffd" in found.text
    found.title.encode("utf-8")


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a":' * 100_000, "[1, 2]", "{}", '{"a": 1}'])
def test_json_without_articles(content):
    (only,) = received(content, "a.json")
    assert only.unread is not None


def test_a_table_longer_than_the_limit_says_where_it_was_cut():
    settings = IntakeSettings(outlets=OUTLETS, max_rows=3)
    rows = received("id,text\n" + f"1,{json.dumps(TEXT)}\n" * 5, "a.csv", settings)
    assert len(rows) == 4
    assert "row 4" in rows[-1].unread.why


@pytest.mark.parametrize(
    "first", ["Text, pictures and more", "News, report", "Aleppo, December 27", "He said: a, b, c"]
)
def test_plain_text_with_commas_is_no_table(first):
    text = first + "\n" + BODY
    assert report(text).text == text


def test_an_outlet_s_domain_and_address():
    table = "text,source,url\n{0},www.tass.com,\n{0},,https://english.ahram.org.eg/News/1.aspx\n{0},,\n"
    outlets = [row.report.outlet for row in received(table.format(json.dumps(TEXT)), "a.csv", SETTINGS)]
    assert outlets == ["tass", "ahram", None]
