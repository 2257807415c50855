"""What went wrong without stopping the work, newest first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from console.base.plain_text import visible
from console.protocol.to_window import Problem
from console.ui.state.session_state import SessionState
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.short_texts import clock


def problem_line(problem: Problem) -> str:
    """One problem on one line, safe to look at."""
    times = f" ({problem.count}×)" if problem.count > 1 else ""
    place, sentence = visible(problem.place), visible(problem.sentence)
    return f"{clock(problem.at)}  {place}: {sentence}{times}"


class ProblemsDialog(PlainDialog):
    """A list that can be copied and cleared.

    Signals:
        clear_wanted: the problems were seen.
    """

    clear_wanted = Signal()

    def __init__(self, session: SessionState, numbers: str, parent: QWidget | None = None) -> None:
        """``numbers``: what was counted, a line each."""
        super().__init__("Problems", parent)
        self.setObjectName("problems-dialog")
        self._session = session
        self.add_heading("Problems")
        self.add_sentence("Something was malformed or refused; the work went on.")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Problems, newest first")
        self.body.addWidget(self.text, 1)
        self.numbers = self.add_sentence(numbers, ink="faint")
        self.add_side_button("Copy", self._copy)
        self.add_side_button("Clear", self.clear_wanted.emit)
        self.add_button("Close", self.accept).setDefault(True)
        session.problem_found.connect(self._fill)
        session.problems_cleared.connect(self._fill)
        self.resize(640, 400)
        self._fill()

    def _fill(self) -> None:
        lines = [problem_line(problem) for problem in reversed(self._session.problems)]
        self.text.setPlainText("\n".join(lines) or "None.")

    def _copy(self) -> None:
        QApplication.clipboard().setText(f"{self.text.toPlainText()}\n\n{self.numbers.text()}")
