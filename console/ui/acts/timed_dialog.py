"""The details of a sanction for a time: how long, and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QPushButton, QWidget

from console.domain.acts.spec import ActSpec
from console.domain.preset_times import Minutes, middle, time_words
from console.ui.acts.act_dialog import ActDialog
from console.ui.state.targets import Target
from console.ui.widgets.plain_text_widgets import PlainLabel

REASON_LENGTH = 200
IN_A_ROW = 3


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
        self._times = tuple(times)
        chosen = self._times.index(first) if first in self._times else middle(self._times)
        self.presets = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, minutes in enumerate(self._times):
            words = time_words(minutes)
            button = QPushButton(f"{place + 1}   {words[0].upper()}{words[1:]}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{spec.title}: {words}, key {place + 1}")
            button.setChecked(place == chosen)
            self.presets.addButton(button, place)
            grid.addWidget(button, place // IN_A_ROW, place % IN_A_ROW)
        self.body.addLayout(grid)
        self.body.addWidget(PlainLabel("Reason", ink="dim"))
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("For the record; may stay empty")
        self.reason.setMaxLength(REASON_LENGTH)
        self.body.addWidget(self.reason)
        self.go.setDefault(True)
        self.presets.button(chosen).setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def minutes(self) -> Minutes:
        """The time that is chosen."""
        return self._times[self.presets.checkedId()]

    def details(self) -> dict[str, Any]:
        return {"minutes": self.minutes, "reason": self.reason.text().strip()}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        button = self.presets.button(int(digit) - 1) if digit in tuple("123456789") else None
        if button is None:
            super().keyPressEvent(event)
            return
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
