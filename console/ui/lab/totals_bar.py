"""How many lines each action takes: one bar in parts, and a button for each that selects them."""

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.verdict import KEEP, action_rank
from console.protocol.lab_results import Count
from console.ui.lab.marked_text import tone_of
from console.ui.plain import menu_text
from console.ui.theme import Theme
from console.ui.views.flow import FlowLayout


class Part(Struct, frozen=True):
    """One part of the bar: its share from 0 to 1 and its colour token."""

    share: float
    token: str


def parts_of(actions: tuple[Count, ...]) -> list[Part]:
    """The bar of these counts, the mildest action first."""
    ordered = sorted(actions, key=lambda each: action_rank(each.name))
    return [
        Part(each.share, "line_strong" if each.name == KEEP else f"{tone_of(each.name)}_fill")
        for each in ordered
        if each.count
    ]


class ShareBar(QWidget):
    """A thin bar whose parts add up to the whole; small parts stay visible."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: list[Part] = []
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_parts(self, parts: list[Part]) -> None:
        """Show these."""
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(whole, 4, 4)
        painter.setClipPath(path)
        painter.fillRect(whole, self._theme.color("raised"))
        left = 0.0
        least = 3.0
        room = whole.width() - least * len(self._parts)
        for part in self._parts:
            width = least + room * part.share
            painter.fillRect(QRectF(left, 0, width - 1, 8), self._theme.color(part.token))
            left += width
        painter.end()


class CountChips(QWidget):
    """A button for each count; the ones pressed are the selection.

    Signals:
        chosen: a tuple of names; empty for all.
    """

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._buttons: dict[str, QPushButton] = {}
        self._flow = FlowLayout(self)

    def show_counts(self, counts: list[tuple[str, str, str]]) -> None:
        """Triples of a key, words and a help text; pressed ones stay pressed."""
        for key in [key for key in self._buttons if key not in {each[0] for each in counts}]:
            button = self._buttons.pop(key)
            self._flow.removeWidget(button)
            button.deleteLater()
        for key, words, help_text in counts:
            button = self._buttons.get(key) or self._add(key)
            button.setText(menu_text(words))
            button.setAccessibleName(f"{self._name}: {words}")
            button.setToolTip(help_text)
        self.setVisible(bool(counts))
        self.updateGeometry()

    def clear_choice(self) -> None:
        """Nothing is pressed; no signal."""
        for button in self._buttons.values():
            button.setChecked(False)

    def press(self, keys: tuple[str, ...]) -> None:
        """Exactly these are pressed; no signal."""
        for key, button in self._buttons.items():
            button.setChecked(key in keys)

    def button(self, key: str) -> QPushButton:
        """The button of a count."""
        return self._buttons[key]

    def _add(self, key: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("chip", "true")
        button.setObjectName(f"chip-{key}")
        button.clicked.connect(self._on_clicked)
        self._buttons[key] = button
        self._flow.addWidget(button)
        return button

    def _on_clicked(self) -> None:
        pressed = tuple(key for key, button in self._buttons.items() if button.isChecked())
        self.chosen.emit(pressed)


class TotalsBar(QWidget):
    """The bar and its buttons.

    Signals:
        chosen: a tuple of actions to show; empty for all.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = ShareBar(theme)
        self.chips = CountChips("Only lines with the action")
        self.chips.chosen.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.chips)

    def show_actions(self, actions: tuple[Count, ...]) -> None:
        """Show these totals."""
        self.bar.show_parts(parts_of(actions))
        ordered = sorted(
            (each for each in actions if each.count), key=lambda each: -action_rank(each.name)
        )
        self.chips.show_counts(
            [
                (
                    each.name,
                    f"{each.name.replace('_', ' + ')}  {each.count:,}  {percent(each.share)}",
                    "",
                )
                for each in ordered
            ]
        )


def percent(share: float) -> str:
    """A share from 0 to 1, short."""
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share * 100:.1f}%" if share < 0.1 else f"{share * 100:.0f}%"
