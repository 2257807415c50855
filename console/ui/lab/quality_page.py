"""Precision and recall by label, and which label was taken for which, on labelled lines."""

from PySide6.QtCore import Qt

from console.protocol.lab_results import PolicyResult
from console.ui.lab.matrix_view import MatrixView
from console.ui.lab.result_columns import QUALITY, QUALITY_OF_TWO, quality_rows
from console.ui.widgets.layouts import in_column, split
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.surface import Surface
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.theme import Theme


class QualityPage(Surface):
    """With two policies the matrix shows one of them at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._a: PolicyResult | None = None
        self._b: PolicyResult | None = None
        self.table = RowTable(
            TableModel(QUALITY), "Precision and recall by label", theme, sortable=True
        )
        self.matrix = MatrixView(theme)
        self.which = Segments((("b", "Now"), ("a", "Before")), "Matrix of the policy")
        self.which.chosen.connect(lambda _key: self._show_matrix())
        self._title = PlainLabel("True label down, given label across", ink="dim")
        low = Surface("panel")
        in_column(
            self._title,
            (self.which, 0, Qt.AlignmentFlag.AlignLeft),
            (self.matrix, 1),
            owner=low,
            margins=(16, 8, 16, 8),
            spacing=4,
        )
        in_column(split(Qt.Orientation.Vertical, (self.table, 1), (low, 1)), owner=self)

    def show_results(self, a: PolicyResult, b: PolicyResult | None) -> None:
        """Show the quality of one policy, or of two side by side."""
        self._a, self._b = a, b
        self.table.show_columns(QUALITY if b is None else QUALITY_OF_TWO)
        self.table.rows.show_rows(quality_rows(a, b))
        self.which.setVisible(b is not None)
        self._show_matrix()

    def _show_matrix(self) -> None:
        shown = self._b if self._b is not None and self.which.key() == "b" else self._a
        self.matrix.show_cells(shown.matrix if shown is not None else ())
