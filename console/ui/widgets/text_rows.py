"""A list of short plain texts that wrap, with air around them."""

from PySide6.QtWidgets import QListWidget

SIDE, TOP = 8, 2


class TextRows(QListWidget):
    """``spoken``: its name for screen readers. Its texts have to be safe to look at."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setViewportMargins(SIDE, TOP, SIDE, TOP)

    def step(self, by: int) -> bool:
        """Move the current row by ``by`` rows; False where there is none."""
        if not self.count():
            return False
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + by)))
        return True
