"""The banner over the rows while something is wrong and the rows stay useful."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from console.domain.phase import Way
from console.ui.state.trouble import WORDS, Trouble
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel


class TroubleBanner(QFrame):
    """Says what is wrong, and offers what helps.

    Signals:
        command_wanted: the id of the command to run.
    """

    command_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "warn")
        self.setObjectName("banner")
        self._words = PlainLabel(ink="warn", wrap=True)
        self.buttons = {way: self._button(way) for way in Way}
        in_row((self._words, 1), *self.buttons.values(), owner=self, margins=(12, 4, 12, 4))
        self.hide()

    def say(self, trouble: Trouble) -> None:
        """Show ``trouble``."""
        self._words.show_text(trouble.words)
        self.setAccessibleName(trouble.words)
        for way, button in self.buttons.items():
            button.setVisible(way in trouble.ways)

    def _button(self, way: Way) -> QPushButton:
        button = QPushButton(WORDS[way])
        button.setProperty("tone", "link")
        button.setObjectName(f"banner-{way.value}")
        button.setAccessibleName(WORDS[way])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self.command_wanted.emit, way.value))
        return button
