"""The commands that move within whatever panel has the keyboard."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.ui.state.feature import Panel
from console.ui.state.raised_words import NOTHING_OPEN
from console.ui.widgets.row_moves import NO_ROWS


class Navigation(QObject):
    """Belongs to one window. ``stage`` gives the panel to move in where none has the focus.

    ``walkers``: the panels of the workspace in which open items may stand, and at the end the one
    that holds all of them.
    """

    def __init__(
        self,
        window: QWidget,
        stage: Callable[[], Panel],
        walkers: Callable[[], Iterable[Panel]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._stage = stage
        self._walkers = walkers

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What does each command, by its id."""
        return {
            "go.next": lambda: self._move(1),
            "go.previous": lambda: self._move(-1),
            "go.extend_next": lambda: self._move(1, extend=True),
            "go.extend_previous": lambda: self._move(-1, extend=True),
            "go.why": self._activate,
            "go.find": self._find,
            "go.next_raised": lambda: self._next_open(1),
            "go.previous_raised": lambda: self._next_open(-1),
        }

    def panel(self) -> Panel:
        """The panel in sight that has the keyboard, or the stage."""
        self.leave_hidden()
        widget: QWidget | None = self._window.focusWidget()
        while widget is not None and not isinstance(widget, Panel):
            widget = widget.parentWidget()
        return widget or self._stage()

    def leave_hidden(self) -> None:
        """Take the keyboard from a widget that is not in sight.

        Qt leaves it there where the widget was hidden while another window had the keyboard.
        """
        held = self._window.focusWidget()
        if held is not None and not held.isVisibleTo(self._window):
            held.clearFocus()

    def _move(self, by: int, *, extend: bool = False) -> str:
        panel = self.panel()
        rows = panel.rows
        # Of a panel that says why it is empty the list is hidden, whatever it still holds.
        if not panel.isVisible() or (rows is not None and not rows.isVisible()):
            return NO_ROWS
        return panel.extend(by) if extend else panel.step(by)

    def _next_open(self, by: int) -> str:
        walked = (panel.next_open(by) for panel in self._walkers())
        return next((why for why in walked if why is not None), NOTHING_OPEN)

    def _activate(self) -> str:
        self.leave_hidden()
        focused = self._window.focusWidget()
        # Enter on a button is that button's; the window's own Enter would be taken first.
        if isinstance(focused, QAbstractButton) and focused.hasFocus():
            focused.click()
            return ""
        panel = self.panel()
        return panel.activate() if panel.isVisible() else NO_ROWS

    def _find(self) -> str:
        panel = self.panel()
        return panel.focus_filter() if panel.isVisible() else "There is nothing to search here."
