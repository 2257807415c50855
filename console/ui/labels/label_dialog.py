"""Asks which label a line should have had."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QWidget

from console.domain.given_label import MAX_LABEL
from console.ui.widgets.controls import line_field
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.folding import fold

_ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class LabelDialog(PlainDialog):
    """Typing narrows the labels; Enter takes the current one, or what was typed where none fits.

    ``chosen`` gets the label.
    """

    def __init__(
        self,
        text: str,
        labels: Sequence[str],
        chosen: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Another label", parent)
        self._labels = tuple(labels)
        self._chosen = chosen
        self.add_heading("Which label should it have had?")
        self.said = self.add_sentence(text)
        self.field = line_field("Label", "Type to find one, or write another", "label")
        self.field.setMaxLength(MAX_LABEL)
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Labels")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self._take(item.text()))
        self.body.addWidget(self.field)
        self.body.addWidget(self.list)
        self.add_button("Cancel", self.reject)
        self.go = self.add_button("Use this label", self.take, name="go")
        self.go.setDefault(True)
        self.setMinimumWidth(420)
        self._narrow("")
        self.field.setFocus()

    def take(self) -> None:
        """Take the current label, or what was typed."""
        item = self.list.currentItem()
        label = item.text() if item is not None else self.field.text().strip()
        if label:
            self._take(label)

    def _take(self, label: str) -> None:
        self.accept()
        self._chosen(label)

    def _narrow(self, typed: str) -> None:
        wanted = fold(typed.strip())
        self.list.clear()
        self.list.addItems([each for each in self._labels if wanted in fold(each)])
        self.list.setCurrentRow(0)
        self.go.setEnabled(bool(self.list.count() or typed.strip()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Arrows choose a label while the letters go on into the field.
        arrow = isinstance(event, QKeyEvent) and event.key() in _ARROWS
        if watched is self.field and arrow and event.type() is QEvent.Type.KeyPress:
            self.list.keyPressEvent(event)  # type: ignore[arg-type]  # it is a QKeyEvent
            return True
        return super().eventFilter(watched, event)
