"""A panel that can be moved, hidden and detached, with a title bar in the program's own look."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QToolButton, QWidget

from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.theme import Theme


class Dock(QDockWidget):
    """Holds one panel. ``name`` is stable: the saved layout refers to it."""

    def __init__(
        self, name: str, title: str, content: QWidget, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._theme = theme
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWidget(content)
        bar = QFrame()
        bar.setProperty("surface", "title")
        self._title = PlainLabel(title, ink="dim").strengthen(0.9)
        self._note = PlainLabel("", ink="faint")
        font = self._note.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self._note.setFont(font)
        self._float = _bar_button(f"Detach {title}", "detach")
        self._close = _bar_button(f"Hide {title}", "hide")
        self._float.clicked.connect(lambda: self.setFloating(not self.isFloating()))
        self._close.clicked.connect(self.close)
        in_row(
            self._title,
            self._note,
            None,
            self._float,
            self._close,
            owner=bar,
            margins=(12, 2, 4, 2),
            spacing=6,
        )
        self.setTitleBarWidget(bar)
        theme.changed.connect(self._redraw)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing here took is the window's, also where the panel is detached from it."""
        window = self.parentWidget()
        if self.isFloating() and window is not None:
            window.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def show_note(self, words: str) -> None:
        """A few words beside the title, such as a count."""
        self._note.show_text(words)

    def _redraw(self) -> None:
        self._float.setIcon(self._theme.icon("panel", "text_faint"))
        self._close.setIcon(self._theme.icon("close", "text_faint"))


def _bar_button(words: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setIconSize(QSize(12, 12))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAutoRaise(True)
    return button
