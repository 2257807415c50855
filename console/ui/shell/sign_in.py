"""Sign in: named profiles at the left, the fields of one at the right, a test before it counts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.sign_in import Profile
from console.protocol.connection import ConnectionTested
from console.ui.shell.sign_in_form import SignInForm, what_is_wrong
from console.ui.state.controller import WindowController
from console.ui.state.profiles import Profiles
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel

KEPT = "Secrets are kept in the system's keyring, in no file."
NOT_KEPT = "No keyring answers on this system: the secret is kept for this session only."


class SignInDialog(PlainDialog):
    """Edits, tests and uses profiles.

    Signals:
        signed_in: the Profile that is used from now on.
    """

    signed_in = Signal(object)

    def __init__(
        self,
        profiles: Profiles,
        controller: WindowController,
        tasks: Tasks,
        current: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Sign in", parent)
        self.setObjectName("sign-in-dialog")
        self._profiles, self._controller, self._tasks = profiles, controller, tasks
        self._test_id = ""
        self.add_heading("Sign in to a Stream app")
        self.names = QListWidget()
        self.names.setObjectName("profiles")
        self.names.setAccessibleName("Profiles")
        self.names.setProperty("framed", "true")
        self.names.setFixedWidth(168)
        self.new = QPushButton("New")
        self.forget = QPushButton("Forget")
        self.form = SignInForm()
        self.test = QPushButton("Test connection")
        self.outcome = PlainLabel(ink="dim", wrap=True)
        self.outcome.setObjectName("test-result")
        self.outcome.setMinimumHeight(self.outcome.fontMetrics().lineSpacing() * 2)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.keyring = PlainLabel("", ink="faint", wrap=True)
        self.keyring.setObjectName("keyring")
        self._lay_out()
        self.add_button("Cancel", self.reject)
        self.go = self.add_button("Sign in", self.use, tone="primary", name="go")
        self.go.setDefault(True)
        self.test.clicked.connect(self._test)
        self.new.clicked.connect(self._begin_new)
        self.forget.clicked.connect(lambda: tasks.spawn(self._forget(), name="forget a profile"))
        self.form.edited.connect(self._on_edited)
        self.names.currentTextChanged.connect(self._on_chosen)
        profiles.changed.connect(self._fill)
        self.resize(640, 420)
        self._fill(current)
        first = self.names if self.names.count() else self.form.name
        first.setFocus(Qt.FocusReason.TabFocusReason)
        tasks.spawn(self._say_keyring(), name="ask for a keyring")

    def use(self) -> bool:
        """Keep the profile and its secret, and sign in; False when something is missing.

        A keyring that waits to be unlocked is not waited for.
        """
        profile, secret = self.form.profile(), self.form.secret.text()
        wrong = what_is_wrong(profile, secret)
        if wrong:
            self._say_wrong(wrong)
            return False
        try:
            self._profiles.keep(profile)
        except WorldError as error:
            self._say(str(error), "bad")
            return False
        self._tasks.spawn(self._profiles.keep_secret(profile.name, secret), name="keep a secret")
        self._controller.sign_in(profile, secret)
        self.signed_in.emit(profile)
        self.accept()
        return True

    def _lay_out(self) -> None:
        left, right, columns = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for button, name in ((self.new, "new"), (self.forget, "forget"), (self.test, "test")):
            button.setObjectName(name)
            button.setAutoDefault(False)
        left.setSpacing(6)
        left.addWidget(self.names, 1)
        left.addLayout(in_row(self.new, self.forget, spacing=6))
        right.setSpacing(8)
        right.addWidget(self.form)
        right.addLayout(
            in_row((self.test, 0, Qt.AlignmentFlag.AlignTop), (self.outcome, 1), spacing=10)
        )
        right.addStretch(1)
        right.addWidget(self.keyring)
        columns.setSpacing(16)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        self.body.addLayout(columns, 1)

    def _fill(self, current: str = "") -> None:
        chosen = current or self.form.name.text()
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems([profile.name for profile in self._profiles.all()])
        self.names.blockSignals(False)
        rows = self.names.findItems(chosen, Qt.MatchFlag.MatchExactly) if chosen else []
        if rows:
            self.names.setCurrentItem(rows[0])
        elif self.names.count() and not self.form.name.text():
            self.names.setCurrentRow(0)
        self.forget.setEnabled(self.names.currentRow() >= 0)

    def _begin_new(self) -> None:
        self.names.setCurrentRow(-1)
        self.form.show_profile(None)
        self.forget.setEnabled(False)
        self.form.name.setFocus()

    def _on_chosen(self, name: str) -> None:
        profile = self._profiles.find(name)
        self.forget.setEnabled(profile is not None)
        if profile is not None and profile != self.form.profile():
            self.form.show_profile(profile)
        if profile is not None:
            self._tasks.spawn(self._recall(profile), name="recall a secret")

    async def _recall(self, profile: Profile) -> None:
        secret, trouble = None, ""
        try:
            secret = await self._profiles.secret(profile.name)
        except WorldError as error:
            trouble = str(error)
        if not isValid(self):
            return  # closed while the keyring was asked
        if trouble:
            self._say_of_keyring(trouble, "warn")
        if secret and self.form.name.text() == profile.name and not self.form.secret.text():
            self.form.secret.setText(secret)

    async def _forget(self) -> None:
        if self.names.currentRow() < 0:
            return
        try:
            await self._profiles.remove(self.names.currentItem().text())
        except WorldError as error:
            self._say(str(error), "bad")
            return
        if isValid(self):
            self._begin_new()
            self._fill()

    async def _say_keyring(self) -> None:
        lasting = await self._profiles.lasting()
        if not isValid(self):
            return
        self._say_of_keyring(KEPT if lasting else NOT_KEPT, "faint" if lasting else "warn")

    def _say_of_keyring(self, words: str, ink: str) -> None:
        self.keyring.show_text(words)
        self.keyring.set_ink(ink)

    def _test(self) -> None:
        profile, secret = self.form.profile(), self.form.secret.text()
        wrong = what_is_wrong(profile, secret)
        if wrong:
            self._say_wrong(wrong)
            return
        if self._test_id:
            return  # one at a time; a disabled button would hand its focus to Cancel
        self._test_id = self._controller.test_connection(profile, secret, self._on_tested)
        self._say("Trying…", "dim")

    def _on_tested(self, tested: ConnectionTested) -> None:
        if tested.request_id != self._test_id:
            return
        self._test_id = ""
        if tested.sentence:
            self._say(f"{tested.sentence} {tested.advice}".strip(), "bad")
        else:
            self._say(f"It works: signed in as {tested.name}.", "good")

    def _on_edited(self) -> None:
        self._test_id = ""
        self._say("", "dim")

    def _say_wrong(self, words: str) -> None:
        self._say(words, "bad")
        for field in (self.form.name, self.form.api_key, self.form.secret):
            if not field.text().strip():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _say(self, words: str, ink: str) -> None:
        self.outcome.show_text(words)
        self.outcome.set_ink(ink)
