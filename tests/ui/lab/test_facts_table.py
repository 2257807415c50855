"""Tables of words and numbers sort by what they mean."""

import pytest
from PySide6.QtCore import Qt

from console.ui.lab.result_table import Fact, Head, ResultTable

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
ROWS = [
    ("b", (Fact("Beta"), Fact("1,200"), Fact("keep", action="keep"), Fact("<0.1%"))),
    ("a", (Fact("alpha"), Fact("30"), Fact("remove", action="remove"), Fact("12%"))),
    ("c", (Fact("Gamma"), Fact("–"), Fact("flag", action="flag"), Fact("2.5%"))),
]


@pytest.fixture
def table(theme, qtbot):
    made = ResultTable([Head("Name"), Head("Lines"), Head("Action"), Head("Share")], "t", theme)
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    return made


def keys(table):
    return "".join(table.facts.key(row) for row in range(table.facts.rowCount()))


@pytest.mark.parametrize(
    ("column", "order", "wanted"),
    [
        (0, UP, "abc"),
        (1, UP, "abc"),
        (1, DOWN, "cba"),
        (2, DOWN, "acb"),
        (3, UP, "bca"),
        (-1, UP, "bac"),
    ],
)
def test_rows_are_sorted_by_what_their_cells_mean(table, column, order, wanted):
    table.sortByColumn(column, order)
    assert keys(table) == wanted


def test_other_rows_are_sorted_the_same_way_and_other_columns_not_at_all(table):
    table.sortByColumn(0, UP)
    table.show_rows(list(reversed(ROWS)))
    assert keys(table) == "abc"
    table.show_rows([("z", (Fact("z"),)), ("y", (Fact("y"),))], [Head("Other")])
    assert keys(table) == "zy"
