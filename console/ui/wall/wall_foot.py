"""Below the tiles: the current tile in full, and what needs a look out of sight."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QPushButton

from console.ui.command_table.keymap import Keymap
from console.ui.wall.edges import Beyond
from console.ui.wall.tile import Tile, tile_spoken
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel
from console.ui.widgets.short_texts import count, short_key


def hint(worst: str, beside: str) -> str:
    """How the wall is used; the keys of two commands as the system writes them, "" for none."""
    words = "Arrows choose a tile, Enter goes into its call"
    words += f", {worst} into the worst." if worst else "."
    chosen = "Space or Ctrl chooses several"
    return (
        f"{words} {chosen}, {beside} shows them side by side." if beside else f"{words} {chosen}."
    )


class WallFoot(QFrame):
    """Always as high, so that no tile moves for it.

    Signals:
        place_wanted: the place of a tile that is out of sight.
    """

    place_wanted = Signal(int)

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self.setProperty("surface", "header")
        self.above, self.below = self._way("wall-above"), self._way("wall-below")
        self._nearest = {self.above: -1, self.below: -1}
        self.words = ElidedLabel(ink="dim")
        in_row(self.above, (self.words, 1), self.below, owner=self, margins=(12, 4, 12, 4))
        self.setFixedHeight(self.below.sizeHint().height() + 8)

    def show_tile(self, tile: Tile | None, chosen: int = 0) -> None:
        """All of a tile; None for none. ``chosen``: how many are, where Space chooses."""
        key = self._keymap.key
        worst, beside = (short_key(key(each)) for each in ("go.hottest_call", "call.beside"))
        words = hint(worst, beside) if tile is None else tile_spoken(tile)
        if chosen:
            shows = f", {beside} shows them side by side" if beside else ""
            words = f"{count(chosen, 'tile')} chosen: Space takes the next one{shows}. {words}"
        if words != self.words.accessibleName():
            self.words.show_text(words)

    def show_beyond(self, above: Beyond, below: Beyond) -> None:
        """What is out of sight."""
        for button, out, side, arrow in (
            (self.above, above, "above", "↑"),
            (self.below, below, "below", "↓"),
        ):
            self._nearest[button] = out.nearest
            words = f"{out.words} {side}" if out.words else ""
            button.setVisible(bool(words))
            button.setText(f"{arrow}  {words}")
            button.setAccessibleName(words)

    def _way(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("tone", "link")
        button.clicked.connect(lambda: self.place_wanted.emit(self._nearest[button]))
        button.hide()
        return button

    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())
