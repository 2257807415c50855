"""The rules of automation: a table in the order in which they are tried, and the chosen one."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.automation.book import Paused, RuleBook
from console.domain.automation.rule import Conditions, Mode, Response, Rule, Step
from console.protocol.automation import (
    KeepWebhookSecret,
    ResumeRule,
    RulesSaved,
    SaveRules,
    WebhookSecretKept,
)
from console.ui.automation.rule_form import RuleForm
from console.ui.automation.spared import SparedForm
from console.ui.automation.words import MODES, rule_words
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.columns import number_column
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, split, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.table_model import Column, TableModel

_MODE_TONES = {
    Mode.OFF: "text_faint",
    Mode.SHADOW: "text_dim",
    Mode.ASK: "accent",
    Mode.ACT: "warn",
}


class RulesStage(Panel):
    """Rules, whom they spare, and what the guard has paused."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._automation = context.session.automation
        self._new: Rule | None = None
        columns: tuple[Column[Rule], ...] = (
            Column("Rule", lambda rule: visible(rule.name), 180),
            Column("Mode", self._mode_words, 92, lambda rule: _MODE_TONES[rule.mode]),
            Column("What it does", rule_words, tone="text_dim", room=560),
            number_column("Done", partial(self._number, "done"), 64, "good"),
            number_column("Stopped", partial(self._number, "stopped"), 76),
            number_column(
                "Taken back",
                partial(self._number, "overturned"),
                90,
                "bad",
                "How often people took back what the rule had done.",
            ),
        )
        self.model: TableModel[Rule] = TableModel(columns, self, row_tip=rule_words)
        self.table = self.rows = RowTable(self.model, "Rules of automation", context.theme)
        self.table.setObjectName("rules")
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.clicked.connect(self._show_form)
        self.form = RuleForm()
        self.form.saved.connect(self._save_rule)
        self.form.removed.connect(self._remove_rule)
        self.spared = SparedForm()
        self.spared.saved.connect(self._save_book)
        self.spared.secret_given.connect(self._keep_secret)
        self.paused = PlainLabel(ink="warn", wrap=True)
        self.resume = push_button("Let it act again", self._resume, name="rule-resume")
        self._pause = QWidget()
        in_row((self.paused, 1), self.resume, owner=self._pause, margins=(16, 6, 16, 6))
        self.add = push_button("New rule", self._add, name="rule-add")
        self.up = push_button("Earlier", partial(self._move, -1), name="rule-up")
        self.down = push_button("Later", partial(self._move, 1), name="rule-down")
        self.spare = push_button("For all rules…", self._show_spared, name="rules-all")
        tools = in_row(self.add, self.up, self.down, None, self.spare)
        tools.setContentsMargins(16, 6, 16, 6)
        order = PlainLabel(
            "The first rule that fits decides. Rules in shadow decide nothing.", ink="faint"
        )
        order.setContentsMargins(16, 0, 16, 4)
        top = QWidget()
        in_column(self._pause, (self.table, 1), tools, order, owner=top)
        self._stack = stacked(self.form, self.spared)
        self.splitter = split(Qt.Orientation.Vertical, (top, 2), (self._stack, 3))
        in_column((self.splitter, 1), owner=self)
        self._automation.rules_changed.connect(self._refresh)
        self._refresh()

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def activate(self) -> str:
        """Begin to edit the chosen rule."""
        self._stack.setCurrentWidget(self.form)
        self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return ""

    @property
    def _book(self) -> RuleBook:
        return self._automation.book

    def _number(self, field: str, rule: Rule) -> int:
        return int(getattr(self._automation.records.get(rule.rule_id), field, 0))

    def _mode_words(self, rule: Rule) -> str:
        words = MODES[rule.mode][0]
        return f"{words}, paused" if self._book.pause_of(rule.rule_id) else words

    def _refresh(self) -> None:
        chosen = self.form.rule_id
        self.model.change_rows(self._book.rules)
        self.table.choose(self.model.find(lambda rule: rule.rule_id == chosen))
        if self.table.currentIndex().row() < 0 and self._new is None:
            self.table.choose(0)
        self.form.show_record(self._automation.records.get(self.form.rule_id))
        self._show_moves()
        if not self.form.changed and self._new is None and self._current() != self.form.shown:
            self._show_current()
        self.spared.show_book(self._book)
        paused = next(iter(self._book.paused), None)
        self._pause.setVisible(paused is not None)
        if paused is not None:
            self.paused.show_text(self._pause_words(paused))

    def _pause_words(self, paused: Paused) -> str:
        rule = self._book.find(paused.rule_id)
        what = f"The rule “{visible(rule.name)}”" if rule else "Every rule"
        usual = f"{paused.usual:.0f}" if paused.usual else "none"
        return (
            f"{what} was paused and only asks now: {paused.acts} acts in ten minutes,"
            f" where {usual} are usual."
        )

    def _on_row(self) -> None:
        if self.form.changed and self._current() is not None:
            kept = self._current()
            if kept is not None and kept.rule_id != self.form.rule_id:
                words = f"Changes of “{visible(self.form.name.text())}” were not saved."
                self._context.controller.say(words, "warn")
        self._new = None
        rule = self._current()
        if rule is None or rule.rule_id == self.form.rule_id:
            return  # the table was filled anew; what is edited stays
        self._stack.setCurrentWidget(self.form)
        self._show_current()

    def _current(self) -> Rule | None:
        return self.model.row(self.table.currentIndex().row())

    def _show_current(self) -> None:
        rule = self._current()
        self.form.setEnabled(rule is not None)
        self._show_moves()
        if rule is not None:
            self.form.show_rule(rule, self._automation.records.get(rule.rule_id))

    def _show_moves(self) -> None:
        row, last = self.table.currentIndex().row(), len(self._book.rules) - 1
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < last)

    def _add(self) -> None:
        self._new = Rule(
            rule_id=new_id(),
            name="",
            when=Conditions(),
            steps=(Step(responses=(Response.MUTE,)),),
            mode=Mode.SHADOW,
        )
        self._stack.setCurrentWidget(self.form)
        self.form.setEnabled(True)
        self.form.show_rule(self._new, None, new=True)
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_form(self, *_index: object) -> None:
        self._stack.setCurrentWidget(self.form)

    def _show_spared(self) -> None:
        self._stack.setCurrentWidget(self.spared)
        self.spared.roles.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_rule(self, rule: Rule) -> None:
        rules = self._book.rules
        if self._book.find(rule.rule_id) is None:
            rules = (*rules, rule)
        rules = tuple(rule if each.rule_id == rule.rule_id else each for each in rules)
        self._save_book(replace(self._book, rules=rules))

    def _remove_rule(self, rule_id: str) -> None:
        if self._new is not None and self._new.rule_id == rule_id:
            self._new = None
            self._show_current()
            return
        left = tuple(each for each in self._book.rules if each.rule_id != rule_id)
        self._save_book(replace(self._book, rules=left))

    def _move(self, by: int) -> None:
        rules, row = list(self._book.rules), self.table.currentIndex().row()
        if 0 <= row < len(rules) and 0 <= row + by < len(rules):
            rules[row], rules[row + by] = rules[row + by], rules[row]
            self._save_book(replace(self._book, rules=tuple(rules)))

    def _save_book(self, book: RuleBook) -> None:
        self._context.link.ask(SaveRules(new_id(), book), self._on_saved)

    def _keep_secret(self, secret: str) -> None:
        def kept(answer: WebhookSecretKept) -> None:
            if answer.sentence:
                self._context.controller.say(answer.sentence, "warn")

        self._context.link.ask(KeepWebhookSecret(new_id(), secret), kept)

    def _on_saved(self, answer: RulesSaved) -> None:
        self.form.show_problem(answer.sentence)
        self.spared.show_problem(answer.sentence)
        if answer.sentence:
            return
        self._context.controller.say("The rules are in use.", "good")
        saved = self._book.find(self.form.rule_id)
        self._new = None
        if saved is not None:
            self.table.choose(self.model.find(lambda rule: rule.rule_id == saved.rule_id))
            self.form.show_rule(saved, self._automation.records.get(saved.rule_id))
        else:
            self._show_current()

    def _resume(self) -> None:
        paused = next(iter(self._book.paused), None)
        if paused is not None:
            self._context.link.tell(ResumeRule(paused.rule_id))
