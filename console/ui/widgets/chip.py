"""A small framed word with an icon: a state of a call or a person."""

from PySide6.QtWidgets import QFrame, QWidget

from console.ui.widgets.layouts import in_row
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.theme import Theme

_INKS = {"good": "good", "warn": "warn", "bad": "bad", "accent": "accent", "text_faint": "faint"}


class Chip(QFrame):
    """Icon and word in one colour token."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        word: str,
        token: str = "text_dim",
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_label = PlainLabel()
        self._word = PlainLabel()
        self._shown = ("", "", "")
        self.setProperty("surface", "chip")
        in_row(self._icon_label, self._word, owner=self, margins=(6, 1, 7, 1), spacing=4)
        font = self._word.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        self._word.setFont(font)
        self.show_state(icon, word, token, help_text)
        theme.changed.connect(self._redraw)

    def show_state(self, icon: str, word: str, token: str, help_text: str = "") -> None:
        """Change what is shown."""
        self._shown = (icon, word, token)
        self._word.show_text(word)
        self._word.set_ink(_INKS.get(token, "dim"))
        self.setAccessibleName(word)
        self.setToolTip(tip(help_text))
        self._redraw()

    def word(self) -> str:
        """The word shown."""
        return self._shown[1]

    def _redraw(self) -> None:
        icon, _, token = self._shown
        self._icon_label.setVisible(bool(icon))
        if icon:
            self._icon_label.setPixmap(
                self._theme.pixmap(icon, token, 12, self.devicePixelRatioF())
            )
