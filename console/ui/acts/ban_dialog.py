"""The details of a ban: how long, why, and whether the address too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from console.base.plain_text import visible
from console.domain.acts.ban import BAN
from console.domain.acts.table import spec_of
from console.ui.state.targets import Target, names_of
from console.ui.widgets.dialog import PlainDialog
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


class BanDialog(PlainDialog):
    """Asks for the details; ``targets`` were locked when the press began.

    Signals:
        decided: (kind of act, Targets, fields of the act).
    """

    decided = Signal(str, object, object)

    def __init__(self, targets: Sequence[Target], parent: QWidget | None = None) -> None:
        super().__init__("Ban", parent)
        self.setObjectName("ban-dialog")
        self._targets = tuple(targets)
        consequence = spec_of(BAN).consequence
        if len(targets) == 1:
            self.add_heading(f"Ban {names_of(targets)}")
            self.add_sentence(f"{visible(targets[0].user_id)} · {consequence}")
        else:
            self.add_heading(f"Ban {len(targets)} people")
            self.add_sentence(names_of(targets, most=12), ink="")
            self.add_sentence(consequence)
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
        cancel = self.add_button("Cancel", name="cancel")
        cancel.clicked.connect(self.reject)
        self.ban = self.add_button("Ban", tone="danger", name="ban")
        self.ban.setDefault(True)
        self.ban.clicked.connect(self._decide)
        self.setMinimumWidth(420)
        self.presets.button(FIRST).setFocus(Qt.FocusReason.TabFocusReason)

    def _decide(self) -> None:
        details = {
            "minutes": PRESETS[self.presets.checkedId()][1],
            "reason": self.reason.text().strip(),
            "ip_ban": self.ip.isChecked(),
        }
        self.decided.emit(BAN, self._targets, details)
        self.accept()
