"""Watches the keys of a window: Esc stops what is armed; who types or holds a key does not act."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from console.base.clock import Clock
from console.ui.command_table.commands import Command
from console.ui.state.controller import WindowController
from console.ui.state.typing_run import WITHIN_S, TypingRun
from console.ui.widgets.held_keys import HeldKeys
from console.ui.widgets.letters import is_letter

TYPING = (
    f"So many letters at once look like typing; keys act again {WITHIN_S:.0f} s after the last one."
)
HELD = "the key was held down. Let it go, and press it again."
AT_ONCE_S = 0.1
"""What a press does, it does within this time."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyGuard(QObject):
    """Belongs to one window. Letters in text fields never reach it."""

    def __init__(self, window: QWidget, controller: WindowController, clock: Clock) -> None:
        super().__init__(window)
        self._controller, self._clock = controller, clock
        self._run = TypingRun()
        self._held = HeldKeys(self)
        self._held.followed.connect(self._note_held)
        self._held_at = float("-inf")
        self._arming = controller.arming
        # Before any widget: in a list Esc would choose nobody as well.
        self._stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._stop.setContext(Qt.ShortcutContext.ApplicationShortcut)
        self._stop.activated.connect(self._arming.stop)
        self._arming.changed.connect(self._offer_stop)
        self._offer_stop()
        self.watch(window)

    def watch(self, window: QWidget) -> None:
        """Watch a further window: a panel that was detached, or the form of an act."""
        window.installEventFilter(self)
        self._held.watch(window)

    def why_not(self, command: Command) -> str:
        """Why a key may not do ``command`` now, in one sentence; "" where it may."""
        if not command.works_on_others:
            return ""
        if self._clock.monotonic() - self._held_at < AT_ONCE_S:
            return f"nothing more was done, {HELD}"
        if not self._typing():
            return ""
        self._arming.drop()
        return f"nothing was done. {TYPING}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every press is offered to the widgets first, up to the window, and then to the shortcuts.
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            self._note(event)
        confirms = event.type() is QEvent.Type.KeyPress and event.key() in _ENTER
        if confirms and isinstance(watched, QDialog) and self._typing():
            self._controller.say(f"The form still waits: {TYPING}", "warn")
            return True
        return False

    def _note_held(self, held: bool) -> None:
        self._held_at = self._clock.monotonic() if held else float("-inf")

    def _note(self, event: QKeyEvent) -> None:
        if is_letter(event) and not event.isAutoRepeat():
            self._run.letter(event.text().casefold(), self._clock.monotonic())

    def _typing(self) -> bool:
        return self._run.typing(self._clock.monotonic())

    def _offer_stop(self) -> None:
        self._stop.setEnabled(self._arming.shown is not None)
