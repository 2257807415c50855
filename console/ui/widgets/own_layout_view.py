"""A list view whose rows are placed by its subclass, not by Qt."""

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from console.ui.widgets.letters import is_letter
from console.ui.widgets.roles import Index


class OwnLayoutView(QListView):
    """QListView for accessibility and selection, with the layout replaced.

    A subclass says where rows are, by ``visualRect``, ``indexAt``, ``scrollTo`` and
    ``moveCursor``, and sets the vertical scroll bar, which counts pixels.
    """

    def scroll_by_pixels(self) -> None:
        """Part of the making of a view, once it knows its rows: Qt asks for them here."""
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def doItemsLayout(self) -> None:
        """Nothing is laid out ahead; QListView would lay out every row."""

    def updateGeometries(self) -> None:
        """The subclass sets the scroll bar where its rows change."""

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: Any) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: Any) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView would choose a row; here a row is chosen on purpose only.
        QWidget.focusInEvent(self, event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The view would keep every letter for itself; the window says what a key cannot do.
        if is_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
