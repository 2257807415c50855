"""Tables sort by what their cells mean, keep Qt's contract and give way where there is no room."""

import pytest
from msgspec import Struct
from PySide6.QtCore import Qt

from console.ui.widgets.columns import action_column, number_column
from console.ui.widgets.roles import Role
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.table_model import Column, TableModel
from tests.ui.table_cells import cell, cells

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class Fruit(Struct, frozen=True):
    name: str
    count: int
    action: str = ""
    share: float | None = None


COLUMNS: tuple[Column[Fruit], ...] = (
    Column("Name", lambda row: row.name),
    number_column("Lines", lambda row: row.count, 60, "text_dim", "How many"),
    action_column("Action", lambda row: row.action, 60, room=300),
    Column("Share", lambda row: f"{row.share}", 60, key=lambda row: row.share, room=400),
)
ROWS = (
    Fruit("Beta", 1200, "keep", 0.0001),
    Fruit("\u00e1lpha", 30, "remove", 0.12),
    Fruit("Gamma", 0, "flag"),
)


@pytest.fixture
def model(qapp, qtmodeltester):
    made = TableModel(COLUMNS, row_tip=lambda row: f"<b>{row.name}")
    made.show_rows(ROWS)
    qtmodeltester.check(made)
    return made


@pytest.fixture
def table(model, theme, qtbot):
    made = RowTable(model, "Fruit", theme, sortable=True)
    qtbot.addWidget(made)
    return made


def initials(model):
    return "".join(row.name[0] for row in model.rows)


@pytest.mark.parametrize(
    ("column", "order", "wanted"),
    [
        (0, UP, "áBG"),
        (1, UP, "GáB"),
        (1, DOWN, "BáG"),
        (2, DOWN, "áGB"),
        (3, UP, "BáG"),
        (-1, UP, "BáG"),
    ],
)
def test_rows_are_sorted_by_what_their_cells_mean(table, model, column, order, wanted):
    table.sortByColumn(column, order)
    assert initials(model) == wanted


def test_other_rows_are_sorted_the_same_way_and_other_columns_not_at_all(table, model):
    table.sortByColumn(0, UP)
    model.show_rows(reversed(ROWS))
    assert initials(model) == "áBG"
    table.show_columns(COLUMNS)
    assert model.total == 3
    table.show_columns(COLUMNS[:1])
    model.show_rows(reversed(ROWS))
    assert initials(model) == "GáB"


def test_a_filter_holds_for_the_rows_that_come_later(model):
    model.narrow(lambda row: row.count > 100)
    assert initials(model) == "B"
    model.show_rows((*ROWS, Fruit("Delta", 101)))
    assert (initials(model), model.total) == ("BD", 4)
    model.narrow()
    assert initials(model) == "BáGD"


def test_as_many_rows_are_changed_in_place_so_that_the_choice_stays(table, model, qtbot):
    table.selectRow(1)
    with qtbot.waitSignal(model.dataChanged):
        model.change_rows((ROWS[1], ROWS[0], ROWS[2]))
    assert table.currentIndex().row() == 1
    model.change_rows(ROWS[:1])
    assert not table.currentIndex().isValid()


def test_a_cell_says_its_column_and_how_it_looks(model):
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert cells(model, 0, spoken) == [
        "Name: Beta",
        "Lines: 1,200",
        "Action: keep",
        "Share: 0.0001",
    ]
    assert cells(model, 0, Role.TONE) == ["", "text_dim", "text_dim", ""]
    assert cell(model, 2, "Lines", Role.TONE) == "text_faint"
    assert cells(model, 1, Role.ACTION) == [None, None, "remove", None]
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert cell(model, 0, "Lines", Qt.ItemDataRole.TextAlignmentRole) == right
    assert cell(model, 0, "Name", Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;Beta</p>"
    head = Qt.Orientation.Horizontal
    assert model.headerData(1, head) == "Lines"
    assert model.headerData(1, head, Qt.ItemDataRole.ToolTipRole) == "<p>How many</p>"
    assert model.headerData(9, head) is None


def test_columns_go_and_come_back_with_the_width(table, qtbot):
    table.show()
    shown = []
    for width in (500, 350, 250, 500):
        table.resize(width, 100)
        qtbot.waitUntil(lambda width=width: table.viewport().width() > width - 40)
        shown.append([at for at in range(4) if not table.isColumnHidden(at)])
    assert shown == [[0, 1, 2, 3], [0, 1, 2], [0, 1], [0, 1, 2, 3]]
    table.allow("Action", on=False)
    assert table.isColumnHidden(2)
    table.allow("Action", on=True)
    assert not table.isColumnHidden(2)


def test_a_row_is_chosen_by_enter_and_steps_stay_inside(table, model, qtbot):
    table.allow("Name", on=False)
    table.choose(-1)
    assert not table.currentIndex().isValid()
    steps = [table.step(by) or table.currentIndex().row() for by in (5, 1, 5, -9)]
    assert steps == [0, 1, 2, 0]
    with qtbot.waitSignal(table.chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [ROWS[0]]
