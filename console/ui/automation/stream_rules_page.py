"""Stream's own call rules: read and written, as a form or JSON, tried on saved calls, watched."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from console.base.plain_text import visible
from console.domain.names import plain_name
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.stream_rules import (
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    RuleEffect,
    StopTrial,
    StreamRule,
    StreamRules,
    StreamRuleTried,
    TrialProgress,
    TryStreamRule,
)
from console.ui.automation.sessions_picker import SessionsPicker
from console.ui.automation.stream_rule_fields import KINDS
from console.ui.automation.stream_rule_form import StreamRuleForm
from console.ui.automation.trial_words import trial_words
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button, text_field
from console.ui.widgets.layouts import in_column, in_row, split, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.short_texts import clock
from console.ui.widgets.table_model import Column, TableModel

TEMPLATE = """{
  "name": "insults in calls",
  "rule_type": "call",
  "enabled": true,
  "config_keys": [],
  "cooldown_period": "5m",
  "conditions": [
    {
      "type": "closed_caption_rule",
      "closed_caption_rule_params": {
        "harm_labels": ["INSULT"],
        "threshold": 2,
        "time_window": "1m"
      }
    }
  ],
  "action_sequences": [
    {
      "violation_number": 1,
      "actions": ["call_warning"],
      "call_options": {"warning_text": "Please mind your words."}
    },
    {"violation_number": 2, "actions": ["mute_audio", "flag_user"]}
  ]
}"""
"""What a new rule begins with: a warning, then a mute and a flag."""

_NO_SECRET = Blank(
    "lock",
    "Stream's call rules need the app secret.",
    "You are signed in with a user token, which may neither read nor write them.",
)
_NO_RULES = Blank("bolt", "The app has no call rules.", "New rule begins one.")

NOT_TRIED = "No rule was tried yet."

_HINT = (
    "These rules run on Stream's servers and act at once, without this console. The rules of"
    " this console are another thing: they count down, and people can stop them."
)


def _rule_columns() -> Sequence[Column[StreamRule]]:
    return (
        Column("Rule", lambda rule: visible(rule.name), 180),
        Column("Type", lambda rule: visible(rule.rule_type), 76, "text_dim"),
        Column(
            "On",
            lambda rule: "on" if rule.enabled else "off",
            52,
            lambda rule: "good" if rule.enabled else "text_faint",
        ),
        Column("What it does", lambda rule: visible(rule.summary), tone="text_dim"),
    )


class StreamRulesPage(QWidget):
    """Nothing is asked of Stream before the page is shown."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._automation = context.session.automation
        self._asked = False
        self._tried: tuple[RuleEffect, ...] = ()
        self._tried_words = NOT_TRIED
        self._trial = self._on_trial = ""
        """The question whose answer is awaited, and the rule that is tried."""
        self.model: TableModel[StreamRule] = TableModel(
            _rule_columns(), self, row_tip=lambda rule: visible(rule.summary)
        )
        self.table = RowTable(self.model, "Stream's call rules", context.theme)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.blank = BlankPage(context.theme, low=True)
        self.blank.show_blank(_NO_RULES)
        self._rules = stacked(self.table, self.blank)
        self.add = push_button("New rule", self._add, name="stream-rule-add")
        self.read = push_button("Read again", self.ask, name="stream-rule-read")
        self.remove = push_button("Remove rule", self._remove, tone="link", name="stream-rule-drop")
        self.document = text_field("The rule as JSON", "A rule as JSON", name="stream-rule")
        self.form = StreamRuleForm()
        self.views = Segments((("form", "Form"), ("json", "JSON")), "The rule as")
        self.views.chosen.connect(self.show_view)
        self._views = stacked(self.form, self.document)
        self.form.document_changed.connect(self._write_form)
        self.sessions = SessionsPicker(context.link)
        self.sessions.changed.connect(self._offer)
        self.try_it = push_button("Try on saved calls", self._try, name="stream-rule-try")
        self.stop = push_button("Stop", self._stop_trial, name="stream-rule-stop")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of the trial")
        self.write = push_button(
            "Write to Stream", self._write, tone="primary", name="stream-rule-write"
        )
        self.document.textChanged.connect(self._on_document)
        self.told = PlainLabel(_HINT, ink="dim", wrap=True)
        self.which = Segments(
            (("seen", "Seen in calls"), ("calls", "Saved calls"), ("tried", "Tried")), "Effects"
        )
        self.which.chosen.connect(lambda _key: self._show_below())
        self.effects: TableModel[RuleEffect] = TableModel(self._effect_columns(), self)
        self.effects_table = RowTable(self.effects, "What Stream's rules did", context.theme)
        self.effects_table.activated.connect(lambda index: self._go_to(index.row()))
        self._below = stacked(self.effects_table, self.sessions)
        self.summary = PlainLabel(ink="dim", wrap=True)
        margins = (16, 6, 16, 6)
        top = QWidget()
        tools = in_row(self.add, self.read, None, self.remove, margins=margins)
        in_column((self._rules, 1), tools, owner=top)
        middle = QWidget()
        in_column(
            self.told,
            (self._views, 1),
            in_row(self.views, None, self.try_it, self.stop, self.write),
            owner=middle,
            margins=margins,
            spacing=6,
        )
        below = QWidget()
        in_column(
            in_row(self.which, (self.summary, 1), margins=margins),
            self.progress,
            (self._below, 1),
            owner=below,
        )
        page = split(Qt.Orientation.Vertical, (top, 2), (middle, 4), (below, 2))
        page.setSizes([110, 400, 170])
        self.closed = BlankPage(context.theme)
        self.closed.show_blank(_NO_SECRET)
        self._stack = stacked(page, self.closed)
        in_column((self._stack, 1), owner=self)
        self._automation.effects_changed.connect(self._show_effects)
        context.session.state_changed.connect(self._on_state)
        context.session.cleared.connect(self._forget)
        self._automation.trial_told.connect(self._show_progress)
        self._on_document()
        self.remove.setEnabled(False)
        self._on_state()
        self._show_effects()

    def show_view(self, name: str) -> None:
        """Show the rule as a form, or as JSON."""
        self.views.choose(name)
        self._views.setCurrentWidget(self.form if name == "form" else self.document)

    def edit(self) -> None:
        """Put the keyboard into the rule."""
        shown = self.document if self.views.key() == "json" else self.form.name
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_document(self) -> None:
        document = self.document.toPlainText()
        self.form.show_document(document)
        self.write.setEnabled(bool(document.strip()))
        self._offer()

    def _write_form(self, document: str) -> None:
        self.document.setPlainText(document)

    def ask(self) -> None:
        """Read the rules from Stream, and what is saved to try them on."""
        self._asked = True
        self.sessions.refresh()
        self._context.link.ask(AskStreamRules(new_id()), self._on_rules)

    def show_now(self) -> None:
        """The page is on the screen: read the rules if that was not done."""
        ready = self._context.session.state.phase is not Phase.SIGNED_OUT
        if not self._asked and ready and self._stack.currentIndex() == 0:
            self.ask()

    def _on_state(self, *_state: object) -> None:
        token = self._context.session.state.method is Method.TOKEN
        self._stack.setCurrentIndex(1 if token else 0)
        if self.isVisible():
            self.show_now()

    def _forget(self) -> None:
        self._asked, self._tried, self._trial = False, (), ""
        self.sessions.forget()
        self.model.show_rows(())
        self._show_effects()

    def _current(self) -> StreamRule | None:
        return self.model.row(self.table.currentIndex().row())

    def _show_current(self) -> None:
        rule = self._current()
        self.remove.setEnabled(rule is not None)
        if rule is not None:
            self.document.setPlainText(rule.document)
            self._tell(visible(rule.summary) or _HINT)

    def _add(self) -> None:
        self.table.clearSelection()
        self.document.setPlainText(TEMPLATE)
        self._tell(_HINT)
        self.edit()

    def _remove(self) -> None:
        rule = self._current()
        if rule is not None:
            self._context.link.ask(DropStreamRule(new_id(), rule.rule_id), self._on_rules)

    def _write(self) -> None:
        question = PutStreamRule(new_id(), self.document.toPlainText())
        self._context.link.ask(question, self._on_written)

    def _try(self) -> None:
        chosen = tuple((each.cid, each.session_id) for each in self.sessions.chosen())
        question = TryStreamRule(new_id(), self.document.toPlainText(), chosen)
        self._trial, self._on_trial = question.request_id, question.document
        self._context.link.ask(question, self._on_tried)
        self.which.choose("tried")
        self._tried, self._tried_words = (), "Trying…"
        self._show_below()
        self._offer()

    def _stop_trial(self) -> None:
        self._context.link.tell(StopTrial(self._trial))

    def _offer(self) -> None:
        """What can be done with the rule that is shown."""
        chosen, runs = self.sessions.chosen(), bool(self._trial)
        many = f"{len(chosen):,} saved sessions" if len(chosen) != 1 else "one saved session"
        self.try_it.setText(f"Try on {many}")
        self.try_it.setEnabled(bool(chosen) and bool(self.document.toPlainText().strip()))
        had_focus = self.try_it.hasFocus() or self.stop.hasFocus()
        self.try_it.setVisible(not runs)
        self.stop.setVisible(runs)
        self.progress.setVisible(runs)
        if had_focus:
            shown = self.stop if runs else self.try_it
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_progress(self, told: TrialProgress) -> None:
        if told.request_id == self._trial:
            self.progress.setMaximum(max(1, told.total))
            self.progress.setValue(told.done)
            self._tried_words = f"Trying: {told.done:,} of {told.total:,}"
            self._show_below()

    def _on_written(self, answer: StreamRules) -> None:
        self._on_rules(answer)
        if not answer.sentence:
            self._context.controller.say("Stream has the rule now; it acts at once.", "good")

    def _on_rules(self, answer: StreamRules) -> None:
        if answer.sentence:
            self._tell(f"{answer.sentence} {answer.advice}".strip(), bad=True)
            return
        chosen = self._current()
        self.model.show_rows(answer.rules)
        self._rules.setCurrentIndex(0 if answer.rules else 1)
        name = chosen.rule_id if chosen else ""
        self.table.choose(self.model.find(lambda rule: rule.rule_id == name))
        self.remove.setEnabled(self._current() is not None)

    def _on_tried(self, answer: StreamRuleTried) -> None:
        if answer.request_id == self._trial:
            self._trial = ""
            self._offer()
        if answer.sentence:
            self._tried_words = NOT_TRIED
            self._tell(f"{answer.sentence} {answer.advice}".strip(), bad=True)
        else:
            self._tell(visible(answer.summary))
            self._tried, self._tried_words = answer.effects, trial_words(answer, self._on_trial)
        self.which.choose("tried")
        self._show_below()

    def _go_to(self, row: int) -> None:
        effect = self.effects.row(row)
        if effect is None or not effect.item_id:
            self._context.controller.say("Nothing shows which line it was.")
        elif self._context.session.history.line(effect.item_id) is None:
            self._context.controller.say("That is no longer in the transcript of this window.")
        else:
            self._context.controller.show_line(effect.cid, effect.item_id)

    def _tell(self, words: str, *, bad: bool = False) -> None:
        self.told.show_text(words)
        self.told.set_ink("bad" if bad else "dim")

    def _show_below(self) -> None:
        calls = self.which.key() == "calls"
        self._below.setCurrentIndex(1 if calls else 0)
        if calls:
            self.sessions.refresh()
            self.summary.show_text("A rule is tried on what is chosen here.")
        else:
            self._show_effects()

    def _show_effects(self) -> None:
        if self.which.key() == "tried":
            self.effects.show_rows(self._tried)
            self.summary.show_text(self._tried_words)
        elif self.which.key() == "seen":
            rows = tuple(reversed(self._automation.effects))
            self.effects.show_rows(rows)
            words = "What nobody is named for may be a server of the app." if rows else ""
            self.summary.show_text(words or "Nothing of Stream's rules was seen in this sign-in.")

    def _effect_columns(self) -> Sequence[Column[RuleEffect]]:
        return (
            Column("Time", lambda each: clock(each.at, ""), 72, "text_dim"),
            Column("Who", lambda each: _who(each), 130),
            Column("Call", self._call_name, 130, "text_dim", room=640),
            Column("Met by", _part, 110, "text_dim", room=540),
            Column("What", _what, 220, lambda each: "" if each.sure else "text_dim"),
            Column("Said or shown", lambda each: visible(each.text), tone="text_dim"),
        )

    def _call_name(self, effect: RuleEffect) -> str:
        call = self._context.session.call(effect.cid)
        return visible(call.name if call else effect.cid)


def _who(effect: RuleEffect) -> str:
    return plain_name(effect.name, effect.user_id) if effect.user_id else "everyone"


def _part(effect: RuleEffect) -> str:
    return KINDS.get(effect.part, "")


def _what(effect: RuleEffect) -> str:
    number = f"violation {effect.violation}: " if effect.violation else ""
    doubt = "" if effect.sure else ", or a server"
    return f"{number}{visible(effect.what)}{doubt}"
