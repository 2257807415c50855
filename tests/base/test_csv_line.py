import csv
import io

import pytest

from console.base.csv_line import csv_line


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell):
    assert next(csv.reader(io.StringIO(csv_line([cell]), newline=""))) == [f"'{cell}"]


def test_commas_quotes_and_numbers_survive():
    assert csv_line(["a,b", 'say "x"', 3, ""]) == '"a,b","say ""x""",3,\n'
