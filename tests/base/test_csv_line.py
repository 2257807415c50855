import csv
import io

import pytest

from console.base.csv_line import csv_line

BLANK = [
    " ",
    "\t",
    "\n",
    "\xa0",
    "\u3000",
    "\u200b",
    "\u200e",
    "\u2060",
    "\ufeff",
    "\0",
    "\x0b",
    "\u3164",
]
STARTERS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−", "⁼", "₊"]


@pytest.mark.parametrize("starter", STARTERS)
@pytest.mark.parametrize("blank", ["", *BLANK, " \u200b\0 "])
def test_no_sign_that_shows_nothing_hides_a_formula(blank, starter):
    cell = f"{blank}{starter}HYPERLINK(1)"
    assert next(csv.reader(io.StringIO(csv_line([cell]), newline=""))) == [f"'{cell}"]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_no_formula_begins_where_another_sign_would_part_the_cells(sign):
    cell = f'hi{sign} =HYPERLINK("x")'
    [read] = next(csv.reader(io.StringIO(csv_line([cell]), newline="")))
    assert read == f'hi{sign}\' =HYPERLINK("x")'


@pytest.mark.parametrize("cell", ["hi ;-P", "a; b (c)", "fine", "", " ", "1;2", "'=1", "a|b (x)"])
def test_other_cells_stay_as_they_are(cell):
    assert next(csv.reader(io.StringIO(csv_line([cell, "x"]), newline=""))) == [cell, "x"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell):
    assert next(csv.reader(io.StringIO(csv_line([cell]), newline=""))) == [f"'{cell}"]


def test_commas_quotes_and_numbers_survive():
    assert csv_line(["a,b", 'say "x"', 3, ""]) == '"a,b","say ""x""",3,\n'
