"""The last question before an act that hits a whole call."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.act import ActKind
from console.domain.act_table import ACTS
from console.domain.call import Call
from console.ui.delegates.words import count
from console.ui.dialogs.base import PlainDialog
from console.ui.targets import Target


def consequence(kind: ActKind, call: Call | None) -> str:
    """What the act does to how many people."""
    spec = ACTS[kind]
    if call is None:
        return spec.consequence
    people = count(call.people, "person", "people")
    match kind:
        case ActKind.END_CALL:
            return f"Ends the call for {people}. There is no way back."
        case ActKind.MUTE_EVERYONE_AUDIO:
            return f"Silences {people} now; they can unmute themselves."
        case _:
            return f"Concerns {people}. {spec.consequence}"


class ConfirmDialog(PlainDialog):
    """Names the call, the act and its consequence; Cancel is the default.

    Signals:
        confirmed: (ActKind, Target).
    """

    confirmed = Signal(object, object)

    def __init__(
        self, kind: ActKind, target: Target, call: Call | None, parent: QWidget | None = None
    ) -> None:
        label = ACTS[kind].label.rstrip("…")
        super().__init__(label, parent)
        self.setObjectName("confirm-dialog")
        self._kind, self._target = kind, target
        self.add_heading(f"{label}: {visible(target.call_name or target.cid)}?")
        self.words = self.add_sentence(consequence(kind, call), ink="")
        self.add_sentence(target.cid, ink="faint")
        cancel = self.add_button("Cancel", name="cancel")
        cancel.clicked.connect(self.reject)
        cancel.setDefault(True)
        self.go = self.add_button(label, tone="danger", name="go")
        self.go.clicked.connect(self._confirm)
        self.setMinimumWidth(400)
        cancel.setFocus(Qt.FocusReason.TabFocusReason)

    def _confirm(self) -> None:
        self.confirmed.emit(self._kind, self._target)
        self.accept()
