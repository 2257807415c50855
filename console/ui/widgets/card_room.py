"""Room for a card below a table: it scrolls where the window is too low for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

LEAST = 150


class CardRoom(QScrollArea):
    """As wide as its card needs, and at least LEAST high."""

    def __init__(self, card: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._card = card
        self.viewport().setAutoFillBackground(False)
        self.setWidget(card)
        card.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        card = self._card.minimumSizeHint()
        return QSize(card.width(), min(card.height(), LEAST))

    def sizeHint(self) -> QSize:
        hint = self._card.sizeHint()
        if self._card.hasHeightForWidth():
            width = max(self.width(), hint.width())
            hint.setHeight(max(hint.height(), self._card.heightForWidth(width)))
        return hint


def card_column(card: QWidget, top: QLayout) -> QVBoxLayout:
    """The column of ``card``, with ``top`` in it."""
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    column.addLayout(top)
    return column


def card_foot(words: QWidget, remove: QWidget) -> QHBoxLayout:
    """The last row of a card: what there is to say at the left, removing it at the right."""
    foot = QHBoxLayout()
    foot.addWidget(words, 1)
    foot.addWidget(remove)
    return foot
