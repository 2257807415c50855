"""Key presses that nothing took: what they would do elsewhere, or on a Latin keyboard."""

from collections.abc import Callable

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from console.ui.command_table.commands import CommandSet
from console.ui.widgets.letters import is_letter
from console.ui.widgets.physical_keys import Codes, latin_key

_LATIN = 0x250
"""Below are the letters of Latin alphabets, above those of all others."""


def key_on_latin_keyboard(event: QKeyEvent) -> QKeyCombination | None:
    """The same key with the same modifiers of a Latin keyboard; None where it is Latin already."""
    if not _LATIN <= event.key() < Qt.Key.Key_Escape:
        return None
    codes = Codes(event.nativeScanCode(), event.nativeVirtualKey())
    sign = latin_key(codes, QGuiApplication.platformName())
    if not sign:
        return None
    return QKeyCombination(event.modifiers(), Qt.Key(ord(sign)))


class StrayKeys:
    """Takes what no widget and no shortcut took. ``say`` shows a sentence in a colour token."""

    def __init__(self, commands: CommandSet, say: Callable[[str, str], None]) -> None:
        self._commands = commands
        self._say = say

    def take(self, event: QKeyEvent) -> bool:
        """Do, or say why not; False for keys that mean nothing to any command."""
        latin = key_on_latin_keyboard(event)
        pressed = QKeySequence(latin or event.keyCombination())
        action = self._commands.action_of(pressed)
        if action is not None and action.isEnabled():
            if latin is None:
                return False  # its shortcut was tried already
            if action.autoRepeat() or not event.isAutoRepeat():
                action.trigger()
            return True
        if action is not None:
            self._say(f"{action.text()}: not in this workspace.", "warn")
            return True
        if is_letter(event):
            shown = pressed.toString(QKeySequence.SequenceFormat.NativeText)
            self._say(f"{shown} is the key of no command. F1 lists them all.", "")
            return True
        return False
