"""A dialog that shows what would change, and changes it when that is confirmed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.protocol.ask import Answer
from console.ui.lab.difference_view import DifferenceView
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.theme import Theme


class DifferenceDialog(PlainDialog):
    """Its button ``go`` stays off until there is something to do.

    Signals:
        said: one sentence and its ink.
    """

    said = Signal(str, str)

    def __init__(
        self, title: str, heading: str, sentence: str, theme: Theme, parent: QWidget | None
    ) -> None:
        super().__init__(title, parent)
        self.add_heading(heading)
        self.sentence = self.add_sentence(sentence)
        self.text = DifferenceView("What would change", theme)
        self.resize(720, 540)

    def add_difference(self, go: str, do: Callable[[], object], *, name: str) -> None:
        """Add the text with the difference, and the buttons; ``go`` is what the last one says."""
        self.body.addWidget(self.text, 1)
        self.close_button = self.add_button("Cancel", self.reject, name="close")
        self.go = self.add_button(go, do, tone="primary", name=name)
        self.go.setEnabled(False)

    def add_way_back(self, take_back: Callable[[], object]) -> None:
        """Add a button that undoes what was done; it is hidden until :meth:`show_done`."""
        self.back = self.add_side_button("Take it back", take_back, name="back")
        self.back.hide()

    def tell(self, words: str, ink: str = "dim") -> None:
        """Show a sentence instead of the one at the top."""
        self.sentence.show_text(words)
        self.sentence.set_ink(ink)

    def tell_refusal(self, answer: Answer) -> bool:
        """Whether ``answer`` says only why there is no other; then show that."""
        if answer.sentence:
            self.tell(f"{answer.sentence} {answer.advice}".strip(), "bad")
        return bool(answer.sentence)

    def show_done(self, words: str, news: str, *, undoable: bool) -> None:
        """It is done: ``words`` are for here, ``news`` for the status bar."""
        self.tell(words, "good")
        self.said.emit(news, "good")
        self.go.hide()
        self.close_button.setText("Close")
        self.close_button.setFocus()
        self.back.setVisible(undoable)
