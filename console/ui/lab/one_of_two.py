"""Two buttons that share a place, such as start and stop: the keyboard moves between them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


def show_one(shown: QPushButton, hidden: QPushButton) -> None:
    """Show one of two; it gets the focus that the other had."""
    held = hidden.hasFocus()
    shown.show()
    if held and shown.isEnabled():
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
    hidden.hide()
