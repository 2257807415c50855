"""Columns that give way where there is little room, so that the text keeps its place."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView


class ColumnRoom(QObject):
    """Hides columns of ``table``: each of ``least`` below that many pixels of width."""

    def __init__(self, table: QTableView, least: Mapping[int, int]) -> None:
        super().__init__(table)
        self._table = table
        self._least = dict(least)
        self._off: set[int] = set()
        table.viewport().installEventFilter(self)
        self._fit()

    def allow(self, column: int, on: bool) -> None:
        """Whether ``column`` is there at all, where there is room for it."""
        (self._off.discard if on else self._off.add)(column)
        self._least.setdefault(column, 0)
        self._fit()

    def _fit(self) -> None:
        # The width of the table and not of its viewport, which a scroll bar changes.
        width = self._table.width()
        for column, least in self._least.items():
            hide = width < least or column in self._off
            if self._table.isColumnHidden(column) != hide:
                self._table.setColumnHidden(column, hide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False
