"""Why a call is hot, on demand: what each raised line adds. Plain text."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from console.ui.state.heat_explained import RULE
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel

WIDEST = 420


class HeatPopup(QFrame):
    """Takes the keyboard until Escape or Enter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("heat-popup")
        self.setProperty("surface", "popup")
        self._name = PlainLabel(ink="dim", wrap=True)
        self._head = PlainLabel(wrap=True).strengthen(1.0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rule = PlainLabel(RULE, ink="faint", wrap=True)
        for label in (self._name, self._head, self._rule):
            label.setMaximumWidth(WIDEST + 60)
        in_column(
            self._name,
            self._head,
            self._grid,
            self._rule,
            owner=self,
            margins=(12, 10, 12, 10),
            spacing=8,
        )

    def explain(
        self, name: str, head: str, rows: Sequence[tuple[str, str]], corner: QPoint
    ) -> None:
        """Show the heat of the call ``name`` with the top left corner near ``corner``."""
        self._name.show_text(name)
        self._head.show_text(head)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (adds, words) in enumerate(rows):
            label = PlainLabel(words, wrap=True)
            label.setFixedWidth(WIDEST)
            self._grid.addWidget(PlainLabel(adds, ink="warn"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)
        self.setAccessibleName(". ".join((name, head, *(" ".join(row) for row in rows))))
        self.adjustSize()
        screen = QGuiApplication.screenAt(corner) or self.screen()
        room = screen.availableGeometry()
        left = max(room.left() + 8, min(corner.x(), room.right() - self.width() - 8))
        top = max(room.top() + 8, min(corner.y(), room.bottom() - self.height() - 8))
        self.move(left, top)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
            return
        super().keyPressEvent(event)
