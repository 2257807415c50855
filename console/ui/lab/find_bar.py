"""Find in the text of the policy."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton

from console.ui.lab.editor import PolicyEditor
from console.ui.widgets.controls import line_field
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme


class FindBar(Surface):
    """Return finds the next place, Shift+Return the one before, Escape closes the bar.

    Signals:
        closed: the keyboard belongs to the text again.
    """

    closed = Signal()

    def __init__(self, editor: PolicyEditor, theme: Theme) -> None:
        super().__init__("header")
        self._editor = editor
        self._theme = theme
        self.words = line_field("Find in the policy", "Find in the policy", "find-words")
        self.words.textChanged.connect(lambda _text: self._find(restart=True))
        self.words.installEventFilter(self)
        self.count = PlainLabel(ink="dim")
        self.count.setMinimumWidth(72)
        self._up = self._button("Previous place", lambda: self._find(backwards=True))
        self._down = self._button("Next place", self._find)
        self._close = self._button("Close", self.leave)
        in_row(
            (self.words, 1),
            self.count,
            self._up,
            self._down,
            self._close,
            owner=self,
            margins=(12, 4, 8, 4),
            spacing=4,
        )
        theme.changed.connect(self._draw)
        self._draw()
        self.hide()

    def begin(self) -> None:
        """Show, and take the keyboard."""
        chosen = self._editor.textCursor().selectedText()
        self.show()
        if chosen and "\u2029" not in chosen:
            self.words.setText(chosen)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Hide."""
        self.hide()
        self._editor.find_text("")
        self.closed.emit()

    def _button(self, words: str, do) -> QToolButton:  # type: ignore[no-untyped-def]  # any slot
        button = QToolButton()
        button.setAccessibleName(words)
        button.setToolTip(tip(words))
        button.clicked.connect(lambda: do())
        return button

    def _find(self, *, backwards: bool = False, restart: bool = False) -> None:
        words = self.words.text()
        if restart:
            cursor = self._editor.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self._editor.setTextCursor(cursor)
        count = self._editor.find_text(words, backwards=backwards)
        self.count.show_text("" if not words else "not found" if not count else f"{count} found")
        self.count.set_ink("bad" if words and not count else "dim")

    def _draw(self) -> None:
        self._up.setIcon(self._theme.icon("chevron-up"))
        self._down.setIcon(self._theme.icon("chevron-down"))
        self._close.setIcon(self._theme.icon("close"))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._find(backwards=back)
                return True
        return False
