"""A drop-down list of words of the policy, with what each means."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from console.base.plain_text import visible
from console.domain.policy_form import Word
from console.ui.widgets.plain_text_widgets import tip


class Choice(QComboBox):
    """``free``: other words may be typed too. The wheel scrolls what is around it.

    Signals:
        picked: what a person chose or typed.
    """

    picked = Signal(str)

    def __init__(
        self, words: Sequence[Word], name: str, *, empty: str = "", free: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditable(free)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if free:
            self.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self.setMinimumContentsLength(8)
        self._free, self._empty = free, empty
        self._last = ""
        if empty:
            self.addItem(empty, "")
        for word in words:
            self.add_word(word)
        self.activated.connect(lambda _row: self._pick())
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(empty)
            edit.editingFinished.connect(self._pick)

    def add_word(self, word: Word) -> None:
        """Offer one more word."""
        self.addItem(visible(word.name), word.name)
        self.setItemData(self.count() - 1, tip(word.help), Qt.ItemDataRole.ToolTipRole)

    def refill(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these pairs of a value and its words, and ``empty`` above them.

        The value stays where it is still offered, else the first item is chosen.
        """
        offered, value = dict(choices), self.value()
        while self.count() > bool(self._empty):
            self.removeItem(self.count() - 1)
        for key, words in offered.items():
            self.addItem(visible(words), key)
        self.setCurrentIndex(max(0, self.findData(value)))
        self._last = self.value()

    def value(self) -> str:
        """What is chosen; empty for nothing."""
        if self._free:
            return self.currentText().strip()
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Show ``value`` without a signal."""
        self._last = value
        if self._free:
            edit = self.lineEdit()
            if edit is not None and edit.text() != value:
                self.setEditText(value)
            return
        row = self.findData(value)
        if row < 0:
            self.addItem(value, value)
            row = self.count() - 1
        self.setCurrentIndex(row)

    def _pick(self) -> None:
        value = self.value()
        if value != self._last:
            self._last = value
            self.picked.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
