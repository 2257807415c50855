"""Why a line has its verdict: rule, label, severity, confidence, source and times. Plain text."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QWidget

from console.base.plain_text import visible
from console.domain.given_label import Says
from console.domain.item import Item, Text
from console.domain.speech import by_plugin
from console.domain.stage_words import (
    language_words,
    looked_words,
    not_looked_words,
    short_reason,
)
from console.domain.verdict import Severity, Source, Verdict
from console.ui.state.entries import ItemEntry
from console.ui.state.given_labels import label_words
from console.ui.state.labelling import COMMANDS, JudgedLine, judged_line
from console.ui.state.window_context import WindowContext
from console.ui.widgets.badge import badge_of
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.short_texts import clock, milliseconds, short_key
from console.ui.widgets.text_layouts import shown_text

_SOURCES = {
    Source.LOCAL: "this program's policy",
    Source.STREAM: "Stream's moderation check",
    Source.SHARED: "a console that holds the app secret",
}
LONG_TEXT = 240
_SAYS = {Says.RIGHT: "right", Says.WRONG: "wrong", Says.OTHER: "another label"}
_PORTABLE = QKeySequence.SequenceFormat.PortableText


def why_rows(verdict: Verdict | None) -> list[tuple[str, str]]:
    """The facts of a verdict as label and value, strongest first; empty ones are left out."""
    if verdict is None:
        return [("Verdict", "not judged yet")]
    rows = [("Verdict", visible(verdict.action))]
    if verdict.gap is not None:
        rows.append(("Meaning", f"not judged: {short_reason(verdict.gap)}"))
    if verdict.labels:
        rows.append(("Labels", ", ".join(visible(label) for label in verdict.labels)))
    if verdict.severity is not Severity.NONE:
        rows.append(("Severity", verdict.severity.value))
    if verdict.confidence is not None:
        rows.append(("Confidence", f"{verdict.confidence:.0%}"))
    if verdict.rule:
        rows.append(("Rule", visible(verdict.rule)))
    if verdict.why:
        rows.append(("Because", visible(verdict.why)))
    if verdict.looked:
        rows.append(("Looked", looked_words(verdict.looked)))
    if verdict.not_looked:
        rows.append(("Not", not_looked_words(verdict.not_looked)))
    source = _SOURCES[verdict.source]
    rows.append(("Source", f"{source}, provisional" if verdict.provisional else source))
    times = (
        f"waited {milliseconds(verdict.waited_ms)}, judged in {milliseconds(verdict.checked_ms)}"
    )
    if verdict.attempts > 1:
        times += f", {verdict.attempts} attempts"
    if verdict.judged_at:
        rows.append(("Time", f"{clock(verdict.judged_at)} · {times}"))
    return rows


def ear_rows(item: Item) -> list[tuple[str, str]]:
    """What heard a spoken line, where that was not Stream's captions alone."""
    body = item.body
    if not isinstance(body, Text) or not (body.heard_by or body.second):
        return []
    where = "by a plugin" if by_plugin(body.heard_by) else "on this machine"
    first = f"{visible(body.heard_by)}, {where}" if body.heard_by else "Stream's captions"
    if body.heard_by and body.confidence >= 0:
        first += f", {body.confidence:.0%} sure"
    rows = [("Heard by", first)]
    if body.second:
        rows.append(("And by", f"{visible(body.second)}: {shown_text(body.second_text)}"))
    return rows


class WhyPopup(QFrame):
    """By key it takes the keyboard until Escape; by pointing it goes with the pointer."""

    def __init__(self, context: WindowContext, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._context = context
        self._line: JudgedLine | None = None
        self._pointed = False
        self.setObjectName("why")
        self.setProperty("surface", "popup")
        self._head = PlainLabel().strengthen(1.0)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName("The whole text of the line")
        self._text.setFixedHeight(120)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.labels = PlainLabel(ink="dim")
        parts = (self._head, self._grid, self._text, self.labels)
        in_column(*parts, owner=self, margins=(12, 10, 12, 10), spacing=8)

    def explain(
        self, entry: ItemEntry, corner: QPoint, *, became: str = "", pointed: bool = False
    ) -> None:
        """Show the reasons for ``entry`` with the top left corner near ``corner``.

        ``became``: what became of a line that was raised; empty for others.
        ``pointed``: asked for by pointing, so it must not take the keyboard or the mouse.
        """
        kind = Qt.WindowType.ToolTip if pointed else Qt.WindowType.Popup
        self.setWindowFlags(kind | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, pointed)
        self._pointed = pointed
        badge = badge_of(entry.verdict)
        self._head.show_text(badge.sentence if badge.word else "Why this verdict")
        self._head.set_ink({"bad": "bad", "warn": "warn", "good": "good"}.get(badge.tone, ""))
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._line = judged_line(entry)
        self._show_label_keys()
        rows = [("State", became)] if became else []
        if given := self._context.session.labels.find(entry.item.item_id):
            mine = given.by == self._context.session.state.user_id
            whose = "" if mine else f", by {visible(given.by)}"
            rows.append(("Label", f"{label_words(given)}{whose}"))
        if entry.before:
            rows.append(("Before", shown_text(entry.before)))
        rows += [*why_rows(entry.verdict), *ear_rows(entry.item)]
        if language := language_words(entry.item):
            rows.append(("Language", language))
        for row, (name, value) in enumerate(rows):
            label = PlainLabel(name, ink="faint")
            words = PlainLabel(value, wrap=True)
            words.setMinimumWidth(240)
            words.setMaximumWidth(380)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
        said = entry.item.text
        self._text.setVisible(len(said) > LONG_TEXT)
        self._text.setPlainText(visible(said))
        self.setAccessibleName(". ".join(f"{name}: {value}" for name, value in rows))
        self.adjustSize()
        self.move(self._fit(corner))
        self.show()
        if not pointed:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def pointer_moved(self) -> None:
        """The pointer went elsewhere: what it had asked for goes away."""
        if self._pointed and self.isVisible():
            self.hide()

    def _fit(self, corner: QPoint) -> QPoint:
        screen = QGuiApplication.screenAt(corner) or self.screen()
        room = screen.availableGeometry()
        left = min(corner.x(), room.right() - self.width() - 8)
        top = corner.y()
        if top + self.height() > room.bottom():
            top = corner.y() - self.height() - 32
        return QPoint(max(room.left() + 8, left), max(room.top() + 8, top))

    def _show_label_keys(self) -> None:
        words = [
            f"{short_key(key)} {title}"
            for says, title in _SAYS.items()
            if (key := self._context.keymap.key(COMMANDS[says]))
        ]
        self.labels.show_text("   ".join(words))
        self.labels.setVisible(bool(words) and not self._context.labelling.why_not(self._line))

    def _says(self, event: QKeyEvent) -> Says | None:
        pressed = QKeySequence(event.keyCombination()).toString(_PORTABLE)
        keys = {self._context.keymap.key(id_): says for says, id_ in COMMANDS.items()}
        return keys.get(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A popup has the keyboard for itself: the window's own keys do not reach it.
        if (says := self._says(event)) is not None:
            if not event.isAutoRepeat() and not self._context.labelling.say(says, self._line):
                self.close()
            return
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
            return
        super().keyPressEvent(event)
