"""Pull a policy from the app, or push one to it, after showing the difference."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from console.base.plain_text import visible
from console.protocol.lab import PolicyText
from console.protocol.lab_stream import (
    AppPolicies,
    AskAppPolicies,
    BackOut,
    ComparePolicy,
    PolicyDifference,
    PolicyPulled,
    PolicyPushed,
    PullPolicy,
    PushPolicy,
)
from console.ui.lab.difference_dialog import DifferenceDialog
from console.ui.lab.difference_view import difference_text, text_difference
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.theme import Theme


class PushDialog(DifferenceDialog):
    """Shows what would change, writes exactly that, and can take it back."""

    def __init__(
        self, link: EngineLink, policy: PolicyText, theme: Theme, parent: QWidget | None = None
    ) -> None:
        heading, reading = "What would change in the app", "Reading the app's policy…"
        super().__init__("Push to Stream", heading, reading, theme, parent)
        self.setObjectName("push-dialog")
        self._link = link
        self._push_id = ""
        self.add_difference("Push", self.push, name="push")
        self.close_button.setDefault(True)
        self.add_way_back(self.back_out)
        self._difference_id = link.ask(ComparePolicy(new_id(), policy), self._on_difference)

    def push(self) -> None:
        """Write what is shown."""
        self.go.setEnabled(False)
        self.tell("Writing…")
        self._push_id = self._link.ask(PushPolicy(new_id(), self._difference_id), self._on_pushed)

    def back_out(self) -> None:
        """Put back what was there before."""
        self.back.setEnabled(False)
        self.tell("Putting back what was there…")
        self._link.ask(BackOut(new_id(), self._push_id), self._on_backed_out)

    def _on_difference(self, found: PolicyDifference) -> None:
        if self.tell_refusal(found):
            return
        text = difference_text(found)
        self.text.setPlainText(text)
        if not text:
            self.tell(f"The app's policy “{visible(found.key)}” is the same already.", "good")
            return
        lists = len(found.lists)
        new = " It is new there." if not found.before else ""
        many = "one list" if lists == 1 else f"{lists} lists"
        self.tell(f"The policy “{visible(found.key)}” and {many} would be written.{new}")
        self.go.setEnabled(True)

    def _on_pushed(self, answer: PolicyPushed) -> None:
        if not self.tell_refusal(answer):
            words = "Written. The app judges by it from now on."
            self.show_done(words, "The policy was pushed.", undoable=answer.undoable)

    def _on_backed_out(self, answer: PolicyPushed) -> None:
        if not self.tell_refusal(answer):
            words = "The app has again what it had before."
            self.show_done(words, "The push was taken back.", undoable=False)


class PullDialog(DifferenceDialog):
    """The app's policies; choosing one shows what would change in the text.

    Signals:
        pulled: key and text of the policy to use.
    """

    pulled = Signal(str, str)

    def __init__(
        self, link: EngineLink, text: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("Pull from Stream", "Policies of the app", "Reading them…", theme, parent)
        self.setObjectName("pull-dialog")
        self._link = link
        self._before = text
        self._pulled: tuple[str, str] = ("", "")
        self.list = QListWidget()
        self.list.setAccessibleName("Policies of the app")
        self.list.setProperty("framed", "true")
        self.list.setFixedHeight(112)
        self.list.currentTextChanged.connect(self._on_key)
        self.body.addWidget(self.list)
        self.add_difference("Use it here", self._use, name="use")
        self.go.setDefault(True)
        link.ask(AskAppPolicies(new_id()), self._on_policies)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_policies(self, answer: AppPolicies) -> None:
        if self.tell_refusal(answer):
            return
        if not answer.keys:
            self.tell("The app has no policy yet. Push one to begin.")
            return
        self.tell("Choose one. Your text is replaced in one step that can be undone.")
        self.list.addItems([visible(key) for key in answer.keys])
        self.list.setCurrentRow(0)

    def _on_key(self, key: str) -> None:
        self.go.setEnabled(False)
        if not key:
            return
        self.text.setPlainText("Reading…")

        def answered(answer: PolicyPulled) -> None:
            item = self.list.currentItem()
            if item is None or item.text() != key:
                return
            if answer.sentence:
                self.text.setPlainText(f"{answer.sentence} {answer.advice}".strip())
                return
            self._pulled = (key, answer.text)
            changes = text_difference(self._before, answer.text)
            self.text.setPlainText(changes or "The same as the text here.")
            self.go.setEnabled(bool(changes))

        self._link.ask(PullPolicy(new_id(), key), answered)

    def _use(self) -> None:
        self.pulled.emit(*self._pulled)
        self.accept()
