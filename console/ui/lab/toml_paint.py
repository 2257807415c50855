"""Colours for TOML, from the theme's tokens. The pieces of a line are found by a pure function."""

import re
from enum import IntEnum
from typing import NamedTuple

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from console.ui.widgets.text_offsets import utf16
from console.ui.widgets.theme import Theme


class State(IntEnum):
    """What a line ends in."""

    PLAIN = 0
    BASIC = 1  # three double quotes are open
    LITERAL = 2  # three single quotes are open


class Piece(NamedTuple):
    """One coloured stretch of a line, in code points."""

    start: int
    end: int
    kind: str


_TOKEN = re.compile(
    r"(?P<comment>#.*)"
    r"|(?P<basic3>\"\"\")"
    r"|(?P<literal3>''')"
    r"|(?P<string>\"(?:\\.|[^\"\\])*\"?|'[^']*'?)"
    r"|(?P<key>[A-Za-z_][\w-]*(?=\s*(?:\.|=)))"
    r"|(?P<truth>\b(?:true|false)\b)"
    r"|(?P<number>[+-]?\b\d[\w.:+-]*)"
)
_HEADER = re.compile(r"^\s*\[\[?[^\[\]\"']*\]\]?")
_WEIGHTY = {
    "remove": "bad",
    "bounce_remove": "bad",
    "shadow": "bad",
    "ban": "bad",
    "critical": "bad",
    "high": "bad",
    "flag": "warn",
    "mask_flag": "warn",
    "bounce_flag": "warn",
    "mask": "warn",
    "bounce": "warn",
    "medium": "warn",
}
_VALUE_KEYS = {"action", "severity"}
_END = {State.BASIC: '"""', State.LITERAL: "'''"}


def pieces(line: str, state: State) -> tuple[list[Piece], State]:
    """The coloured stretches of a line that begins in ``state``, and the state it ends in."""
    out: list[Piece] = []
    at = 0
    if state is not State.PLAIN:
        close = line.find(_END[state])
        if close < 0:
            return [Piece(0, len(line), "string")], state
        at = close + 3
        out.append(Piece(0, at, "string"))
    head = _HEADER.match(line) if at == 0 else None
    if head:
        out.append(Piece(0, head.end(), "header"))
        at = head.end()
    key = ""
    while match := _TOKEN.search(line, at):
        kind = match.lastgroup or ""
        at = match.end()
        if kind in ("basic3", "literal3"):
            opened = State.BASIC if kind == "basic3" else State.LITERAL
            close = line.find(_END[opened], at)
            if close < 0:
                out.append(Piece(match.start(), len(line), "string"))
                return out, opened
            at = close + 3
            out.append(Piece(match.start(), at, "string"))
            continue
        if kind == "key":
            key = match.group()
        if kind == "string" and key in _VALUE_KEYS:
            kind = _WEIGHTY.get(match.group().strip("\"'"), "string")
        out.append(Piece(match.start(), at, kind))
    return out, State.PLAIN


class TomlPainter(QSyntaxHighlighter):
    """Colours one document; paints again when the theme changes."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[str, QTextCharFormat] = {}
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._theme
        tokens = {
            "comment": "text_faint",
            "string": "good",
            "key": "accent",
            "truth": "warn",
            "number": "warn",
            "header": "text",
            "bad": "bad",
            "warn": "warn",
        }
        self._formats = {}
        for kind, token in tokens.items():
            dress = QTextCharFormat()
            dress.setForeground(theme.color(token))
            if kind == "header":
                dress.setFontWeight(QFont.Weight.Bold)
            if kind == "comment":
                dress.setFontItalic(True)
            self._formats[kind] = dress
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        before = max(0, self.previousBlockState())
        found, after = pieces(text, State(before))
        for start, end, kind in found:
            dress = self._formats[kind]
            if text.isascii():
                self.setFormat(start, end - start, dress)
            else:
                self.setFormat(utf16(text[:start]), utf16(text[start:end]), dress)
        self.setCurrentBlockState(int(after))
