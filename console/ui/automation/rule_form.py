"""One rule as a form: its name, how far it may go, when it fits, what it does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from console.domain.automation.check import LONGEST_NAME, LONGEST_VETO_S
from console.domain.automation.record import RuleRecord
from console.domain.automation.rule import Mode, Rule
from console.ui.automation.conditions_form import ConditionsForm, WindowField
from console.ui.automation.fields import Number, Sheet
from console.ui.automation.steps_form import StepsForm
from console.ui.automation.words import MODES, record_words
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.segments import Segments


class RuleForm(QWidget):
    """Nothing that is typed here is in use before it is saved.

    Signals:
        saved: the Rule as it is now. removed: its id.
    """

    saved = Signal(object)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rule: Rule | None = None
        self._filling = False
        self.name = line_field("Name of the rule", "Name of the rule", name="rule-name")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textEdited.connect(lambda _text: self._on_changed())
        self.mode = Segments([(mode.value, words) for mode, (words, _) in MODES.items()], "Mode")
        self.mode.chosen.connect(lambda _key: self._on_changed())
        self.mode_help = PlainLabel(ink="dim", wrap=True)
        self.veto = Number(
            "Countdown", 0, LONGEST_VETO_S, self._on_changed, unit="s", nothing="at once"
        )
        self.record = PlainLabel(ink="dim", wrap=True)
        self.when = ConditionsForm(self._on_changed)
        self.steps = StepsForm(self._on_changed)
        self.cooldown = Number("Pause", 0, 86_400, self._on_changed, unit="s", nothing="no pause")
        self.ladder = WindowField("Earlier times count over", self._on_changed)
        self.save = push_button("Save", self._save, tone="primary", name="rule-save")
        self.revert = push_button("Undo changes", self._revert, name="rule-revert")
        self.remove = push_button("Remove rule", self._remove, tone="link", name="rule-remove")
        self.problem = PlainLabel(ink="bad", wrap=True)
        ladder = Sheet()
        ladder.add(
            "Pause after it",
            self.cooldown,
            "So long the rule does no more to the same person after it did something.",
        )
        ladder.add("Times count over", self.ladder, "What makes it the second time, the third.")
        countdown = Sheet()
        countdown.add(
            "Countdown",
            self.veto,
            "So long one key can stop it; another one lets it act at once.",
        )
        self._countdown = QWidget()
        self._countdown.setLayout(countdown)
        page = QWidget()
        in_column(
            self.name,
            self.mode,
            self.mode_help,
            self._countdown,
            self.record,
            PlainLabel("When").strengthen(1.1),
            self.when,
            PlainLabel("What it does").strengthen(1.1),
            self.steps,
            ladder,
            None,
            owner=page,
            margins=(16, 12, 16, 12),
            spacing=8,
        )
        page.setProperty("surface", "panel")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        foot = in_row(self.remove, (self.problem, 1), self.revert, self.save)
        foot.setContentsMargins(16, 6, 16, 8)
        in_column((area, 1), foot, owner=self)
        self._enable(changed=False)

    @property
    def changed(self) -> bool:
        """Whether something stands here that is not saved."""
        return self.save.isEnabled()

    @property
    def rule_id(self) -> str:
        """The rule that is shown; "" for none."""
        return self._rule.rule_id if self._rule else ""

    @property
    def shown(self) -> Rule | None:
        """The rule that is shown, as it is in use."""
        return self._rule

    def show_rule(self, rule: Rule, record: RuleRecord | None, *, new: bool = False) -> None:
        """Show ``rule``; ``new``: it is not saved yet."""
        self._rule = rule
        self._filling = True
        self.name.setText(rule.name)
        self.mode.choose(rule.mode)
        self.veto.setValue(rule.veto_s)
        self.when.show_conditions(rule.when)
        self.steps.show_steps(rule.steps)
        self.cooldown.setValue(rule.cooldown_s)
        self.ladder.show_window(rule.ladder)
        self._filling = False
        self.show_record(record)
        self.show_problem("")
        self._show_mode()
        self._enable(changed=new)

    def show_record(self, record: RuleRecord | None) -> None:
        """Show how the rule has done."""
        self.record.show_text(record_words(record))

    def show_problem(self, sentence: str) -> None:
        """Why it could not be saved; "" where it was."""
        self.problem.show_text(sentence)

    def rule(self) -> Rule | None:
        """What stands here."""
        if self._rule is None:
            return None
        return Rule(
            rule_id=self._rule.rule_id,
            name=self.name.text().strip(),
            when=self.when.conditions(),
            steps=self.steps.values(),
            mode=Mode(self.mode.key()),
            ladder=self.ladder.window_of(),
            cooldown_s=self.cooldown.value(),
            veto_s=self.veto.value(),
        )

    def _on_changed(self) -> None:
        if self._filling:
            return
        self._show_mode()
        self.show_problem("")
        self._enable(changed=self.rule() != self._rule)

    def _show_mode(self) -> None:
        mode = Mode(self.mode.key())
        self.mode_help.show_text(MODES[mode][1])
        self._countdown.setVisible(mode is Mode.ACT)

    def _enable(self, *, changed: bool) -> None:
        self.save.setEnabled(changed)
        self.revert.setEnabled(changed)

    def _save(self) -> None:
        self.saved.emit(self.rule())

    def _revert(self) -> None:
        if self._rule is not None:
            record = self.record.text()
            self.show_rule(self._rule, None)
            self.record.show_text(record)

    def _remove(self) -> None:
        self.removed.emit(self.rule_id)
