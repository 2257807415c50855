"""Key presses that write something, and are keys of commands where nothing can be written."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_STRONG = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def is_letter(event: QKeyEvent) -> bool:
    """Whether this press writes a letter, a digit or a sign; a space is none."""
    text = event.text()
    return bool(text.strip()) and text.isprintable() and not event.modifiers() & _STRONG
