"""Type a text and see at once what the policy does with it; beside it what Stream says."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from console.domain.sign_in import Method
from console.protocol.lab import AskStream, LabJudgement, StreamSaid, TextTried, TryText
from console.protocol.to_window import EngineState, Phase
from console.ui.lab.document import PolicyDocument
from console.ui.lab.judgement_card import JudgementCard
from console.ui.lab.link import LabLink, new_id
from console.ui.lab.marked_text import stretches
from console.ui.lab.matches_table import MatchesTable
from console.ui.lab.offsets import utf16
from console.ui.plain import PlainLabel, tip
from console.ui.theme import Theme

TRY_MS = 40
MOST_CHARACTERS = 20_000
EXAMPLES = (
    "You are such an 1d10t, shut up!",
    "Guaranteed profit: double your bitcoin, add me on WhatsApp +1 555 010 4477",
    "See you in Scunthorpe, the class starts at nine.",
)


def why_no_stream(state: EngineState) -> str:
    """Why Stream cannot be asked; empty when it can."""
    if state.phase is Phase.SIGNED_OUT:
        return "You are signed out. Everything else here works without."
    if state.phase is not Phase.LIVE:
        return "The connection to Stream is not there yet."
    if state.method is not Method.SECRET:
        return "Stream's check needs a sign-in with the app's secret."
    return ""


class TryPanel(QFrame):
    """Live while typing; Ctrl+Return asks Stream."""

    def __init__(
        self, document: PolicyDocument, link: LabLink, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._link, self._theme = document, link, theme
        self._why_not = "You are signed out."
        self._judgement: LabJudgement | None = None
        self._asked_text = ""
        self.setProperty("surface", "panel")
        self.text = QPlainTextEdit()
        self.text.setObjectName("try-text")
        self.text.setAccessibleName("Text to try")
        self.text.setPlaceholderText("Type or paste what somebody could say…")
        self.text.setTabChangesFocus(True)
        self.text.setProperty("big", "true")
        self.text.textChanged.connect(self._on_typed)
        font = self.text.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.text.setFont(font)
        self.language = QLineEdit()
        self.language.setAccessibleName("Language of the text")
        self.language.setPlaceholderText("language")
        self.language.setFixedWidth(92)
        self.language.textChanged.connect(lambda _text: self.try_now())
        self.ask = QPushButton("Ask Stream")
        self.ask.setObjectName("ask-stream")
        self.ask.clicked.connect(self.ask_stream)
        self.examples = [self._example(text) for text in EXAMPLES]
        self.here = JudgementCard("This policy, here", theme)
        self.stream = JudgementCard("Stream, in test mode", theme)
        self.difference = PlainLabel(ink="warn", wrap=True)
        self.difference.hide()
        self.matches = MatchesTable(theme)
        self.matches.chosen.connect(self._show_match)
        self._timer = QTimer(self, singleShot=True, interval=TRY_MS)
        self._timer.timeout.connect(self.try_now)
        self._lay_out()
        self._mark()
        document.checked.connect(self.try_now)
        theme.changed.connect(self._mark)
        self._show_empty()
        self.show_sign_in(EngineState(phase=Phase.SIGNED_OUT))

    def show_sign_in(self, state: EngineState) -> None:
        """Whether Stream can be asked."""
        self._why_not = why_no_stream(state)
        self.ask.setEnabled(not self._why_not and bool(self.text.toPlainText().strip()))
        self.ask.setToolTip(tip(self._why_not or "Asks Stream once, without any effect."))
        if self._why_not:
            self.stream.show_blank("plug", self._why_not)
            self.difference.hide()
        elif not self._asked_text:
            self.stream.show_blank("shield", "Ask Stream to see its answer beside this one.")

    def try_now(self) -> None:
        """Judge what is written."""
        self._timer.stop()
        text = self.text.toPlainText()[:MOST_CHARACTERS]
        self.ask.setEnabled(not self._why_not and bool(text.strip()))
        if not text.strip():
            self._show_empty()
            return
        question = TryText(new_id(), self._document.policy(), text, self.language.text().strip())

        def answered(answer: TextTried) -> None:
            if self.text.toPlainText()[:MOST_CHARACTERS] == text:
                self._show(answer)

        self._link.ask(question, answered)

    def ask_stream(self) -> None:
        """One check of Stream's, in test mode."""
        text = self.text.toPlainText().strip()
        if self._why_not or not text:
            return
        self._asked_text = text
        self.stream.show_blank("hourglass", "Stream is thinking…")

        def answered(answer: StreamSaid) -> None:
            if answer.judgement is None:
                self.stream.show_blank("warning", f"{answer.sentence} {answer.advice}".strip())
                self.difference.hide()
                return
            self.stream.show_judgement(answer.judgement, f"{answer.took_ms:.0f} ms")
            self._compare(answer.judgement)

        self._link.ask(AskStream(new_id(), text, policy=self._document.policy()), answered)

    def _example(self, text: str) -> QPushButton:
        words = text if len(text) <= 26 else text[:25].rstrip() + "…"
        button = QPushButton(words)
        button.setProperty("tone", "link")
        button.setMinimumWidth(56)
        button.setToolTip(tip(text))
        button.setAccessibleName(f"Try: {text}")
        button.clicked.connect(lambda: self.text.setPlainText(text))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.text, 2)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(PlainLabel("Examples", ink="faint"))
        for button in self.examples:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.language)
        row.addSpacing(8)
        row.addWidget(self.ask)
        column.addLayout(row)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self.here, 1)
        cards.addWidget(self.stream, 1)
        column.addLayout(cards)
        column.addWidget(self.difference)
        column.addWidget(self.matches, 4)

    def _on_typed(self) -> None:
        self._timer.start()
        self._asked_text = ""
        self.show_sign_in_again()

    def show_sign_in_again(self) -> None:
        """What Stream said was about another text."""
        if not self._why_not:
            self.stream.show_blank("shield", "Ask Stream to see its answer beside this one.")
        self.difference.hide()

    def _show_empty(self) -> None:
        self._judgement = None
        self._mark()
        self.here.show_blank("chat", "The verdict appears here while you type.")
        self.matches.show_matches("", ())

    def _show(self, answer: TextTried) -> None:
        self._judgement = answer.judgement
        self._mark()
        if answer.judgement is None:
            self.here.show_blank(
                "warning", answer.sentence or "This policy has never been free of errors."
            )
            self.matches.show_matches("", ())
            return
        note = f"{answer.took_us:.0f} µs"
        if answer.stale:
            note = "by the last version without errors"
        self.here.show_judgement(answer.judgement, note, stale=answer.stale)
        self.matches.show_matches(self.text.toPlainText(), answer.judgement.matches)

    def _compare(self, stream: LabJudgement) -> None:
        here = self._judgement
        if here is None or here.action == stream.action:
            self.difference.hide()
            return
        self.difference.show_text(f"They differ: {here.action} here, {stream.action} at Stream.")
        self.difference.show()

    def _mark(self) -> None:
        text = self.text.toPlainText()
        marks = []
        if self._judgement is not None:
            for stretch in stretches(self._judgement.matches, len(text)):
                marks.append(self._selection(text, stretch.start, stretch.end, stretch.tone))
        self.text.setExtraSelections(marks)

    def _show_match(self, start: int, end: int) -> None:
        text = self.text.toPlainText()
        cursor = self.text.textCursor()
        cursor.setPosition(utf16(text[:start]))
        cursor.setPosition(utf16(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)

    def _selection(self, text: str, start: int, end: int, tone: str) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(utf16(text[:start]))
        cursor.setPosition(utf16(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        dress = QTextCharFormat()
        dress.setBackground(self._theme.color(f"{tone}_tint"))
        dress.setForeground(self._theme.color(tone))
        dress.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        dress.setUnderlineColor(self._theme.color(tone))
        selection = QTextEdit.ExtraSelection()
        selection.format = dress
        selection.cursor = cursor
        return selection
