"""What a rule does the first time, the second, and so on, as fields."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from console.domain.automation.check import LONGEST_BAN, LONGEST_TEXT, MOST_STEPS
from console.domain.automation.decide import IRREVERSIBLE
from console.domain.automation.rule import Response, Step
from console.ui.automation.fields import Number
from console.ui.automation.words import new_step, step_title
from console.ui.state.proposal_words import RESPONSES
from console.ui.widgets.controls import line_field, push_button
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip

_HELP = {
    Response.NOTIFY: "Shows a sentence; nobody is touched.",
    Response.FLAG: "Puts it into Stream's review queue.",
    Response.WARN: "A custom event of the call: the app of the call has to show it.",
    Response.BLUR: "A custom event of the call: the app of the call has to blur.",
    Response.DELETE_MESSAGE: "A chat message in the review queue; always waits for a person.",
    Response.STOP_SCREEN: "Stops their screen share and its sound; they can start again.",
    Response.MUTE: "Mutes their microphone; they can unmute themselves.",
    Response.REVOKE_AND_MUTE: "Takes their microphone away until somebody gives it back.",
    Response.KICK: "Nothing takes it back, so it always waits for a person.",
    Response.BLOCK: "Keeps them out of this call until they are unblocked.",
    Response.BAN: "Keeps them out of the whole app for a time.",
}


class StepForm(QWidget):
    """One rung of the ladder."""

    def __init__(
        self, step: Step, changed: Callable[[], object], remove: Callable[[], object]
    ) -> None:
        super().__init__()
        self._changed = changed
        self.title = PlainLabel()
        self.title.strengthen()
        self.remove = push_button("Remove", remove, tone="link")
        flow = FlowLayout(gap=10)
        self.boxes: dict[Response, QCheckBox] = {}
        for response, words in RESPONSES.items():
            box = self.boxes[response] = QCheckBox(words)
            box.setChecked(response in step.responses)
            final = " (asks)" if response in IRREVERSIBLE else ""
            box.setText(f"{words}{final}")
            box.setToolTip(tip(_HELP[response]))
            box.setAccessibleDescription(_HELP[response])
            box.toggled.connect(self._on_toggled)
            flow.addWidget(box)
        boxes = QWidget()
        boxes.setLayout(flow)
        self.minutes = Number("Ban lasts", 1, LONGEST_BAN, changed, unit="minutes")
        self.minutes.setValue(step.minutes)
        self.text = line_field("Warning", "What the warning says; empty: the usual words")
        self.text.setMaxLength(LONGEST_TEXT)
        self.text.setText(step.text)
        self.text.textEdited.connect(lambda _text: changed())
        head = in_row(self.title, None, self.remove)
        in_column(head, boxes, in_row(self.minutes, (self.text, 1)), owner=self, spacing=4)
        self._show_details()

    def step(self) -> Step:
        """What stands there."""
        return Step(
            responses=tuple(each for each, box in self.boxes.items() if box.isChecked()),
            minutes=int(self.minutes.value()),
            text=self.text.text().strip(),
        )

    def show_place(self, number: int, steps: int) -> None:
        """Say which time it is for."""
        self.title.show_text(step_title(number, last=number == steps - 1 and steps > 1))
        self.title.setVisible(steps > 1)
        self.remove.setVisible(steps > 1)
        self.remove.setAccessibleName(f"Remove: {step_title(number, last=False).lower()}")

    def _on_toggled(self, _on: bool) -> None:
        self._show_details()
        self._changed()

    def _show_details(self) -> None:
        self.minutes.setVisible(self.boxes[Response.BAN].isChecked())
        self.text.setVisible(self.boxes[Response.WARN].isChecked())


class StepsForm(QWidget):
    """The ladder. ``changed`` is called where a person changed something."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self.steps: list[StepForm] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.more = push_button("Something else the next time", self._add, tone="link")
        in_column(self._column, in_row(self.more, None), owner=self, spacing=6)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show ``steps``; the caller ignores the changes meanwhile."""
        for form in self.steps:
            form.setParent(None)
            form.deleteLater()
        self.steps = []
        for step in steps:
            self._append(step)
        self._number()

    def values(self) -> tuple[Step, ...]:
        """What stands there."""
        return tuple(form.step() for form in self.steps)

    def _append(self, step: Step) -> None:
        form = StepForm(step, self._changed, lambda: self._remove(form))
        self.steps.append(form)
        self._column.addWidget(form)

    def _add(self) -> None:
        self._append(new_step())
        self._number()
        self._changed()

    def _remove(self, form: StepForm) -> None:
        self.steps.remove(form)
        form.setParent(None)
        form.deleteLater()
        self._number()
        self._changed()

    def _number(self) -> None:
        for number, form in enumerate(self.steps):
            form.show_place(number, len(self.steps))
        self.more.setVisible(len(self.steps) < MOST_STEPS)
