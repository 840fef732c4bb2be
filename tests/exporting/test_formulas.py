"""No cell runs as a formula, whatever delimiter a spreadsheet guesses, and every cell comes back as it was."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evenhand.exporting.formulas import defuse, restore
from evenhand.exporting.tables import read_table, table

SIGNS = "=+-@＝＋－＠"
NASTY = st.text(alphabet=st.sampled_from("=+-@＝'\"\t\r\n\0;|, aé1") | st.characters(codec="utf-8"), max_size=40)

OWASP = ["=1+1", "+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\0=1", '=HYPERLINK("http://x","y")', "＝1+1",
         "'=1", "''=1", " =1", '"=1"', ";=1", "ok;=1", "ok\n=1", 'a";=cmd', "a\t+1", "=1'"]  # fmt: skip


@pytest.mark.parametrize("cell", OWASP, ids=repr)
def test_known_payloads_begin_with_an_apostrophe_or_a_harmless_sign(cell):
    made = defuse(cell)
    assert made != cell
    assert not runs(made)
    assert restore(made) == cell


@given(NASTY)
@example("'\t=")
@example("'''=")
@example("\t'\t=")
def test_every_cell_comes_back(cell):
    assert restore(defuse(cell)) == cell


@given(NASTY)
def test_no_cell_begins_with_a_sign(cell):
    assert not runs(defuse(cell))


def runs(cell):
    """Whether a spreadsheet could run the cell: a sign first, blanks and quotation marks aside, or a control."""
    return cell.lstrip(' "\t\r\n')[:1] in tuple(SIGNS) or cell[:1] in tuple("\t\r\n\0")


@given(st.lists(NASTY, min_size=2, max_size=4))
def test_a_row_comes_back_and_harms_nobody_who_guesses_another_delimiter(cells):
    columns = [f"c{n}" for n in range(len(cells))]
    data = table(columns, [dict(zip(columns, cells, strict=True))])
    assert read_table(data) == [dict(zip(columns, cells, strict=True))]
    text = data.decode().split("\r\n", 1)[1]
    for delimiter in ",;\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert cell.lstrip(' "\t\r\n')[:1] not in tuple(SIGNS), (delimiter, row)


def test_raw_is_raw():
    assert read_table(table(["a"], [{"a": "=1"}], raw=True), raw=True) == [{"a": "=1"}]
    assert table(["a"], [{"a": -3.5}]) == b'"a"\r\n-3.5\r\n'


@pytest.mark.parametrize("pattern", ["'", " ", '"', ";", ";'", "\t", ";\"' ", "\t'", "\n\n'", "='"], ids=repr)
def test_a_cell_of_millions_of_signs_comes_back(pattern):
    cell = pattern * (2_000_000 // len(pattern))
    assert restore(defuse(cell)) == cell
