"""What the forms of acts share: whom it is about, what it does, and the two ways out."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.domain.acts.spec import ActSpec
from console.ui.state.targets import Target, clipped, names_of
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.short_texts import count


class ActDialog(PlainDialog):
    """Names the people, the act and its consequence; Cancel is the default.

    Its ``targets`` were locked when the press began; they are several people or one target.

    Signals:
        decided: (kind of act, Targets, fields of the act).
    """

    decided = Signal(str, object, object)

    def __init__(
        self,
        spec: ActSpec,
        targets: Sequence[Target],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec.title, parent)
        self.setObjectName("act-dialog")
        self._spec, self._targets = spec, tuple(targets)
        first, consequence = targets[0], spec.consequence
        calls = len({target.cid for target in targets})
        where = clipped(first.call_name or first.cid) if calls == 1 else count(calls, "call")
        if len(targets) == 1:
            self.add_heading(f"{spec.title}: {names_of(targets)}?")
            self.words = self.add_sentence(f"{visible(first.user_id)} · {consequence}", ink="")
        else:
            people = count(len(targets), "person", "people")
            self.add_heading(f"{spec.title}: {people} in {where}?")
            self.words = self.add_sentence(names_of(targets, most=12), ink="")
            self.add_sentence(consequence)
        if calls == 1:
            self.add_sentence(first.cid, ink="faint")
        self.cancel = self.add_button("Cancel", self.reject)
        self.go = self.add_button(spec.title, self._decide, tone="danger", name="go")
        self.setMinimumWidth(420)
        self.cancel.setDefault(True)
        self.cancel.setFocus(Qt.FocusReason.TabFocusReason)

    def details(self) -> dict[str, Any]:
        """Fields of the act that were chosen here."""
        return {}

    def _decide(self) -> None:
        self.decided.emit(self._spec.kind, self._targets, self.details())
        self.accept()
