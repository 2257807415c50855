"""How many lines each action takes: one bar in parts, and a button for each that selects them."""

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from console.base.plain_text import visible
from console.domain.verdict import KEEP, action_rank
from console.protocol.lab_results import Count
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.marked_text import tone_of
from console.ui.widgets.plain_text_widgets import menu_text
from console.ui.widgets.theme import Theme

MAX_LABELS = 12


class Part(Struct, frozen=True):
    """One part of the bar: its share from 0 to 1 and its colour token."""

    share: float
    token: str


class Chip(Struct, frozen=True):
    """One count. ``icon`` and its colour token may be empty."""

    key: str
    words: str
    count: int
    share: float
    icon: str = ""
    token: str = ""


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

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: list[Part] = []
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_parts(self, parts: list[Part]) -> None:
        """Show these parts."""
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
        chosen: a tuple of keys; empty for all.
    """

    chosen = Signal(object)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        self._theme = theme
        self._chips: dict[str, Chip] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._flow = FlowLayout(self)
        theme.changed.connect(self._draw)

    def show_chips(self, chips: list[Chip]) -> None:
        """Show these counts; pressed ones stay pressed."""
        wanted = {chip.key: chip for chip in chips}
        if list(wanted) != list(self._chips):
            pressed = self.pressed()
            for button in self._buttons.values():
                self._flow.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = {key: self._button(key) for key in wanted}
            self.press(pressed)
        self._chips = wanted
        for key, chip in wanted.items():
            button = self._buttons[key]
            button.setText(menu_text(f"{chip.words}  {chip.count:,}  {percent(chip.share)}"))
            button.setAccessibleName(f"{self._name}: {chip.words}, {chip.count:,} lines")
        self._draw()
        self.setVisible(bool(chips))
        self.updateGeometry()

    def pressed(self) -> tuple[str, ...]:
        """The keys of the pressed ones."""
        return tuple(key for key, button in self._buttons.items() if button.isChecked())

    def press(self, keys: tuple[str, ...]) -> None:
        """Press exactly these, without a signal."""
        for key, button in self._buttons.items():
            button.setChecked(key in keys)

    def button(self, key: str) -> QPushButton:
        """The button of a count."""
        return self._buttons[key]

    def _button(self, key: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("chip", "true")
        button.setObjectName(f"chip-{key}")
        button.clicked.connect(lambda: self.chosen.emit(self.pressed()))
        self._flow.addWidget(button)
        button.show()
        return button

    def _draw(self) -> None:
        for key, chip in self._chips.items():
            if chip.icon:
                self._buttons[key].setIcon(self._theme.icon(chip.icon, chip.token))
                self._buttons[key].setIconSize(QSize(12, 12))


def action_chips(actions: tuple[Count, ...]) -> list[Chip]:
    """One for each action that occurs, the strongest first."""
    ordered = sorted(
        (each for each in actions if each.count), key=lambda each: -action_rank(each.name)
    )
    return [
        Chip(
            each.name,
            each.name.replace("_", " + "),
            each.count,
            each.share,
            "check" if each.name == KEEP else "dot",
            "good" if each.name == KEEP else tone_of(each.name),
        )
        for each in ordered
    ]


def label_chips(labels: tuple[Count, ...]) -> list[Chip]:
    """One for each label, the most frequent first; at most MAX_LABELS."""
    ordered = sorted((each for each in labels if each.count), key=lambda each: -each.count)
    return [
        Chip(each.name, visible(each.name), each.count, each.share) for each in ordered[:MAX_LABELS]
    ]


def percent(share: float) -> str:
    """A share from 0 to 1, short."""
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share * 100:.1f}%" if share < 0.1 else f"{share * 100:.0f}%"
