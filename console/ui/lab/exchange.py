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
from console.ui.lab.difference_view import DifferenceView, difference_text, text_difference
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.theme import Theme


class PushDialog(PlainDialog):
    """Shows what would change, writes exactly that, and can take it back.

    Signals:
        said: one sentence and its ink.
    """

    said = Signal(str, str)

    def __init__(
        self, link: EngineLink, policy: PolicyText, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("Push to Stream", parent)
        self.setObjectName("push-dialog")
        self._link = link
        self._difference_id = ""
        self._push_id = ""
        self.add_heading("What would change in the app")
        self.sentence = self.add_sentence("Reading the app's policy…")
        self.text = DifferenceView("Difference", theme)
        self.body.addWidget(self.text, 1)
        self.back = self.add_side_button("Take it back", name="back-out")
        self.back.hide()
        self.back.clicked.connect(self.back_out)
        self.close_button = self.add_button("Cancel", name="close")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        self.go = self.add_button("Push", tone="primary", name="push")
        self.go.setEnabled(False)
        self.go.clicked.connect(self.push)
        self.resize(720, 520)
        self._difference_id = link.ask(ComparePolicy(new_id(), policy), self._on_difference)

    def push(self) -> None:
        """Write what is shown."""
        self.go.setEnabled(False)
        self.sentence.show_text("Writing…")
        self._push_id = self._link.ask(PushPolicy(new_id(), self._difference_id), self._on_pushed)

    def back_out(self) -> None:
        """Put back what was there before."""
        self.back.setEnabled(False)
        self.sentence.show_text("Putting back what was there…")
        self._link.ask(BackOut(new_id(), self._push_id), self._on_backed_out)

    def _on_difference(self, found: PolicyDifference) -> None:
        if found.sentence:
            self._tell(f"{found.sentence} {found.advice}".strip(), "bad")
            return
        text = difference_text(found)
        self.text.setPlainText(text)
        if not text:
            self._tell(f"The app's policy “{visible(found.key)}” is the same already.", "good")
            return
        lists = len(found.lists)
        new = " It is new there." if not found.before else ""
        many = "one list" if lists == 1 else f"{lists} lists"
        self._tell(f"The policy “{visible(found.key)}” and {many} would be written.{new}", "dim")
        self.go.setEnabled(True)

    def _on_pushed(self, answer: PolicyPushed) -> None:
        if answer.sentence:
            self._tell(f"{answer.sentence} {answer.advice}".strip(), "bad")
            return
        self._tell("Written. The app judges by it from now on.", "good")
        self.said.emit("The policy was pushed.", "good")
        self.go.hide()
        self.close_button.setText("Close")
        self.back.setVisible(answer.undoable)

    def _on_backed_out(self, answer: PolicyPushed) -> None:
        if answer.sentence:
            self._tell(f"{answer.sentence} {answer.advice}".strip(), "bad")
            return
        self._tell("The app has again what it had before.", "good")
        self.said.emit("The push was taken back.", "good")
        self.back.hide()

    def _tell(self, words: str, ink: str) -> None:
        self.sentence.show_text(words)
        self.sentence.set_ink(ink)


class PullDialog(PlainDialog):
    """The app's policies; choosing one shows what would change in the text.

    Signals:
        pulled: key and text of the policy to use.
    """

    pulled = Signal(str, str)

    def __init__(
        self, link: EngineLink, text: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__("Pull from Stream", parent)
        self.setObjectName("pull-dialog")
        self._link = link
        self._before = text
        self._pulled: tuple[str, str] = ("", "")
        self.add_heading("Policies of the app")
        self.sentence = self.add_sentence("Reading them…")
        self.list = QListWidget()
        self.list.setAccessibleName("Policies of the app")
        self.list.setProperty("framed", "true")
        self.list.setFixedHeight(112)
        self.list.currentTextChanged.connect(self._on_key)
        self.text = DifferenceView("What would change in the text", theme)
        self.body.addWidget(self.list)
        self.body.addWidget(self.text, 1)
        cancel = self.add_button("Cancel", name="cancel")
        cancel.clicked.connect(self.reject)
        self.go = self.add_button("Use it here", tone="primary", name="use")
        self.go.setEnabled(False)
        self.go.setDefault(True)
        self.go.clicked.connect(self._use)
        self.resize(720, 560)
        link.ask(AskAppPolicies(new_id()), self._on_policies)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_policies(self, answer: AppPolicies) -> None:
        if answer.sentence:
            self.sentence.show_text(f"{answer.sentence} {answer.advice}".strip())
            self.sentence.set_ink("bad")
            return
        self.sentence.show_text(
            "Choose one. Your text is replaced in one step that can be undone."
            if answer.keys
            else "The app has no policy yet. Push one to begin."
        )
        self.list.addItems([visible(key) for key in answer.keys])
        if answer.keys:
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
