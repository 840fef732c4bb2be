import io
import json

import pytest

from evenhand.errors import UsageError
from evenhand.intake import IntakeSettings, absent_rows, load_meta, originals, receive
from tests.intake.desk import BODY, OUTLETS


def reports(folder, table=None):
    settings = IntakeSettings(outlets=OUTLETS, meta=load_meta(str(table) if table else None, [str(folder)]))
    return {
        one.report.file: one.report
        for item in originals([str(folder)], stdin=io.BytesIO())
        for one in receive(item, settings)
    }


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text(BODY)
    (tmp_path / "in" / "sub" / "b.txt").write_text(BODY)
    return tmp_path / "in"


def test_a_csv_table_given(folder):
    table = folder.parent / "table.csv"
    table.write_text(
        "File,URL,outlet,title,published,language\n"
        "a.txt,https://tass.com/1,TASS,Ten killed,27 December 2016,en\n"
        "sub/b.txt,,Some New Paper,,,fr\n"
    )
    found = reports(folder, table)
    one = found["a.txt"]
    assert (one.url, one.outlet, one.title) == ("https://tass.com/1", "tass", "Ten killed")
    assert (one.published, one.published_from) == ("2016-12-27", "user")
    assert (found["sub/b.txt"].outlet, found["sub/b.txt"].language) == ("some-new-paper", "fr")


def test_tables_in_folders_and_the_given_one_wins_field_by_field(folder):
    (folder / "meta.json").write_text(json.dumps({"a.txt": {"outlet": "AFP", "title": "From the folder"}}))
    (folder / "sub" / "meta.csv").write_text("file;outlet\nb.txt;Reuters\n")
    table = folder.parent / "t.json"
    table.write_text(json.dumps([{"file": "a.txt", "outlet": "TASS"}]))
    found = reports(folder, table)
    assert (found["a.txt"].outlet, found["a.txt"].title) == ("tass", "From the folder")
    assert found["sub/b.txt"].outlet == "reuters"
    assert set(found) == {"a.txt", "sub/b.txt"}


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("name,outlet\na.txt,TASS\n", ["header", "no column 'file'", "rename it"]),
        ("file,outlett\na.txt,TASS\n", ["header", "'outlett'", "did you mean 'outlet'"]),
        ("file,published\na.txt,soon\n", ["row 1", "'soon'", "YYYY-MM-DD"]),
        ("file,published\na.txt,05/07/2015\n", ["row 1", "YYYY-MM-DD"]),
        ("file,language\na.txt,English!\n", ["row 1", "English!", "en"]),
        ("file,outlet\n,TASS\n", ["row 1", "'file' is empty"]),
        ("file,outlet\na.txt,TASS,more\n", ["row 1", "quotes"]),
        ("", ["no column 'file'"]),
        ('{"a.txt": 3}', ["entry 1", ""]),
        ("{broken", ["not JSON"]),
        ("[3]", ["entry 1", "no object"]),
        ('[{"file": "a.txt", "outlet": 3}]', ["entry 1", "'outlet'", "quotes"]),
    ],
)
def test_a_bad_table_names_file_place_and_cure(folder, content, names):
    table = folder.parent / "t.csv"
    table.write_text(content)
    if content == '{"a.txt": 3}':
        assert load_meta(str(table), []).given
        return
    with pytest.raises(UsageError) as problem:
        load_meta(str(table), [])
    assert all(name in str(problem.value) for name in [str(table), *names])


def test_a_table_that_is_not_there():
    with pytest.raises(UsageError, match="check the path"):
        load_meta("/nowhere/t.csv", [])


def test_a_row_about_a_file_that_is_not_there_is_a_record(tmp_path):
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.zip").write_bytes(b"PK")
    (tmp_path / "meta.csv").write_text("file,outlet\na.txt,tass\nb.zip/c.txt,tass\nmissing.txt,tass\n")
    meta = load_meta(None, [str(tmp_path)])
    (only,) = absent_rows(meta)
    assert only.report.file == "missing.txt"
    assert "meta.csv: row 3" in only.unread.why
    assert only.unread.cure
    given = tmp_path / "elsewhere" / "t.csv"
    given.parent.mkdir()
    given.write_text("file,outlet\na.txt,tass\nnowhere.txt,tass\n")
    assert [one.report.file for one in absent_rows(load_meta(str(given), [str(tmp_path)]))] == [
        "nowhere.txt",
        "missing.txt",
    ]
