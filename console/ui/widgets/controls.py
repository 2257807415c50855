"""Buttons and fields as every panel makes them: what they say, what they do, how they are named."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton


def push_button(
    words: str, do: Callable[[], object], *, tone: str = "", name: str = "", spoken: str = ""
) -> QPushButton:
    """A button that does ``do``; ``spoken``: its name for screen readers, else ``words``."""
    button = QPushButton(words)
    button.setAccessibleName(spoken or words)
    button.setObjectName(name)
    if tone:
        button.setProperty("tone", tone)
    button.clicked.connect(do)
    return button


def line_field(spoken: str, hint: str, name: str = "") -> QLineEdit:
    """A field of one line. ``hint`` stands in it while it is empty."""
    field = QLineEdit()
    field.setAccessibleName(spoken)
    field.setPlaceholderText(hint)
    field.setObjectName(name)
    return field


def text_field(spoken: str, hint: str = "", name: str = "") -> QPlainTextEdit:
    """A field of many lines, which the Tab key leaves."""
    field = QPlainTextEdit()
    field.setAccessibleName(spoken)
    field.setPlaceholderText(hint)
    field.setObjectName(name)
    field.setTabChangesFocus(True)
    return field
