"""The live end of the transcript of a call that is listened to: what is being said, what it costs.

It keeps its place while nobody talks: its coming and going must not move a row.
"""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from console.base.plain_text import visible
from console.protocol.listening import ListenedCall, ListeningChanged, PartialText
from console.ui.state.listening_words import load_words, short_load
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import ElidedLabel, PlainLabel, tip

QUIET = "Nobody is talking."
ROOM_FOR_LOAD = 440
"""Pixels from which on the bar says what listening costs, too; the chip above always does."""


class SayingBar(QWidget):
    """``replay`` lets the chosen person be heard again."""

    def __init__(self, replay: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("saying")
        self._who = PlainLabel(ink="faint")
        self._words = ElidedLabel(ink="dim")
        font = self._words.font()
        font.setItalic(True)
        self._words.setFont(font)
        self._load = PlainLabel(ink="faint")
        self.replay = push_button(
            "Hear again",
            replay,
            name="hear-again",
            spoken="Hear again what the chosen person said in the last half minute",
        )
        in_row(
            *(self._who, (self._words, 1), self._load, self.replay),
            owner=self,
            margins=(12, 3, 12, 3),
        )
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._load.setVisible(self.width() >= ROOM_FOR_LOAD)

    def show_call(self, listened: ListenedCall | None, told: ListeningChanged, key: str) -> None:
        """Show what listening costs; nothing where the call is not listened to."""
        shown = listened is not None and listened.state is not None
        self.setVisible(shown)
        if not shown:
            return
        self._load.setText(short_load(told))
        self._load.setToolTip(tip(load_words(told)))
        self.replay.setToolTip(
            tip(f"The last half minute of the chosen person, from memory ({key or 'no key'}).")
        )

    def say(self, saying: PartialText | None) -> None:
        """Show what somebody is saying; it is not complete, and may still change."""
        self._who.setText(visible(saying.name) if saying is not None else "")
        self._words.show_text(f"{saying.text} …" if saying is not None else QUIET)
