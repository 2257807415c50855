"""A list that follows its newest row until somebody reads further up."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.ui.state.entries import Row
from console.ui.transcript.transcript_model import TranscriptModel
from console.ui.widgets.row_list import RowList
from console.ui.widgets.row_moves import NO_ROWS, stepped

WITHIN = 3
"""Pixels the pointer has to travel before it counts as pointing on purpose."""


class FollowingList(RowList):
    """Shows the newest row of a TranscriptModel, or holds the model so that no row moves.

    It follows the newest row until somebody scrolls back, points at a row or walks through the
    rows with the keyboard. It follows again when the pointer leaves, the focus leaves, or
    ``follow`` is called. Rows stand still, too, while the hand is on its way. What fits below the
    last row is shown all the same.

    Signals:
        following_changed: whether the newest row is shown as it comes.
        escaped: the reader let go of the row that was current.
    """

    following_changed = Signal(bool)
    escaped = Signal()

    def __init__(self, model: TranscriptModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._nearing = False
        self._pointing = False
        self._walking = False
        self._still_at: QPoint | None = None
        self._following = True
        model.pending_changed.connect(self._let_in)

    def height_of(self, entry: Row) -> int:
        """The exact height of a row that shows ``entry``."""
        raise NotImplementedError

    def _let_in(self) -> None:
        """While the rows do not fill the list, new ones come below them and move none."""
        if self._model.held:
            self._model.let_in(lambda entry: self.height_of(entry) <= self.room_below())

    def _cool(self) -> None:
        """Whatever the pointer made of a row goes."""

    @property
    def following(self) -> bool:
        """Whether new lines are shown as they come."""
        return self._following

    @property
    def pointing(self) -> bool:
        """Whether rows stand still because the pointer is over them."""
        return self._pointing

    def follow(self) -> str:
        """To the newest line, and stay there until the pointer really moves again.

        Says why where nothing was to do.
        """
        busy = not self._following or self.currentIndex().isValid()
        idle = "" if busy else "The newest line is in sight already."
        self._pointing = self._walking = False
        self._still_at = self.viewport().mapFromGlobal(self.cursor().pos())
        self._cool()
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        self._model.release()
        self.scroll_to_end()
        self._update_following()
        return idle if self._model.rowCount() else NO_ROWS

    def go_to(self, row: int) -> None:
        """Make ``row`` current and show it, as keys do."""
        if not 0 <= row < self._model.rowCount():
            return
        self._walking = True
        self._update_following()
        index = self._model.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, by: int) -> str:
        """Move the current row by ``by``; begins at the newest row in sight.

        Says why where it cannot.
        """
        current, count = self.currentIndex(), self._model.rowCount()
        start, by = (current.row(), by) if current.isValid() else (self.last_visible_row() + 1, -1)
        row, why = stepped(start, by, count)
        self.go_to(row)
        return why

    def pointer_nears(self) -> None:
        """The hand comes: let nothing move."""
        self._nearing = True
        self._update_following()

    def pointer_turned_away(self) -> None:
        """The hand went elsewhere, or rests there."""
        self._nearing = False
        self._update_following()

    def _points(self, point: QPoint) -> bool:
        """The pointer moved to ``point``; whether that was on purpose."""
        if self._still_at is not None:
            if (point - self._still_at).manhattanLength() <= WITHIN:
                return False
            self._still_at = None
        return True

    def _stand_still(self) -> None:
        """Somebody points at a row: nothing moves until the pointer leaves."""
        self._still_at = None
        if not self._pointing:
            self._pointing = True
            self._update_following()

    def _let_go(self) -> None:
        """Nobody points at a row any more."""
        self._still_at = None
        if self._pointing:
            self._pointing = False
            self._update_following()

    def _update_following(self) -> None:
        following = self.at_end and not self._pointing and not self._walking
        if following and not self._nearing:
            if self._model.held:
                self._model.release()
                self.scroll_to_end()
        elif not self._model.held:
            self._model.hold()
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._let_in()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        leaving = event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        )
        if self._walking and leaving and self.at_end:
            self._walking = False
            self._update_following()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.follow()
            self.escaped.emit()
            return
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in moves:
            self._walking = True
            self._update_following()
        super().keyPressEvent(event)
