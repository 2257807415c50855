"""Frames on one of the grounds of the style sheet."""

from PySide6.QtWidgets import QFrame


class Surface(QFrame):
    """``ground``: panel, header, card, warn, or rule for a thin line."""

    def __init__(self, ground: str = "panel") -> None:
        super().__init__()
        self.setProperty("surface", ground)
