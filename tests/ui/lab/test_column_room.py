"""Columns give way where there is little room."""

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView

from console.ui.widgets.column_widths import ColumnRoom


def test_columns_go_and_come_back_with_the_width(qtbot):
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(1, 4, table))
    table.setColumnHidden(3, True)
    room = ColumnRoom(table, {1: 300, 2: 400})
    table.show()
    shown = []
    for width in (500, 350, 250, 500):
        table.resize(width, 100)
        qtbot.waitUntil(lambda width=width: table.viewport().width() > width - 30)
        shown.append([at for at in range(4) if not table.isColumnHidden(at)])
    assert shown == [[0, 1, 2], [0, 1], [0], [0, 1, 2]]
    room.allow(1, False)
    assert table.isColumnHidden(1)
    room.allow(1, True)
    assert not table.isColumnHidden(1)
