"""Reads the cells of a TableModel by the titles of its columns."""

from PySide6.QtCore import Qt


def place(model, title):
    """The number of the column with this title."""
    return [column.title for column in model.columns].index(title)


def cell(model, row, title, role=Qt.ItemDataRole.DisplayRole):
    """What one cell gives for a role."""
    return model.index(row, place(model, title)).data(role)


def cells(model, row, role=Qt.ItemDataRole.DisplayRole):
    """What all cells of a row give for a role."""
    return [model.index(row, at).data(role) for at in range(model.columnCount())]
