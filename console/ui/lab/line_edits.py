"""Edits of whole lines in the text of a policy, each one step that can be undone."""

from PySide6.QtGui import QTextBlock, QTextCursor

INDENT = "  "


def toggle_comment(cursor: QTextCursor) -> None:
    """Comment the selected lines out, or in again."""
    filled = [block for block in _lines(cursor) if block.text().strip()]
    away = bool(filled) and all(block.text().lstrip().startswith("#") for block in filled)
    cursor.beginEditBlock()
    for block in filled:
        lead = len(block.text()) - len(block.text().lstrip())
        cursor.setPosition(block.position() + lead)
        if not away:
            cursor.insertText("# ")
            continue
        width = 2 if block.text().lstrip().startswith("# ") else 1
        cursor.setPosition(block.position() + lead + width, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    cursor.endEditBlock()


def indent(cursor: QTextCursor) -> None:
    """Move the selected lines to the right; what is selected stays as it is."""
    edit = QTextCursor(cursor)
    edit.beginEditBlock()
    for block in _lines(cursor):
        if block.text():
            edit.setPosition(block.position())
            edit.insertText(INDENT)
    edit.endEditBlock()


def unindent(cursor: QTextCursor) -> None:
    """Move the selected lines, or the one with the cursor, to the left."""
    edit = QTextCursor(cursor)
    edit.beginEditBlock()
    for block in _lines(cursor):
        text = block.text()
        width = min(len(INDENT), len(text) - len(text.lstrip(" ")))
        if not width and text.startswith("\t"):
            width = 1
        edit.setPosition(block.position())
        edit.setPosition(block.position() + width, QTextCursor.MoveMode.KeepAnchor)
        edit.removeSelectedText()
    edit.endEditBlock()


def _lines(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    last = document.findBlock(cursor.selectionEnd())
    blocks = [document.findBlock(cursor.selectionStart())]
    while blocks[-1] != last:
        blocks.append(blocks[-1].next())
    return blocks
