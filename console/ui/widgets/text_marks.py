"""Marked stretches of a text as Qt draws them: in layouts and in text fields."""

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextDocument, QTextLayout
from PySide6.QtWidgets import QTextEdit

from console.ui.widgets.marked_text import Stretch
from console.ui.widgets.text_offsets import utf16
from console.ui.widgets.theme import Theme


def mark_format(theme: Theme, tone: str) -> QTextCharFormat:
    """Underlined words in ``tone`` on its tint."""
    form = QTextCharFormat()
    form.setForeground(theme.color(tone))
    form.setBackground(theme.color(f"{tone}_tint"))
    form.setFontUnderline(True)
    return form


def format_range(text: str, start: int, end: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    """``form`` for the code points ``start`` to ``end`` of a layout's ``text``."""
    found = QTextLayout.FormatRange()
    found.start = utf16(text[:start])
    found.length = utf16(text[start:end])
    found.format = form
    return found


def cursor_over(document: QTextDocument, text: str, start: int, end: int) -> QTextCursor:
    """A cursor that selects the code points ``start`` to ``end`` of the ``text`` of a document."""
    cursor = QTextCursor(document)
    cursor.setPosition(utf16(text[:start]))
    cursor.setPosition(utf16(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def mark_selections(
    document: QTextDocument, text: str, stretches: list[Stretch], theme: Theme
) -> list[QTextEdit.ExtraSelection]:
    """The stretches of the ``text`` of a document, for a text field to draw."""
    return [
        selection(cursor_over(document, text, at.start, at.end), mark_format(theme, at.tone))
        for at in stretches
    ]


def selection(cursor: QTextCursor, form: QTextCharFormat) -> QTextEdit.ExtraSelection:
    """What ``cursor`` selects, in ``form``, for a text field to draw."""
    drawn = QTextEdit.ExtraSelection()
    drawn.cursor = QTextCursor(cursor)
    drawn.format = form
    return drawn
