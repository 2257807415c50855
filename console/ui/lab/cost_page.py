"""What errors cost: counts by kind, times weights that the user sets."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout

from console.protocol.lab_results import PolicyResult
from console.protocol.lab_runs import Weights
from console.ui.lab.result_words import KINDS, cost_of
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.surface import Surface


class CostPage(Surface):
    """Changed weights take effect without another run."""

    def __init__(self) -> None:
        super().__init__()
        self._a: PolicyResult | None = None
        self._b: PolicyResult | None = None
        self.weights: dict[str, QDoubleSpinBox] = {}
        self._cells: dict[tuple[str, str], PlainLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for column, words in enumerate(("Error", "Weight", "Before", "Now", "Cost", "Cost now")):
            label = PlainLabel(words, ink="faint")
            self._cells["head", words] = label
            grid.addWidget(label, 0, column, _side(column))
        for row, kind in enumerate(KINDS, 1):
            words, help_text = KINDS[kind]
            name = PlainLabel(words)
            name.setToolTip(help_text)
            box = QDoubleSpinBox()
            box.setRange(0.0, 1000.0)
            box.setDecimals(1)
            box.setSingleStep(0.5)
            box.setValue(float(getattr(Weights(), kind)))
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setFixedWidth(80)
            box.setAccessibleName(f"Weight of {words.lower()}")
            box.valueChanged.connect(lambda _value: self._fill())
            self.weights[kind] = box
            grid.addWidget(name, row, 0)
            grid.addWidget(box, row, 1, _side(1))
            for column, part in enumerate(("a", "b", "cost_a", "cost_b"), 2):
                cell = PlainLabel()
                self._cells[kind, part] = cell
                grid.addWidget(cell, row, column, _side(column))
        self.total_a, self.total_b = PlainLabel().strengthen(1.4), PlainLabel().strengthen(1.4)
        grid.addWidget(PlainLabel("Together").strengthen(), len(KINDS) + 1, 0)
        grid.addWidget(self.total_a, len(KINDS) + 1, 4, _side(4))
        grid.addWidget(self.total_b, len(KINDS) + 1, 5, _side(5))
        grid.setColumnStretch(6, 1)
        self.note = PlainLabel(ink="dim", wrap=True)
        in_column(grid, self.note, None, owner=self, margins=(16, 16, 16, 16), spacing=16)

    def show_results(self, a: PolicyResult, b: PolicyResult | None) -> None:
        """Show the errors of one policy, or of two side by side."""
        self._a, self._b = a, b
        two = b is not None
        self._cells["head", "Before"].show_text("Before" if two else "Lines")
        for words in ("Now", "Cost now"):
            self._cells["head", words].setVisible(two)
        self._cells["head", "Cost"].show_text("Cost before" if two else "Cost")
        self.total_b.setVisible(two)
        self._fill()

    def chosen_weights(self) -> Weights:
        """The weights as the engine takes them."""
        return Weights(**{kind: box.value() for kind, box in self.weights.items()})

    def _fill(self) -> None:
        if self._a is None:
            return
        weights = {kind: box.value() for kind, box in self.weights.items()}
        for result, side in ((self._a, "a"), (self._b, "b")):
            counts = {each.kind: each.count for each in result.errors} if result else {}
            for kind in KINDS:
                count = counts.get(kind, 0)
                words = f"{count:,}" if result else ""
                self._cells[kind, side].show_text(words)
                cost = f"{count * weights[kind]:,.1f}" if result else ""
                self._cells[kind, f"cost_{side}"].show_text(cost)
        before = cost_of(self._a.errors, weights)
        self.total_a.show_text(f"{before:,.1f}")
        if self._b is None:
            self.note.show_text("Compare with another policy to see which of them costs less.")
            return
        now = cost_of(self._b.errors, weights)
        self.total_b.show_text(f"{now:,.1f}")
        self.total_b.set_ink("good" if now < before else "bad" if now > before else "")
        change = "the same" if now == before else f"{abs(now - before):,.1f} "
        change += "" if now == before else "less" if now < before else "more"
        self.note.show_text(f"With these weights the policy as it is now costs {change}.")


def _side(column: int) -> Qt.AlignmentFlag:
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag.AlignVCenter if column == 0 else right
