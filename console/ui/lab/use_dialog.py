"""Makes the policy of the lab judge live, after showing the difference; it can be taken back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.protocol.lab import AskPolicyInUse, PolicyInUse, PolicyText, PolicyUsed, UsePolicy
from console.ui.lab.difference_dialog import DifferenceDialog
from console.ui.lab.difference_view import text_difference
from console.ui.lab.document import default_text
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.theme import Theme

HAS_ERRORS = (
    "The policy has errors, so it cannot judge live. The one that judges now stays in force."
)
WHAT_CHANGES = (
    "From the next line on every caption is judged here by this text, and after a restart too. "
    "Stream's own verdicts stay as they are."
)


FOR_CHATS = (
    "Its key is for chats: from the next message on it judges those of {}, here and after a restart"
    " too. All else is judged as before."
)


class UseDialog(DifferenceDialog):
    """``good``: whether the text was found free of errors.

    Signals:
        used: another policy judges live now.
    """

    used = Signal()

    def __init__(
        self,
        link: EngineLink,
        policy: PolicyText,
        good: Callable[[], bool],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        heading, reading = "Judge live by this policy", "Reading what judges now…"
        super().__init__("Use live", heading, reading, theme, parent)
        self.setObjectName("use-dialog")
        self._link, self._policy, self._good = link, policy, good
        self._former: str | None = None
        self._chats = ""
        self.add_difference("Use it live", self.use, name="use-live")
        self.add_sentence(
            "A copy is kept. Later changes here count when you use the policy again.", ink="faint"
        )
        self.go.setDefault(True)
        self.add_way_back(self.take_back)
        link.ask(AskPolicyInUse(new_id(), policy.text), self._on_told)

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
        self._link.ask(UsePolicy(new_id(), former, self._chats), self._on_taken_back)

    def _on_told(self, answer: PolicyInUse) -> None:
        if answer.sentence:
            self.tell(f"{answer.sentence} Using this policy replaces it.", "warn")
            self.go.setEnabled(self._good())
            return
        changes = text_difference(answer.text, self._policy.text)
        self.text.setPlainText(changes)
        if not changes:
            self.tell("This policy judges live already.", "good")
            self.close_button.setText("Close")
        elif not self._good():
            self.tell(HAS_ERRORS, "bad")
        else:
            self.tell(FOR_CHATS.format(visible(answer.chats)) if answer.chats else WHAT_CHANGES)
            self.go.setEnabled(True)

    def _on_used(self, answer: PolicyUsed) -> None:
        if self.tell_refusal(answer):
            self.go.setEnabled(True)
            return
        self._former, self._chats = answer.former, answer.chats
        kept = f" It is kept in {answer.place}." if answer.place else ""
        words = f"It judges from the next line on.{kept}"
        self.show_done(words, f"The policy judges live now.{kept}", undoable=answer.undoable)
        self.used.emit()

    def _on_taken_back(self, answer: PolicyUsed) -> None:
        if self.tell_refusal(answer):
            self.back.setEnabled(True)
            return
        words = "What judged before judges again."
        self.show_done(words, "The former policy judges live again.", undoable=False)
        self.used.emit()
