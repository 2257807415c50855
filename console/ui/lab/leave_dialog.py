"""What becomes of a policy that is not saved, before another one takes its place."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.ui.widgets.dialog import PlainDialog


class LeaveDialog(PlainDialog):
    """Save, discard, or stay; staying is what Escape does.

    Signals:
        save_chosen, discard_chosen: go on after saving, or without.
    """

    save_chosen = Signal()
    discard_chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("Unsaved policy", parent)
        self.setObjectName("leave-dialog")
        self.add_heading(f"Save the changes of {visible(name)}?")
        self.add_sentence("They are lost otherwise.")
        self.discard = self.add_side_button("Discard", name="discard")
        self.discard.setProperty("tone", "careful")
        self.discard.clicked.connect(lambda: self._choose(self.discard_chosen))
        self.add_button("Cancel", name="cancel").clicked.connect(self.reject)
        self.save = self.add_button("Save", tone="primary", name="save")
        self.save.setDefault(True)
        self.save.clicked.connect(lambda: self._choose(self.save_chosen))
        self.setMinimumWidth(400)

    def _choose(self, signal: SignalInstance) -> None:
        self.accept()
        signal.emit()
