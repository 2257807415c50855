"""The list of what may be written, under the cursor. The editor keeps the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
)

from console.domain.policy_form import Word
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.paint_helpers import paint_text
from console.ui.widgets.roles import Index
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.theme import Theme

MAX_ROWS = 9
WIDTH = 460
_WORD = Qt.ItemDataRole.UserRole + 1
_HELP = Qt.ItemDataRole.UserRole + 2


class CompletionPopup(QListWidget):
    """Up, Down, Return, Tab and Escape are taken from the editor while it is shown.

    Signals:
        chosen: what to write; ``|`` is where the cursor goes.
    """

    chosen = Signal(str)

    def __init__(self, editor: QPlainTextEdit, theme: Theme) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setObjectName("completion")
        self.setAccessibleName("What may be written here")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_WordDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda _item: self._choose())
        self.hide()

    def show_words(self, words: Sequence[Word], cursor: QRect) -> None:
        """Show ``words`` below ``cursor`` (in the editor's viewport), or above it."""
        self.clear()
        for word in words:
            item = QListWidgetItem(word.name)
            item.setData(_WORD, word.text)
            item.setData(_HELP, word.help)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{word.name}. {word.help}")
            self.addItem(item)
        self.setCurrentRow(0)
        row = self.sizeHintForRow(0)
        height = row * min(MAX_ROWS, len(words)) + 8
        width = min(WIDTH, self._editor.width() - 24)
        viewport = self._editor.viewport()
        at = viewport.mapTo(self._editor, QPoint(cursor.left(), cursor.bottom() + 4))
        if at.y() + height > self._editor.height():
            at.setY(max(0, at.y() - cursor.height() - 8 - height))
        at.setX(max(4, min(at.x(), self._editor.width() - width - 16)))
        self.setGeometry(QRect(at, QSize(width, height)))
        self.show()
        self.raise_()

    def takes(self, event: QKeyEvent) -> bool:
        """Handle ``event`` if it is for this list; whether it was."""
        if not self.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self.setCurrentRow((self.currentRow() + 1) % max(1, self.count()))
            case Qt.Key.Key_Up:
                self.setCurrentRow((self.currentRow() - 1) % max(1, self.count()))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                self._choose()
            case Qt.Key.Key_Escape:
                self.hide()
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Home | Qt.Key.Key_End:
                self.hide()
                return False
            case _:
                return False
        return True

    def _choose(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.chosen.emit(str(item.data(_WORD)))


class _WordDelegate(RowDelegate):
    """Paints a word, and its explanation in a quieter colour."""

    def row_height(self, fonts: Fonts) -> int:
        return fonts.line + 8

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        lane = rect.adjusted(8, 0, -8, 0)
        word = str(index.data(Qt.ItemDataRole.DisplayRole))
        used = paint_text(painter, lane, word, fonts.strong, self.theme.color("text")) + 12
        words = str(index.data(_HELP) or "")
        ink = self.theme.color("text_dim")
        paint_text(painter, lane.adjusted(used, 0, 0, 0), words, fonts.small, ink)
