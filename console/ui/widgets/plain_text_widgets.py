"""The only ways this window shows text: plain, never markup, deceiving characters marked."""

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from console.base.plain_text import visible

TIP_LENGTH = 600


def tip(text: str) -> str:
    """``text`` as a tooltip that Qt cannot take for markup of its own; line breaks stay."""
    cut = text if len(text) <= TIP_LENGTH else text[:TIP_LENGTH] + "…"
    lines = "<br>".join(html.escape(visible(line)) for line in cut.split("\n"))
    return f"<p>{lines}</p>" if lines else ""


def menu_text(text: str) -> str:
    """``text`` for a menu, button or tab, where ``&`` would mark a shortcut."""
    return visible(text).replace("&", "&&")


class PlainLabel(QLabel):
    """A label that never renders markup.

    ``ink`` is a colour token of the style sheet: empty, dim, faint, accent, good, warn or bad.
    """

    def __init__(
        self,
        text: str = "",
        *,
        ink: str = "",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.show_text(text)
        if ink:
            self.setProperty("ink", ink)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_text(self, text: str) -> None:
        """Display ``text``, which may be hostile; its line breaks stay."""
        self.setText("\n".join(visible(line) for line in text.split("\n")))

    def set_ink(self, ink: str) -> None:
        """Change the colour token."""
        if self.property("ink") == ink:
            return
        self.setProperty("ink", ink)
        self.style().unpolish(self)
        self.style().polish(self)

    def strengthen(self, factor: float = 1.0, *, bold: bool = True) -> "PlainLabel":
        """Set the font relative to the system's; returns self."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        font.setBold(bold)
        self.setFont(font)
        return self


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis where it does not fit.

    The tooltip and the accessible name have all of it.
    """

    def __init__(self, text: str = "", *, ink: str = "", parent: QWidget | None = None) -> None:
        self._full = ""
        super().__init__(text, ink=ink, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)

    def show_text(self, text: str) -> None:
        self._full = visible(text)
        self.setToolTip(tip(text))
        self.setAccessibleName(self._full)
        self._fit()

    def _fit(self) -> None:
        room = max(0, self.width())
        self.setText(self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: object) -> None:
        self._fit()
