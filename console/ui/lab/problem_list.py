"""The errors of the policy below its text; choosing one goes to its place."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from console.base.plain_text import visible
from console.domain.results import PolicyError
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column
from console.ui.widgets.paint_helpers import paint_icon, paint_text
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.roles import Index
from console.ui.widgets.row_delegate import RowDelegate
from console.ui.widgets.surface import Surface
from console.ui.widgets.theme import Theme

_ERROR = Qt.ItemDataRole.UserRole + 1
ROW = 26


class ProblemList(Surface):
    """Hidden while there is nothing wrong.

    Signals:
        chosen: the number of an error, from 0.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._head = PlainLabel(ink="bad").strengthen(0.95)
        self.list = QListWidget()
        self.list.setObjectName("policy-problems")
        self.list.setAccessibleName("What is wrong with the policy")
        self.list.setItemDelegate(_ProblemDelegate(theme, self))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.chosen.emit(self.list.currentRow()))
        self.list.itemClicked.connect(lambda _item: self.chosen.emit(self.list.currentRow()))
        rule = Surface("rule")
        self._head.setContentsMargins(12, 6, 12, 4)
        in_column(rule, self._head, (self.list, 1), owner=self)
        self.hide()

    def show_errors(self, errors: tuple[PolicyError, ...]) -> None:
        """Show these errors; hidden when there are none."""
        row = self.list.currentRow()
        self.list.clear()
        for error in errors:
            item = QListWidgetItem(visible(error.sentence))
            item.setData(_ERROR, error)
            item.setToolTip(tip(error.sentence))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"Line {error.line}: {error.sentence}")
            self.list.addItem(item)
        count = len(errors)
        words = "1 error" if count == 1 else f"{count} errors"
        self._head.show_text(f"{words} · results come from the last version without errors")
        if count:
            self.list.setCurrentRow(min(max(0, row), count - 1))
        self.list.setFixedHeight(min(5, count) * ROW + 4)
        self.setVisible(bool(count))


class _ProblemDelegate(RowDelegate):
    """A sign, the line, the sentence, the key."""

    def row_height(self, fonts: Fonts) -> int:
        return ROW

    def paint_row(
        self, painter: QPainter, rect: QRect, index: Index, fonts: Fonts, *, hovered: bool
    ) -> None:
        color = self.theme.color
        error: PolicyError = index.data(_ERROR)
        lane = rect.adjusted(12, 0, -12, 0)
        paint_icon(painter, lane.left(), lane, "remove", "bad", self.theme, 12)
        place = lane.adjusted(20, 0, 0, 0)
        paint_text(painter, place, f"line {error.line}", fonts.small, color("text_dim"))
        left = 20 + fonts.small_metrics.horizontalAdvance("line 00000") + 8
        said = visible(error.sentence)
        if error.key:
            said = f"{visible(error.key)}: {said}"
        paint_text(painter, lane.adjusted(left, 0, 0, 0), said, fonts.body, color("text"))
