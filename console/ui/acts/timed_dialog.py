"""The details of a sanction for a time: how long, and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.acts.spec import ActSpec
from console.domain.preset_times import Minutes
from console.ui.acts.act_dialog import ActDialog
from console.ui.state.targets import Target
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.time_buttons import TimeButtons

REASON_LENGTH = 200
WIDTH = 540
"""All presets stand in one row."""


class TimedDialog(ActDialog):
    """Asks for the time and the reason; the act itself is the default.

    Each time has its digit as a key, except while the reason is written.

    Args:
        times: the presets. first: the one that was chosen last, where it is among them.
    """

    def __init__(
        self,
        spec: ActSpec,
        targets: Sequence[Target],
        times: Sequence[Minutes],
        first: Minutes | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, targets, parent)
        self.setObjectName(f"{spec.kind}-dialog")
        self.times = TimeButtons(spec.title, chooses=True)
        self.times.offer(times, first)
        self.presets = self.times.group
        self.body.addWidget(self.times)
        self.body.addWidget(PlainLabel("Reason", ink="dim"))
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("For the record; may stay empty")
        self.reason.setMaxLength(REASON_LENGTH)
        self.body.addWidget(self.reason)
        self.go.setDefault(True)
        self.setMinimumWidth(WIDTH)
        self.times.focus()

    @property
    def minutes(self) -> Minutes:
        """The time that is chosen."""
        return self.times.minutes

    def details(self) -> dict[str, Any]:
        return {"minutes": self.minutes, "reason": self.reason.text().strip()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.times.press_digit(event.text()):
            super().keyPressEvent(event)
