"""The top of a card: who it is, their states, how they stand, and whether they are watched."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from console.ui.people.card_disc import CardDisc
from console.ui.people.card_words import Chip as ChipState
from console.ui.widgets.chip import Chip
from console.ui.widgets.controls import push_button
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, tip
from console.ui.widgets.theme import Theme


class CardHead(QWidget):
    """Keeps its height whatever a person does: it must not move the buttons that act on them."""

    def __init__(self, theme: Theme, watch: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self.disc = CardDisc(theme)
        self.name = ElidedLabel().strengthen(1.15)
        self.ids = ElidedLabel(ink="faint")
        self.standing = ElidedLabel(ink="dim")
        self.standing.setObjectName("card-standing")
        self.watch = push_button("Watch", watch, name="watch-person")
        self.watch.setCheckable(True)
        self._chips = FlowLayout()
        self.chips: list[Chip] = []
        names = in_column(self.name, self.ids, spacing=1)
        chips = QWidget()
        chips.setLayout(self._chips)
        chips.setFixedHeight(self.fontMetrics().height() + 6)
        in_column(
            in_row(self.disc, (names, 1), self.watch, spacing=10),
            chips,
            self.standing,
            owner=self,
            spacing=6,
        )

    def show_chips(self, wanted: Sequence[ChipState]) -> None:
        """Show these states and no others."""
        for chip in self.chips[len(wanted) :]:
            chip.hide()
        for place, (icon, word, token) in enumerate(wanted):
            if place == len(self.chips):
                chip = Chip(self._theme, icon, word, token)
                self.chips.append(chip)
                self._chips.addWidget(chip)
            self.chips[place].show_state(icon, word, token)
            self.chips[place].show()

    def show_watched(self, watched: bool, key: str, who: str = "") -> None:
        """``who`` marked them; ``key`` is the shortcut that changes it."""
        self.watch.setChecked(watched)
        self.watch.setText("Watched" if watched else "Watch")
        self.watch.setAccessibleName("Watched" if watched else "Watch this person")
        marked = f"{who} marked them to be watched. " if watched and who else ""
        what = "Stop watching them" if watched else "They then stand out in lists and transcripts"
        self.watch.setToolTip(tip(f"{marked}{what} ({key})." if key else f"{marked}{what}."))
        self.disc.show_watched(watched)
