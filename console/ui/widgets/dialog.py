"""What every dialog shares: plain labels, a sentence at the top, buttons at the bottom."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.ui.widgets.controls import push_button
from console.ui.widgets.held_keys import HeldKeys
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel


class PlainDialog(QDialog):
    """A window-modal dialog; shown with ``open()``, so that no second event loop runs."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        HeldKeys(self).watch(self)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        rule = QFrame()
        rule.setProperty("surface", "rule")
        in_column(
            (self.body, 1), rule, self._buttons, owner=self, margins=(20, 16, 20, 16), spacing=12
        )

    def add_heading(self, words: str) -> PlainLabel:
        """A bold first line."""
        label = PlainLabel(words, wrap=True).strengthen(1.2)
        self.body.addWidget(label)
        return label

    def add_sentence(self, words: str, ink: str = "dim") -> PlainLabel:
        """A paragraph."""
        label = PlainLabel(words, ink=ink, wrap=True)
        self.body.addWidget(label)
        return label

    def add_button(
        self, words: str, do: Callable[[], object], *, tone: str = "", name: str = ""
    ) -> QPushButton:
        """A button at the right of the last row, which does ``do``."""
        button = push_button(words, do, tone=tone, name=name or words.lower())
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button

    def add_side_button(
        self, words: str, do: Callable[[], object], *, tone: str = "", name: str = ""
    ) -> QPushButton:
        """A button at the left of the last row, which does ``do``."""
        button = self.add_button(words, do, tone=tone, name=name)
        self._buttons.removeWidget(button)
        self._buttons.insertWidget(0, button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        pressed = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if pressed and isinstance(focused, QAbstractButton) and not focused.isCheckable():
            # Qt would press the default button instead, whatever the focus ring is on.
            if not event.isAutoRepeat():
                focused.click()
            return
        super().keyPressEvent(event)
