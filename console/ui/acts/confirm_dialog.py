"""The last question before an act that hits a whole call or several people."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from console.domain.acts.spec import ActSpec, Scope
from console.domain.acts.table import spec_of
from console.domain.call import Call
from console.ui.state.targets import Target, clipped, names_of
from console.ui.widgets.badge_words import count
from console.ui.widgets.dialog import PlainDialog


def consequence(spec: ActSpec, call: Call | None) -> str:
    """What the act does to how many people."""
    if call is None:
        return spec.consequence
    people = count(call.people, "person", "people")
    return spec.question.format(people=people, consequence=spec.consequence)


class ConfirmDialog(PlainDialog):
    """Names the call or the people, the act and its consequence; Cancel is the default.

    Signals:
        decided: (kind of act, Targets, no fields of the act).
    """

    decided = Signal(str, object, object)

    def __init__(
        self,
        kind: str,
        targets: Sequence[Target],
        call: Call | None,
        parent: QWidget | None = None,
    ) -> None:
        spec, first = spec_of(kind), targets[0]
        label = spec.title
        super().__init__(label, parent)
        self.setObjectName("confirm-dialog")
        self._kind, self._targets = kind, tuple(targets)
        where = clipped(first.call_name or first.cid)
        if spec.scope is Scope.CALL:
            self.add_heading(f"{label}: {where}?")
            self.words = self.add_sentence(consequence(spec, call), ink="")
        else:
            self.add_heading(f"{label}: {count(len(targets), 'person', 'people')} in {where}?")
            self.words = self.add_sentence(names_of(targets, most=12), ink="")
            self.add_sentence(spec.consequence)
        self.add_sentence(first.cid, ink="faint")
        cancel = self.add_button("Cancel", name="cancel")
        cancel.clicked.connect(self.reject)
        cancel.setDefault(True)
        self.go = self.add_button(label, tone="danger", name="go")
        self.go.clicked.connect(self._confirm)
        self.setMinimumWidth(400)
        cancel.setFocus(Qt.FocusReason.TabFocusReason)

    def _confirm(self) -> None:
        self.decided.emit(self._kind, self._targets, {})
        self.accept()
