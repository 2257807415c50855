"""The text of a policy: numbered lines, colours, errors in place, completion."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from console.domain.results import PolicyError
from console.protocol.lab import Vocabulary
from console.ui.lab.completion import NOTHING, Offer, offer
from console.ui.lab.completion_popup import CompletionPopup
from console.ui.lab.line_edits import INDENT, indent, toggle_comment, unindent
from console.ui.lab.problem_marks import Mark, marks_of
from console.ui.lab.toml_paint import TomlPainter
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.text_marks import cursor_over, selection
from console.ui.widgets.text_offsets import code_point, utf16
from console.ui.widgets.theme import Theme

PAD = 12
_OPENERS = "[{"


class PolicyEditor(QPlainTextEdit):
    """Plain text only: what is pasted or dropped comes without its format.

    Tab indents, so it does not leave the text; Escape does, by the panel around it.

    Signals:
        place_changed: line and column of the cursor, both from 1.
        entered_by_key: the keyboard came here with Tab (True), or went (False).
    """

    place_changed = Signal(int, int)
    entered_by_key = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.marks: list[Mark] = []
        """The errors that are underlined now."""
        self._offer: Offer = NOTHING
        self.vocabulary = Vocabulary("")
        """What completion offers; empty until the engine has sent it."""
        self._found: list[QTextEdit.ExtraSelection] = []
        self._waves: list[QTextEdit.ExtraSelection] = []
        self.setObjectName("policy-text")
        self.setAccessibleName("Text of the policy")
        self.setProperty("code", "true")
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(INDENT))
        self.painter_of_words = TomlPainter(self.document(), theme)
        self.gutter = _Gutter(self)
        self.popup = CompletionPopup(self, theme)
        self.popup.chosen.connect(self._complete)
        self.blockCountChanged.connect(self._fit_gutter)
        self.updateRequest.connect(self._scroll_gutter)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        theme.changed.connect(self._on_theme_changed)
        self._fit_gutter()
        self._draw_selections()

    def show_errors(self, errors: tuple[PolicyError, ...]) -> None:
        """Underline these errors instead of the earlier ones."""
        self.marks = marks_of(self.toPlainText(), errors)
        self._draw_waves()
        self._draw_selections()
        self.gutter.update()

    def replace_text(self, text: str) -> None:
        """Replace the text, changing only what differs, as one step that can be undone."""
        old = self.toPlainText()
        if old == text:
            return
        here = self.textCursor()
        here.clearSelection()  # else it would grow over what is inserted
        self.setTextCursor(here)
        start = 0
        most = min(len(old), len(text))
        while start < most and old[start] == text[start]:
            start += 1
        end = 0
        while end < most - start and old[-1 - end] == text[-1 - end]:
            end += 1
        cursor = cursor_over(self.document(), old, start, len(old) - end)
        cursor.beginEditBlock()
        cursor.insertText(text[start : len(text) - end])
        cursor.endEditBlock()

    def go_to(self, line: int, column: int = 1) -> None:
        """Move the cursor and the focus there; line and column count from 1."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if not block.isValid():
            block = self.document().lastBlock()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + min(max(0, column - 1), max(0, block.length() - 1)))
        self._show_cursor(cursor)

    def select(self, start: int, end: int) -> None:
        """Select these code points, scroll to them and take the focus."""
        self._show_cursor(cursor_over(self.document(), self.toPlainText(), start, end))

    def go_to_mark(self, number: int) -> None:
        """Put the cursor where the error with this number begins.

        It is underlined there; nothing is selected, which the next key would overwrite.
        """
        if not 0 <= number < len(self.marks):
            return
        cursor = self.textCursor()
        cursor.setPosition(self._waves[number].cursor.selectionStart())
        self._show_cursor(cursor)

    def _show_cursor(self, cursor: QTextCursor) -> None:
        self.setTextCursor(cursor)
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_text(self, words: str, *, backwards: bool = False) -> int:
        """Select the next place with ``words`` and mark all of them; returns how many there are."""
        self._found = []
        text = self.toPlainText().lower()
        low = words.lower()
        count = text.count(low) if low else 0
        if count:
            self._mark_all(words)
            way = QTextDocument.FindFlag
            flags = way.FindBackward if backwards else way(0)
            if not self.find(words, flags):
                end = QTextCursor.MoveOperation.End
                start = QTextCursor.MoveOperation.Start
                cursor = self.textCursor()
                cursor.movePosition(end if backwards else start)
                self.setTextCursor(cursor)
                self.find(words, flags)
        self._draw_selections()
        return count

    def offer_completion(self, *, asked: bool = True) -> None:
        """Show the completions that fit at the cursor, if any."""
        text = self.toPlainText()
        at = code_point(text, self.textCursor().position())
        self._offer = offer(text, at, self.vocabulary)
        if not self._offer.words or (not asked and not self._offer.typed):
            self.popup.hide()
            return
        self.popup.show_words(self._offer.words, self.cursorRect())

    def toggle_comment(self) -> None:
        """Comment the selected lines out, or in again."""
        toggle_comment(self.textCursor())

    def toggle_wrap(self) -> None:
        """Show long lines whole, on several rows, or each on one row that scrolls."""
        wrapped = self.lineWrapMode() is QPlainTextEdit.LineWrapMode.NoWrap
        mode = QPlainTextEdit.LineWrapMode
        self.setLineWrapMode(mode.WidgetWidth if wrapped else mode.NoWrap)

    def gutter_width(self) -> int:
        """Room for the largest line number."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * PAD

    def paint_gutter(self, event: QPaintEvent) -> None:
        """Draw the line numbers, and a sign beside lines with errors."""
        theme = self._theme
        painter = QPainter(self.gutter)
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.setFont(self.font())
        bad = {mark.error.line for mark in self.marks}
        here = self.textCursor().blockNumber()
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        top = self.blockBoundingGeometry(block).translated(offset).top()
        height = self.fontMetrics().height()
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        while block.isValid() and top <= event.rect().bottom():
            bottom = top + self.blockBoundingRect(block).height()
            if block.isVisible() and bottom >= event.rect().top():
                number = block.blockNumber()
                ink = "text" if number == here else "text_faint"
                if number + 1 in bad:
                    ink = "bad"
                    painter.setBrush(theme.color("bad"))
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                    painter.drawEllipse(QPoint(6, int(top) + height // 2), 3, 3)
                painter.setPen(theme.color(ink))
                where = QRect(0, int(top), self.gutter.width() - PAD, height)
                painter.drawText(where, flags, str(number + 1))
            block = block.next()
            top = bottom
        painter.end()

    def _mark_all(self, words: str) -> None:
        form = QTextCharFormat()
        form.setBackground(self._theme.color("warn_tint"))
        cursor = QTextCursor(self.document())
        while len(self._found) < 500:
            cursor = self.document().find(words, cursor)
            if cursor.isNull():
                return
            self._found.append(selection(cursor, form))

    def _draw_selections(self) -> None:
        here = self.textCursor()
        here.clearSelection()
        line = QTextCharFormat()
        line.setBackground(self._theme.color("hover"))
        line.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
        self.setExtraSelections([selection(here, line), *self._found, *self._waves])

    def _draw_waves(self) -> None:
        """Their cursors move with the text until it is checked again."""
        text = self.toPlainText() if self.marks else ""
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wave.setUnderlineColor(self._theme.color("bad"))
        wave.setBackground(self._theme.color("bad_tint"))
        self._waves = [
            selection(cursor_over(self.document(), text, mark.start, mark.end), wave)
            for mark in self.marks
        ]

    def _complete(self, written: str) -> None:
        cursor = self.textCursor()
        for _ in range(utf16(self._offer.typed)):
            cursor.deletePreviousChar()
        before, _, after = written.partition("|")
        cursor.insertText(before)
        back = cursor.position()
        cursor.insertText(after)
        if "|" in written:
            cursor.setPosition(back)
        self.setTextCursor(cursor)
        self.popup.hide()
        if "|" in written or written.endswith("= "):
            self.offer_completion()

    def _on_cursor_moved(self) -> None:
        cursor = self.textCursor()
        self._draw_selections()
        self.place_changed.emit(cursor.blockNumber() + 1, cursor.positionInBlock() + 1)
        self.gutter.update()

    def _on_theme_changed(self) -> None:
        self._found = []
        for wave in self._waves:
            wave.format.setUnderlineColor(self._theme.color("bad"))
            wave.format.setBackground(self._theme.color("bad_tint"))
        self._draw_selections()
        self.gutter.update()

    def _fit_gutter(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    def _scroll_gutter(self, rect: QRect, down: int) -> None:
        if down:
            self.gutter.scroll(0, down)
        else:
            self.gutter.update(0, rect.y(), self.gutter.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self.gutter.setGeometry(
            QRect(inside.left(), inside.top(), self.gutter_width(), inside.height())
        )

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.viewport().mapFrom(self, event.pos())
            unit = self.cursorForPosition(at).position()
            said = [
                mark.error.sentence
                for mark, wave in zip(self.marks, self._waves, strict=True)
                if wave.cursor.selectionStart() <= unit <= wave.cursor.selectionEnd()
            ]
            if said:
                QToolTip.showText(event.globalPos(), tip("\n".join(said)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.popup.takes(event):
            return
        key, modifiers = event.key(), event.modifiers()
        control = modifiers & Qt.KeyboardModifier.ControlModifier
        if control and key == Qt.Key.Key_Space:
            self.offer_completion()
            return
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._tab(forward=key == Qt.Key.Key_Tab)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._new_line()
            return
        super().keyPressEvent(event)
        typed = event.text()
        if typed and (typed.isprintable() or key == Qt.Key.Key_Backspace) and not control:
            quiet = key == Qt.Key.Key_Backspace or not (typed.isalnum() or typed in '_"[')
            if quiet and not self.popup.isVisible():
                return
            self.offer_completion(asked=typed == '"')

    def _tab(self, *, forward: bool) -> None:
        if not forward:
            unindent(self.textCursor())
        elif self.textCursor().hasSelection():
            indent(self.textCursor())
        else:
            self.insertPlainText(INDENT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = Qt.FocusReason
        by_key = (reason.TabFocusReason, reason.BacktabFocusReason, reason.ShortcutFocusReason)
        self.entered_by_key.emit(event.reason() in by_key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.entered_by_key.emit(False)

    def _new_line(self) -> None:
        before = self.textCursor().block().text()[: self.textCursor().positionInBlock()]
        lead = before[: len(before) - len(before.lstrip())]
        opened = before.rstrip()[-1:] in _OPENERS and not before.lstrip().startswith("[")
        self.insertPlainText("\n" + lead + (INDENT if opened else ""))


class _Gutter(QWidget):
    """Where the line numbers are."""

    def __init__(self, editor: PolicyEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_gutter(event)
