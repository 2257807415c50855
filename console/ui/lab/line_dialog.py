"""Asks for the number of a line."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QWidget


def ask_line(owner: QWidget, last: int, here: int, chosen: Callable[[int], object]) -> None:
    """Ask for one of the lines from 1 to ``last``, beginning with ``here``."""
    dialog = QInputDialog(owner)
    dialog.setWindowTitle("Go to line")
    dialog.setLabelText("Line")
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setIntRange(1, last)
    dialog.setIntValue(here)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.intValueSelected.connect(chosen)
    dialog.open()
