"""The system's dialogs for a file to read or to write; without a second event loop."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_file(
    owner: QWidget, title: str, start: str, kinds: str, chosen: Callable[[str], object]
) -> QFileDialog:
    """Ask for a file that exists. ``start``: a folder or a file. ``kinds``: Qt's name filters."""
    dialog = QFileDialog(owner, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _opened(dialog, chosen)


def choose_target(
    owner: QWidget, title: str, start: str, kinds: str, chosen: Callable[[str], object]
) -> QFileDialog:
    """Ask for a file to write, as :func:`choose_file`.

    A name without an ending gets that of the chosen kind, before the dialog asks whether a file
    may be replaced.
    """
    dialog = QFileDialog(owner, title, start, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)

    def use_ending(kind: str) -> None:
        if ending := re.search(r"\*\.(\w+)", kind):
            dialog.setDefaultSuffix(ending.group(1))

    dialog.filterSelected.connect(use_ending)
    use_ending(dialog.selectedNameFilter())
    return _opened(dialog, chosen)


def _opened(dialog: QFileDialog, chosen: Callable[[str], object]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
