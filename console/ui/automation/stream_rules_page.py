"""Stream's own call rules: read and written, as a form or JSON, tried on kept lines, watched."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.names import plain_name
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.stream_rules import (
    AskStreamRules,
    DropStreamRule,
    PutStreamRule,
    RuleEffect,
    StreamRule,
    StreamRules,
    StreamRuleTried,
    TryStreamRule,
)
from console.ui.automation.stream_rule_form import StreamRuleForm
from console.ui.state.engine_link import new_id
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button, text_field
from console.ui.widgets.layouts import in_column, in_row, split, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.short_texts import clock, count
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
        self.try_it = push_button("Try on kept lines", self._try, name="stream-rule-try")
        self.write = push_button(
            "Write to Stream", self._write, tone="primary", name="stream-rule-write"
        )
        self.document.textChanged.connect(self._on_document)
        self.told = PlainLabel(_HINT, ink="dim", wrap=True)
        self.which = Segments((("seen", "Seen in calls"), ("tried", "Tried")), "Effects")
        self.which.chosen.connect(lambda _key: self._show_effects())
        self.effects: TableModel[RuleEffect] = TableModel(self._effect_columns(), self)
        self.effects_table = RowTable(self.effects, "What Stream's rules did", context.theme)
        self.summary = PlainLabel(ink="dim", wrap=True)
        margins = (16, 6, 16, 6)
        top = QWidget()
        tools = in_row(self.add, self.read, None, self.remove, margins=margins)
        in_column((self._rules, 1), tools, owner=top)
        middle = QWidget()
        in_column(
            self.told,
            (self._views, 1),
            in_row(self.views, None, self.try_it, self.write),
            owner=middle,
            margins=margins,
            spacing=6,
        )
        below = QWidget()
        in_column(
            in_row(self.which, (self.summary, 1), margins=margins),
            (self.effects_table, 1),
            owner=below,
        )
        page = split(Qt.Orientation.Vertical, (top, 2), (middle, 4), (below, 2))
        page.setSizes([120, 440, 120])
        self.closed = BlankPage(context.theme)
        self.closed.show_blank(_NO_SECRET)
        self._stack = stacked(page, self.closed)
        in_column((self._stack, 1), owner=self)
        self._automation.effects_changed.connect(self._show_effects)
        context.session.state_changed.connect(self._on_state)
        context.session.cleared.connect(self._forget)
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
        for button in (self.try_it, self.write):
            button.setEnabled(bool(document.strip()))

    def _write_form(self, document: str) -> None:
        self.document.setPlainText(document)

    def ask(self) -> None:
        """Read the rules from Stream."""
        self._asked = True
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
        self._asked, self._tried = False, ()
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
        question = TryStreamRule(new_id(), self.document.toPlainText())
        self._context.link.ask(question, self._on_tried)

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
        if answer.sentence:
            self._tell(answer.sentence, bad=True)
            return
        self._tell(visible(answer.summary))
        self._tried = answer.effects
        self.which.choose("tried")
        self._show_effects()
        times = count(len(answer.effects), "violation")
        lines = count(answer.lines, "line")
        words = f"{times} in the last {lines} that were kept. Frames are not kept."
        self.summary.show_text(words)

    def _tell(self, words: str, *, bad: bool = False) -> None:
        self.told.show_text(words)
        self.told.set_ink("bad" if bad else "dim")

    def _show_effects(self) -> None:
        seen = self.which.key() == "seen"
        rows = tuple(reversed(self._automation.effects)) if seen else tuple(reversed(self._tried))
        self.effects.show_rows(rows)
        if seen:
            words = "What nobody is named for may be a server of the app." if rows else ""
            self.summary.show_text(words or "Nothing of Stream's rules was seen in this sign-in.")

    def _effect_columns(self) -> Sequence[Column[RuleEffect]]:
        return (
            Column("Time", lambda each: clock(each.at, ""), 72, "text_dim"),
            Column("Who", lambda each: _who(each), 130),
            Column("Call", self._call_name, 130, "text_dim", room=640),
            Column("What", _what, 220, lambda each: "" if each.sure else "text_dim"),
            Column("Said", lambda each: visible(each.text), tone="text_dim"),
        )

    def _call_name(self, effect: RuleEffect) -> str:
        call = self._context.session.call(effect.cid)
        return visible(call.name if call else effect.cid)


def _who(effect: RuleEffect) -> str:
    return plain_name(effect.name, effect.user_id) if effect.user_id else "everyone"


def _what(effect: RuleEffect) -> str:
    number = f"violation {effect.violation}: " if effect.violation else ""
    doubt = "" if effect.sure else ", or a server"
    return f"{number}{visible(effect.what)}{doubt}"
