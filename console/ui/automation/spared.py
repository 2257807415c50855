"""Whom no rule touches, and from when on the guard pauses."""

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.automation.book import SEED, Limits, RuleBook
from console.ui.automation.fields import Number, Sheet, show_words, words_field, words_in
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel


class SparedForm(QWidget):
    """What holds for all rules.

    Signals:
        saved: the RuleBook as it is now. secret_given: what the webhook is signed with.
    """

    saved = Signal(object)
    secret_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._book = SEED
        self._filling = False
        self.roles = words_field("Spared roles", "nobody by role", self._on_changed)
        self.people = words_field("Spared people", "ids of people", self._on_changed)
        self.rule_least = Number("Acts of one rule", 1, 1000, self._on_changed, unit="acts")
        self.account_least = Number("Acts of all rules", 1, 5000, self._on_changed, unit="acts")
        self.hand_least = Number("Acts by hand", 1, 5000, self._on_changed, unit="acts")
        self.factor = Number(
            "How many times the usual", 1, 100, self._on_changed, unit="times the usual", decimals=1
        )
        self.webhook = line_field("Webhook", "https://… or empty")
        self.webhook.textEdited.connect(lambda _text: self._on_changed())
        self.secret = line_field("Secret of the webhook", "unchanged")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.textEdited.connect(lambda _text: self._on_changed())
        self.save = push_button("Save", self._save, tone="primary", name="spared-save")
        self.save.setEnabled(False)
        self.problem = PlainLabel(ink="bad", wrap=True)
        spared = Sheet()
        spared.add("Roles", self.roles, "Roles in a call, with commas between them.")
        spared.add("People", self.people, "Ids of people, with commas between them.")
        guard = Sheet()
        guard.add("One rule, always normal", self.rule_least, "In ten minutes.")
        guard.add("All rules, always normal", self.account_least, "In ten minutes.")
        guard.add(
            "By hand, always normal",
            self.hand_least,
            "Presses against people in ten minutes; after more of them the next one asks first.",
        )
        guard.add("Beyond that, at most", self.factor, "Of what the last week had.")
        told = Sheet()
        told.add("Webhook", self.webhook, "Told of what rules propose that have “tell me”.")
        told.add(
            "Its secret",
            self.secret,
            "Each message is signed with it: X-SIGNATURE is the HMAC-SHA256 of the body. It is kept"
            " in the system's keyring.",
        )
        in_column(
            PlainLabel("Whom no rule touches").strengthen(1.1),
            spared,
            PlainLabel("When rules are paused, and acts by hand ask").strengthen(1.1),
            guard,
            PlainLabel("Which server is told").strengthen(1.1),
            told,
            in_row((self.problem, 1), self.save),
            None,
            owner=self,
            margins=(16, 12, 16, 12),
            spacing=8,
        )

    def show_book(self, book: RuleBook) -> None:
        """Show what holds now, unless somebody is changing it."""
        if self.save.isEnabled():
            return
        self._book = book
        self._filling = True
        show_words(self.roles, book.exempt_roles)
        show_words(self.people, book.exempt_people)
        self.rule_least.setValue(book.limits.rule_least)
        self.account_least.setValue(book.limits.account_least)
        self.hand_least.setValue(book.limits.hand_least)
        self.factor.setValue(book.limits.factor)
        self.webhook.setText(book.webhook)
        self._filling = False
        self.save.setEnabled(False)

    def show_problem(self, sentence: str) -> None:
        """Why it could not be saved; "" where it was."""
        self.problem.show_text(sentence)

    def _on_changed(self) -> None:
        if not self._filling:
            self.save.setEnabled(True)

    def _save(self) -> None:
        limits = Limits(
            rule_least=int(self.rule_least.value()),
            account_least=int(self.account_least.value()),
            hand_least=int(self.hand_least.value()),
            factor=self.factor.value(),
        )
        book = replace(
            self._book,
            exempt_roles=words_in(self.roles.text()),
            exempt_people=words_in(self.people.text()),
            limits=limits,
            webhook=self.webhook.text().strip(),
        )
        if self.secret.text():
            self.secret_given.emit(self.secret.text())
            self.secret.clear()
        self.save.setEnabled(False)
        self.saved.emit(book)
