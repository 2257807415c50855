"""Fields of the rule form: words with commas, numbers with units, choices of a few."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLineEdit, QWidget

from console.base.plain_text import visible
from console.ui.widgets.controls import line_field
from console.ui.widgets.plain_text_widgets import PlainLabel, tip

Kind = TypeVar("Kind", bound=StrEnum)


def words_in(text: str) -> tuple[str, ...]:
    """The words of a field, which commas part."""
    return tuple(dict.fromkeys(filter(None, (each.strip() for each in text.split(",")))))


def words_field(name: str, hint: str, changed: Callable[[], object]) -> QLineEdit:
    """A field for words with commas between them; empty says nothing."""
    field = line_field(name, hint)
    field.textEdited.connect(lambda _text: changed())
    return field


def show_words(field: QLineEdit, words: Iterable[str]) -> None:
    """Show ``words`` without a signal."""
    field.setText(", ".join(visible(each) for each in words))


class Number(QDoubleSpinBox):
    """A number with its unit; ``nothing``: what stands there for the least."""

    def __init__(
        self,
        name: str,
        least: float,
        most: float,
        changed: Callable[[], object],
        *,
        unit: str = "",
        decimals: int = 0,
        nothing: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSuffix(f" {unit}" if unit else "")
        self.setSpecialValueText(nothing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(5, 0, 0, 0)
        self.valueChanged.connect(lambda _value: changed())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it scrolls what is around it


class OneOf(QComboBox):
    """One of a few, or nothing where ``empty`` is given."""

    def __init__(
        self,
        name: str,
        choices: Mapping[Kind, str] | Sequence[tuple[str, str]],
        changed: Callable[[], object],
        *,
        empty: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if empty:
            self.addItem(empty, "")
        pairs = choices.items() if isinstance(choices, Mapping) else choices
        for key, words in pairs:
            self.addItem(words, str(key))
        self.activated.connect(lambda _row: changed())

    def value(self) -> str:
        """The key that is chosen; "" for nothing."""
        return str(self.currentData() or "")

    def show_value(self, key: str) -> None:
        """Choose ``key`` without a signal."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Sheet(QGridLayout):
    """Fields below each other, each with what it is called before it."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(12)
        self.setVerticalSpacing(6)
        self.setColumnStretch(1, 1)

    def add(self, title: str, field: QWidget, help_text: str = "") -> None:
        """One more field."""
        row = self.rowCount()
        label = PlainLabel(title, ink="dim")
        label.setToolTip(tip(help_text))
        field.setToolTip(tip(help_text))
        field.setAccessibleDescription(help_text)
        self.addWidget(label, row, 0)
        self.addWidget(field, row, 1)
