"""The line below the lab: what was done last, where the cursor is, and who can be asked."""

from PySide6.QtWidgets import QStatusBar

from console.ui.widgets.chip import Chip
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel
from console.ui.widgets.theme import Theme


class LabStatus(QStatusBar):
    """``message`` takes one sentence, ``place`` the line and column of the cursor."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.message = ElidedLabel(ink="dim")
        self.place = PlainLabel(ink="dim")
        self.engine_chip = Chip(theme, "", "")
        self.stream_chip = Chip(theme, "", "")
        self.setSizeGripEnabled(False)
        self.addWidget(self.message, 1)
        self.addPermanentWidget(self.place)
        self.addPermanentWidget(self.engine_chip)
        self.addPermanentWidget(self.stream_chip)
        self.setContentsMargins(8, 0, 8, 0)

    def show_stream(self, why_not: str) -> None:
        """Whether Stream can be asked; ``why_not`` is "" where it can."""
        if why_not:
            self.stream_chip.show_state("plug", "Stream not asked", "text_faint", why_not)
        else:
            self.stream_chip.show_state(
                "live", "Stream", "good", "Signed in with the app's secret."
            )

    def show_engine(self, *, running: bool) -> None:
        """Whether the engine judges."""
        if running:
            self.engine_chip.show_state("bolt", "engine ready", "good", "Judges on this machine.")
        else:
            self.engine_chip.show_state(
                "hourglass", "engine starting", "warn", "Results appear as soon as it runs."
            )
