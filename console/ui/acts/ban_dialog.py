"""The details of a ban: how long, why, and whether the address too."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from console.domain.acts.spec import ActSpec
from console.domain.preset_times import Minutes
from console.ui.acts.timed_dialog import TimedDialog
from console.ui.state.targets import Target


class BanDialog(TimedDialog):
    """Asks whether the address is banned too."""

    def __init__(
        self,
        spec: ActSpec,
        targets: Sequence[Target],
        times: Sequence[Minutes],
        first: Minutes | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, targets, times, first, parent)
        self.ip = QCheckBox("Ban the IP address too")
        self.ip.setObjectName("ip")
        self.ip.setToolTip("Others behind the same address are kept out as well.")
        self.body.addWidget(self.ip)

    def details(self) -> dict[str, Any]:
        return {**super().details(), "ip_ban": self.ip.isChecked()}
