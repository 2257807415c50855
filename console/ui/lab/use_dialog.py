"""Makes the policy of the lab judge live, after showing the difference; it can be taken back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.protocol.lab import AskPolicyInUse, PolicyInUse, PolicyText, PolicyUsed, UsePolicy
from console.ui.lab.difference_view import DifferenceView, text_difference
from console.ui.lab.document import default_text
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.theme import Theme

HAS_ERRORS = (
    "The policy has errors, so it cannot judge live. The one that judges now stays in force."
)
WHAT_CHANGES = (
    "From the next line on every caption is judged here by this text, and after a restart too. "
    "Stream's own verdicts stay as they are."
)


class UseDialog(PlainDialog):
    """``good``: whether the text was found free of errors.

    Signals:
        said: one sentence and its ink.
        used: another policy judges live now.
    """

    said = Signal(str, str)
    used = Signal()

    def __init__(
        self,
        link: EngineLink,
        policy: PolicyText,
        good: Callable[[], bool],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Use live", parent)
        self.setObjectName("use-dialog")
        self._link, self._policy, self._good = link, policy, good
        self._former: str | None = None
        self.add_heading("Judge live by this policy")
        self.sentence = self.add_sentence("Reading what judges now…")
        name = "What would change in the policy that judges live"
        self.text = DifferenceView(name, theme)
        self.body.addWidget(self.text, 1)
        self.add_sentence(
            "A copy is kept. Later changes here count when you use the policy again.", ink="faint"
        )
        self.back = self.add_side_button("Take it back", name="back")
        self.back.hide()
        self.back.clicked.connect(self.take_back)
        self.close_button = self.add_button("Cancel", name="close")
        self.close_button.clicked.connect(self.reject)
        self.go = self.add_button("Use it live", tone="primary", name="use-live")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.go.clicked.connect(self.use)
        self.resize(720, 520)
        link.ask(AskPolicyInUse(new_id()), self._on_told)

    def use(self) -> None:
        """Use the policy live."""
        self.go.setEnabled(False)
        # The program's own text is not copied, so that a later program brings a later one.
        policy = None if self._policy.text == default_text() else self._policy
        self._link.ask(UsePolicy(new_id(), policy), self._on_used)

    def take_back(self) -> None:
        """Use the previous policy again."""
        self.back.setEnabled(False)
        former = None if self._former is None else PolicyText(self._former)
        self._link.ask(UsePolicy(new_id(), former), self._on_taken_back)

    def _on_told(self, answer: PolicyInUse) -> None:
        if answer.sentence:
            self._tell(f"{answer.sentence} Using this policy replaces it.", "warn")
            self.go.setEnabled(self._good())
            return
        changes = text_difference(answer.text, self._policy.text)
        self.text.setPlainText(changes)
        if not changes:
            self._tell("This policy judges live already.", "good")
            self.close_button.setText("Close")
            return
        if not self._good():
            self._tell(HAS_ERRORS, "bad")
            return
        self._tell(WHAT_CHANGES, "dim")
        self.go.setEnabled(True)

    def _on_used(self, answer: PolicyUsed) -> None:
        if answer.sentence:
            self._tell(answer.sentence, "bad")
            self.go.setEnabled(True)
            return
        kept = f" It is kept in {answer.place}." if answer.place else ""
        self._tell(f"It judges from the next line on.{kept}", "good")
        self.said.emit(f"The policy judges live now.{kept}", "good")
        self._former = answer.former
        self.go.hide()
        self.close_button.setText("Close")
        self.close_button.setFocus()
        self.back.setVisible(answer.undoable)
        self.used.emit()

    def _on_taken_back(self, answer: PolicyUsed) -> None:
        if answer.sentence:
            self._tell(answer.sentence, "bad")
            self.back.setEnabled(True)
            return
        self._tell("What judged before judges again.", "good")
        self.said.emit("The former policy judges live again.", "good")
        self.back.hide()
        self.used.emit()

    def _tell(self, words: str, ink: str) -> None:
        self.sentence.show_text(words)
        self.sentence.set_ink(ink)
