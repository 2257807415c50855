"""What a call rule of Stream looks for and does, as rows of fields."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from console.ui.automation.fields import Number, OneOf, show_words, words_field, words_in
from console.ui.automation.stream_rule_fields import ACTIONS, KINDS, ConditionFields, StepFields
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel

MOST_TIMES = 1_000


class ConditionRow(QFrame):
    """One condition: what is looked at, for which labels, and how often."""

    def __init__(
        self, shown: ConditionFields, changed: Callable[[], object], remove: Callable[[], object]
    ) -> None:
        super().__init__()
        self.kind = OneOf("What is looked at", list(KINDS.items()), changed)
        self.kind.show_value(shown.kind)
        self.labels = words_field("Labels", "any label, or such as INSULT, THREAT", changed)
        show_words(self.labels, shown.labels)
        self.threshold = Number("How often", 1, MOST_TIMES, changed, unit="times")
        self.threshold.setValue(shown.threshold)
        self.window_ = line_field("Within", "in a row; or within: 30s, 1m")
        self.window_.setText(shown.time_window)
        self.window_.textEdited.connect(lambda _text: changed())
        self.remove = push_button("Remove", remove, tone="link")
        in_column(
            in_row((self.kind, 1), (self.labels, 2)),
            in_row((self.threshold, 1), (self.window_, 2), self.remove),
            owner=self,
            spacing=4,
        )

    def fields(self) -> ConditionFields:
        """What stands there."""
        return ConditionFields(
            kind=self.kind.value(),
            labels=words_in(self.labels.text()),
            threshold=int(self.threshold.value()),
            time_window=self.window_.text().strip(),
        )


class StepRow(QFrame):
    """What one violation leads to."""

    def __init__(
        self, shown: StepFields, changed: Callable[[], object], remove: Callable[[], object]
    ) -> None:
        super().__init__()
        self._changed = changed
        self.violation = Number("Violation", 1, MOST_TIMES, changed)
        self.violation.setPrefix("violation ")
        self.violation.setValue(shown.violation)
        flow = FlowLayout(gap=10)
        self.boxes: dict[str, QCheckBox] = {}
        for action, words in ACTIONS.items():
            box = self.boxes[action] = QCheckBox(words)
            box.setChecked(action in shown.actions)
            box.setToolTip(action)
            box.toggled.connect(self._on_toggled)
            flow.addWidget(box)
        boxes = QWidget()
        boxes.setLayout(flow)
        self.text = line_field("Warning", "What the warning says")
        self.text.setText(shown.warning_text)
        self.text.textEdited.connect(lambda _text: changed())
        self.remove = push_button("Remove", remove, tone="link")
        head = in_row(PlainLabel("At", ink="dim"), (self.violation, 1), None, self.remove)
        in_column(head, boxes, self.text, owner=self, spacing=4)
        self._show_text()

    def fields(self) -> StepFields:
        """What stands there."""
        return StepFields(
            violation=int(self.violation.value()),
            actions=tuple(action for action, box in self.boxes.items() if box.isChecked()),
            warning_text=self.text.text().strip(),
        )

    def _on_toggled(self, _on: bool) -> None:
        self._show_text()
        self._changed()

    def _show_text(self) -> None:
        warns = self.boxes["call_warning"].isChecked()
        self.text.setVisible(warns or bool(self.text.text()))
