"""The two sides of the lab: beside each other, or one at a time where the window is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from console.ui.widgets.layouts import in_row, split
from console.ui.widgets.segments import Segments
from console.ui.widgets.tab_pane import TabPane

POLICY, RESULTS = "policy", "results"
LEAST = {POLICY: 420, RESULTS: 520}
"""The least widths in pixels."""


class Sides(QFrame):
    """The bar with which a narrow lab changes sides; ``body`` holds both of them.

    Another page of ``results`` is shown because somebody wants to see it.
    """

    def __init__(self, policy: QWidget, results: TabPane) -> None:
        super().__init__()
        self._sides: dict[str, QWidget] = {POLICY: policy, RESULTS: results}
        self.shown = POLICY
        self.narrow = False
        self.setProperty("surface", "header")
        self.bar = Segments(((POLICY, "Policy"), (RESULTS, "What it does")), "Side of the lab")
        self.bar.chosen.connect(self.show_side)
        in_row(self.bar, None, owner=self, margins=(12, 4, 12, 4))
        self.body = split(Qt.Orientation.Horizontal, (policy, 41), (results, 59))
        for name, side in self._sides.items():
            side.setMinimumWidth(LEAST[name])
        self.body.setSizes([410, 590])
        results.page_changed.connect(lambda: self.show_side(RESULTS))
        self.hide()

    def fit(self, width: int) -> None:
        """There is so much room for both of them."""
        narrow = width < sum(LEAST.values())
        if narrow != self.narrow:
            self.narrow = narrow
            self.setVisible(narrow)
            self.show_side(self.shown)

    def show_side(self, name: str) -> None:
        """Show this side; where there is room the other one stays."""
        self.shown = name
        self.bar.choose(name)
        for each, side in self._sides.items():
            side.setVisible(not self.narrow or each == name)
