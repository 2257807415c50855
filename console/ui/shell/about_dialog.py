"""Which version of what this is."""

import platform

import PySide6
from PySide6.QtWidgets import QWidget

from console import __version__
from console.ui.widgets.dialog import PlainDialog
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.theme import Theme


def facts() -> list[str]:
    """The versions worth naming in a report."""
    return [
        f"Moderator Console {__version__}",
        f"Python {platform.python_version()} on {platform.system()}",
        f"PySide6 {PySide6.__version__}",
    ]


class AboutDialog(PlainDialog):
    """Name, versions, licence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("About", parent)
        self.setObjectName("about-dialog")
        sign = PlainLabel()
        sign.setPixmap(theme.pixmap("logo", "accent", 48, self.devicePixelRatioF()))
        self.body.addWidget(sign)
        self.add_heading("Moderator Console")
        self.add_sentence("Watch live calls, see a verdict on every line, act, get a receipt.")
        self.add_sentence("\n".join(facts()), ink="faint")
        self.add_sentence(
            "MIT licence. Not made by Stream. Inter is under the SIL OFL 1.1.", "faint"
        )
        self.add_button("Close", self.accept).setDefault(True)
        self.setMinimumWidth(380)
