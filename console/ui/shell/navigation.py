"""The commands that move: rows, raised lines, calls, panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:
    from console.ui.shell.main_window import MainWindow
    from console.ui.widgets.search_field import SearchField


class Navigation(QObject):
    """Belongs to one window and reaches into its panels."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Command id to what does it."""
        window = self._window
        transcript, controller = window.transcript, window.parts.controller
        return {
            "go.next": lambda: self._step(1),
            "go.previous": lambda: self._step(-1),
            "go.extend_next": lambda: self._extend(1),
            "go.extend_previous": lambda: self._extend(-1),
            "go.next_raised": transcript.next_raised,
            "go.previous_raised": transcript.previous_raised,
            "go.newest": transcript.list.follow,
            "go.why": self._why,
            "go.find": lambda: self._edit(transcript.header.search),
            "go.filter_calls": lambda: self._edit(window.calls.filter, "calls"),
            "go.filter_people": lambda: self._edit(window.people.filter, "people"),
            "go.next_call": lambda: window.calls.step(1),
            "go.previous_call": lambda: window.calls.step(-1),
            "go.hottest_call": lambda: controller.choose_call(
                window.parts.calls.hottest() or controller.cid
            ),
            "go.all_calls": lambda: controller.choose_call(""),
            "focus.calls": lambda: self._focus("calls", window.calls.list),
            "focus.transcript": lambda: transcript.list.setFocus(
                Qt.FocusReason.ShortcutFocusReason
            ),
            "focus.people": lambda: self._focus("people", window.people.list),
            "focus.log": lambda: self._focus("log", window.log.log),
            "view.raised_only": lambda: transcript.set_raised_only(
                not window.parts.transcript.raised_only
            ),
            "call.pin": lambda: window.parts.calls.toggle_pin(controller.cid),
        }

    def _why(self) -> None:
        focused = self._window.focusWidget()
        # Enter on a button is that button's; the window's own Enter would be taken first.
        if isinstance(focused, QAbstractButton) and focused.hasFocus():
            focused.click()
        elif self._window.disagreements.table.hasFocus():
            self._window.disagreements.jump()
        else:
            self._window.transcript.explain_current()

    def _step(self, by: int) -> None:
        window = self._window
        if window.people.list.hasFocus():
            window.people.list.step(by)
        elif window.calls.list.hasFocus():
            window.calls.step(by)
        elif window.log.log.hasFocus():
            window.log.log.step(by)
        elif window.disagreements.table.hasFocus():
            window.disagreements.table.step(by)
        else:
            window.transcript.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            window.transcript.list.step(by)

    def _extend(self, by: int) -> None:
        people = self._window.people.list
        if people.hasFocus():
            people.extend(by)
        else:
            self._step(by)

    def _edit(self, field: SearchField, dock: str = "") -> None:
        if dock:
            self._window.docks[dock].show()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def _focus(self, name: str, target: QWidget) -> None:
        dock = self._window.docks[name]
        dock.show()
        dock.raise_()
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
