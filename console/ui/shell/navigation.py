"""The commands that move within whatever panel has the keyboard."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.ui.state.feature import Panel


class Navigation(QObject):
    """Belongs to one window. ``stage`` gives the panel to move in where none has the focus."""

    def __init__(self, window: QWidget, stage: Callable[[], Panel]) -> None:
        super().__init__(window)
        self._window = window
        self._stage = stage

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {
            "go.next": lambda: self.panel().step(1),
            "go.previous": lambda: self.panel().step(-1),
            "go.extend_next": lambda: self.panel().extend(1),
            "go.extend_previous": lambda: self.panel().extend(-1),
            "go.why": self._activate,
            "go.find": lambda: self.panel().focus_filter(),
        }

    def panel(self) -> Panel:
        """The panel that has the keyboard, or the stage."""
        widget: QWidget | None = self._window.focusWidget()
        while widget is not None and not isinstance(widget, Panel):
            widget = widget.parentWidget()
        return widget or self._stage()

    def _activate(self) -> str:
        focused = self._window.focusWidget()
        # Enter on a button is that button's; the window's own Enter would be taken first.
        if isinstance(focused, QAbstractButton) and focused.hasFocus():
            focused.click()
            return ""
        return self.panel().activate()
