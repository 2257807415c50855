"""The tiles side by side. A picture is sharp while Space or the mouse button is held on it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QListView

from console.ui.frames.frame_delegate import FrameDelegate
from console.ui.frames.frames_model import FramesModel
from console.ui.widgets.held_space import HeldSpace
from console.ui.widgets.shown_rows import STILL_S
from console.ui.widgets.stable_list import StableList


class FrameGrid(StableList):
    """``monotonic``: seconds."""

    def __init__(
        self, model: FramesModel, delegate: FrameDelegate, monotonic: Callable[[], float]
    ) -> None:
        super().__init__(model, "Frames", monotonic)
        self._delegate = delegate
        self._clock = monotonic
        self._moved_at = float("-inf")
        self.setObjectName("frames")
        self.setItemDelegate(delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.setSpacing(0)
        space = HeldSpace(self, lambda: self.currentIndex().isValid())
        space.held.connect(lambda: self._reveal(self.currentIndex().row()))
        space.let_go.connect(self._hide)
        model.layoutChanged.connect(self._note_move)
        model.rowsRemoved.connect(self._note_move)

    def is_press_refused(self, event: QMouseEvent) -> bool:
        # Tiles stand beside each other, so a place is not a height as in a list.
        refused = self._clock() - self._moved_at < STILL_S
        if refused:
            self.press_refused.emit("The tiles had just moved, so this press did nothing.")
        return refused

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and not self._refused:
            self._reveal(index.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._hide()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hide()

    def _note_move(self) -> None:
        self._moved_at = self._clock()
        self._hide()

    def _reveal(self, row: int) -> None:
        self._delegate.revealed = row
        self.viewport().update()

    def _hide(self) -> None:
        if self._delegate.revealed >= 0:
            self._reveal(-1)
