"""What labels say: the curve of one label with a threshold to try, and what fitting changes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QSlider

from console.domain.fitted import Fit, Flips
from console.domain.label_curve import STEPS, LabelCurve, how_sure, told
from console.ui.lab.curve_view import LEFT, RIGHT, CurveView
from console.ui.lab.label_columns import FITTED, FLIPPED, THRESHOLDS, thresholds_of
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, split, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.segments import Segments
from console.ui.widgets.short_texts import count
from console.ui.widgets.surface import Surface
from console.ui.widgets.table_model import TableModel
from console.ui.widgets.theme import Theme

CURVE, FITS, LINES = "curve", "fit", "lines"


class LabelResults(Surface):
    """Signals: apply_wanted carries the text of the policy with the fitted thresholds."""

    apply_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fit: Fit | None = None
        self.views = Segments(
            ((CURVE, "Curve"), (FITS, "Thresholds"), (LINES, "Lines that change")),
            "Show of the labels",
        )
        self.list = QListWidget()
        self.list.setAccessibleName("Labels that something is known of")
        self.list.setMaximumWidth(190)
        self.list.currentRowChanged.connect(self._on_label)
        self.curve = CurveView(theme)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(10)
        self.slider.valueChanged.connect(self._show_point)
        self.curve.threshold_wanted.connect(lambda at: self.slider.setValue(round(at * STEPS)))
        self.point = PlainLabel().strengthen(1.15)
        self.sure = PlainLabel(ink="dim", wrap=True)
        self.table = RowTable(TableModel(THRESHOLDS), "What each threshold does", theme)
        self.table.chosen.connect(
            lambda row: self.slider.setValue(round(row.threshold * STEPS)) if row else None
        )
        self.fitted = RowTable(TableModel(FITTED), "Thresholds, now and fitted", theme)
        self.note = PlainLabel(ink="dim", wrap=True)
        self.fitted.selectionModel().currentRowChanged.connect(self._show_note)
        self.summary = PlainLabel(wrap=True)
        self.apply = push_button("Apply to the policy", self._apply, tone="primary", name="apply")
        self.lines = RowTable(TableModel(FLIPPED), "Saved lines that change", theme, sortable=True)
        self._stack = stacked(self._curve_page(), self._fit_page(), self.lines)
        self._pages = {CURVE: 0, FITS: 1, LINES: 2}
        self.views.chosen.connect(self.show_view)
        head = in_row(self.views, None, margins=(16, 8, 16, 8))
        in_column(head, (self._stack, 1), owner=self)

    def show_fit(self, fit: Fit) -> None:
        """Show what labels say, and what fitting would change."""
        chosen = self._label()
        self._fit = fit
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([f"{each.label}\n{count(each.lines, 'line')}" for each in fit.curves])
        self.list.blockSignals(False)
        labels = [each.label for each in fit.curves]
        self.list.setCurrentRow(labels.index(chosen) if chosen in labels else 0)
        self.fitted.rows.show_rows(fit.fitted)
        changed = (at for at, each in enumerate(fit.fitted) if each.changes)
        self.fitted.choose(next(changed, 0 if fit.fitted else -1))
        self._show_note()
        self.lines.rows.show_rows(fit.saved.examples or fit.labelled.examples)
        self.summary.show_text(" ".join(_told(fit)))
        self.apply.setEnabled(bool(fit.text))

    def show_view(self, key: str) -> None:
        """The curve, the thresholds, or the lines."""
        self.views.choose(key)
        self._stack.setCurrentIndex(self._pages[key])

    def _curve_page(self) -> Surface:
        page, right = Surface(), Surface()
        top = Surface()
        in_column(
            (self.curve, 1),
            in_row(self.slider, margins=(LEFT - 8, 0, RIGHT - 8, 0)),
            self.point,
            self.sure,
            owner=top,
            margins=(12, 0, 16, 6),
            spacing=4,
        )
        in_column(split(Qt.Orientation.Vertical, (top, 3), (self.table, 2)), owner=right)
        in_row(self.list, (right, 1), owner=page, margins=(16, 0, 0, 0))
        return page

    def _fit_page(self) -> Surface:
        page = Surface()
        words = in_column(self.note, self.summary, spacing=6)
        foot = in_row((words, 1), self.apply, margins=(16, 8, 16, 12))
        in_column((self.fitted, 1), foot, owner=page)
        return page

    def _label(self) -> str:
        curve = self._curve()
        return curve.label if curve is not None else ""

    def _curve(self) -> LabelCurve | None:
        row = self.list.currentRow()
        curves = self._fit.curves if self._fit is not None else ()
        return curves[row] if 0 <= row < len(curves) else None

    def _on_label(self) -> None:
        curve = self._curve()
        self.table.rows.show_rows(thresholds_of(curve) if curve is not None else ())
        fitted = self._fit.fitted if self._fit is not None else ()
        now = next((each.before.threshold for each in fitted if each.label == self._label()), 0.0)
        self.slider.setValue(round(now * STEPS))
        self._show_point()

    def _show_point(self) -> None:
        curve, threshold = self._curve(), self.slider.value() / STEPS
        self.curve.show_curve(curve, threshold)
        words = told(curve.at(threshold)) if curve is not None else ""
        self.point.show_text(words)
        self.sure.show_text(how_sure(curve.at(threshold)) if curve is not None else "")
        self.slider.setAccessibleName(f"Threshold. {words}")

    def _show_note(self) -> None:
        row = self.fitted.rows.row(self.fitted.currentIndex().row())
        self.note.show_text(f"{row.label}: {row.note}" if row is not None and row.note else "")
        self.note.setVisible(bool(self.note.text()))

    def _apply(self) -> None:
        if self._fit is not None and self._fit.text:
            self.apply_wanted.emit(self._fit.text)


def _told(fit: Fit) -> list[str]:
    if not fit.text:
        said = ["No threshold would become another."]
    else:
        said = [_changed("labelled", fit.labelled)]
    if fit.saved.lines:
        said.append(_changed("saved", fit.saved))
    if fit.unused:
        said.append(f"Left out are labels of pictures and names: {fit.unused:,}.")
    return said


def _changed(what: str, flips: Flips) -> str:
    return (
        f"Of {count(flips.lines, f'{what} line')}, {flips.more:,} more would be raised and "
        f"{flips.fewer:,} no more."
    )
