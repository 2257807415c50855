"""The details of a ban: how long, why, and whether the address too."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from console.domain.acts.spec import ActSpec
from console.domain.call import Call
from console.ui.acts.act_dialog import ActDialog
from console.ui.state.targets import Target
from console.ui.widgets.plain_text_widgets import PlainLabel

PRESETS: tuple[tuple[str, int | None], ...] = (
    ("10 minutes", 10),
    ("1 hour", 60),
    ("24 hours", 24 * 60),
    ("7 days", 7 * 24 * 60),
    ("For good", None),
)
FIRST = 2
"""Which preset is chosen at first: a day, the middle of the road."""

REASON_LENGTH = 200


class BanDialog(ActDialog):
    """Asks for the details of a ban too; it is itself the default."""

    def __init__(
        self,
        spec: ActSpec,
        targets: Sequence[Target],
        call: Call | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, targets, call, parent)
        self.setObjectName("ban-dialog")
        self.presets = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, (label, _) in enumerate(PRESETS):
            button = QPushButton(label)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"Ban for {label.lower()}")
            button.setChecked(place == FIRST)
            self.presets.addButton(button, place)
            grid.addWidget(button, place // 3, place % 3)
        self.body.addLayout(grid)
        self.body.addWidget(PlainLabel("Reason", ink="dim"))
        self.reason = QLineEdit()
        self.reason.setObjectName("reason")
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("For the record; may stay empty")
        self.reason.setMaxLength(REASON_LENGTH)
        self.body.addWidget(self.reason)
        self.ip = QCheckBox("Ban the IP address too")
        self.ip.setObjectName("ip")
        self.ip.setToolTip("Others behind the same address are kept out as well.")
        self.body.addWidget(self.ip)
        self.go.setDefault(True)
        self.presets.button(FIRST).setFocus(Qt.FocusReason.TabFocusReason)

    def details(self) -> dict[str, Any]:
        return {
            "minutes": PRESETS[self.presets.checkedId()][1],
            "reason": self.reason.text().strip(),
            "ip_ban": self.ip.isChecked(),
        }
