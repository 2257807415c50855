"""The hands of the scripted moderator: they press keys and buttons of a real window."""

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from console.ui.state.window_context import WindowContext

PATIENCE_SECONDS = 6.0
PRESS_SECONDS = 0.6
LOOK_SECONDS = 0.03
LAST_ACT_SECONDS = 2.0
"""What is left at the end of a shift for receipts to arrive."""


class Hand:
    """Works on ``window`` until the end of the shift, :meth:`begin` says when that is."""

    def __init__(self, window: QWidget, context: WindowContext) -> None:
        self.window = window
        self._context = context
        self._end = 0.0

    def begin(self, seconds: float) -> None:
        """The shift lasts so long from now on."""
        self._end = self._context.clock.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until the end of the shift."""
        return self._end - self._context.clock.monotonic()

    def key(self, command_id: str) -> None:
        """Press the key of a command."""
        QTest.keySequence(self.window, self._context.commands.action(command_id).shortcut())

    async def close_dialog(self, button: QAbstractButton) -> bool:
        """Press this button of a dialog, and go on in the window; whether it closed."""
        click(button)
        if not await self.until(lambda: open_dialog() is None):
            return False
        self.window.activateWindow()  # offscreen no window manager does, and keys need it
        return await self.until(self.window.isActiveWindow, PRESS_SECONDS)

    async def press_act(self, kind: str) -> bool:
        """Click the button of an act, once it can be used; whether there was one."""
        found = await self.until(lambda: self.button(f"act.{kind}") is not None, PRESS_SECONDS)
        button = self.button(f"act.{kind}") if found else None
        if button is not None:
            click(button)
        return button is not None

    def button(self, name: str) -> QAbstractButton | None:
        """A button of this name that can be used now."""
        buttons = self.window.findChildren(QAbstractButton, name)
        usable = [button for button in buttons if button.isVisible() and button.isEnabled()]
        return usable[0] if usable else None

    async def until(
        self, condition: Callable[[], bool], patience: float = PATIENCE_SECONDS
    ) -> bool:
        """Wait for ``condition``, but not for long; whether it came true."""
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end or self.left < LAST_ACT_SECONDS:
                return False
            await asyncio.sleep(LOOK_SECONDS)
        return True


def open_dialog() -> QDialog | None:
    """The dialog that is open, if one is."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            return widget
    return None


def click(button: QAbstractButton) -> None:
    """Click it with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def point(widget: QWidget, where: QPoint) -> None:
    """Move the pointer to a place of ``widget``."""
    # QTest.mouseMove moves the cursor only, and not every platform tells the widget of that.
    place = QPointF(where)
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(widget.mapToGlobal(where)), none, none, no_keys
    )
    QApplication.sendEvent(widget, event)
