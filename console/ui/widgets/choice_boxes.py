"""Several boxes in a row, of which any may be ticked."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from console.ui.widgets.layouts import in_row


class ChoiceBoxes(QWidget):
    """``choices`` are pairs of a value and its words.

    Signals:
        changed: the list of the values whose boxes are ticked, when a person changed it.
    """

    changed = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.boxes: dict[str, QCheckBox] = {}
        for value, words in choices:
            box = QCheckBox(words)
            box.setAccessibleName(f"{name}: {words}")
            box.clicked.connect(lambda: self.changed.emit(self.chosen()))
            self.boxes[value] = box
        in_row(*self.boxes.values(), owner=self, spacing=14)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def chosen(self) -> list[str]:
        """The values whose boxes are ticked."""
        return [value for value, box in self.boxes.items() if box.isChecked()]

    def show_chosen(self, values: object) -> None:
        """Tick the boxes of ``values``."""
        wanted = set(values) if isinstance(values, Iterable) else set()
        for value, box in self.boxes.items():
            box.setChecked(value in wanted)
