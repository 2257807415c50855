"""Tables of rows: one row is chosen at a time, Tab goes on to what comes next."""

from PySide6.QtWidgets import QAbstractItemView, QTableView


def as_rows(table: QTableView, height: int) -> None:
    """Make ``table`` one of rows, each ``height`` pixels high, without grid and row numbers."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(height)
    table.horizontalHeader().setHighlightSections(False)
