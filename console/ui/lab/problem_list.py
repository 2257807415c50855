"""The errors of the policy below its text; choosing one goes to its place."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console.base.plain_text import visible
from console.domain.results import PolicyError
from console.ui.widgets.fonts import Fonts
from console.ui.widgets.layouts import in_column
from console.ui.widgets.plain_text_widgets import PlainLabel, tip
from console.ui.widgets.roles import Index
from console.ui.widgets.theme import Theme

_ERROR = Qt.ItemDataRole.UserRole + 1
ROW = 26


class ProblemList(QFrame):
    """Hidden while there is nothing wrong.

    Signals:
        chosen: the number of an error, from 0.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self._head = PlainLabel(ink="bad").strengthen(0.95)
        self.list = QListWidget()
        self.list.setObjectName("policy-problems")
        self.list.setAccessibleName("What is wrong with the policy")
        self.list.setItemDelegate(_ProblemDelegate(theme, self))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.chosen.emit(self.list.currentRow()))
        self.list.itemClicked.connect(lambda _item: self.chosen.emit(self.list.currentRow()))
        rule = QFrame()
        rule.setProperty("surface", "rule")
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


class _ProblemDelegate(QStyledItemDelegate):
    """A sign, the line, the sentence, the key."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        error: PolicyError = index.data(_ERROR)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.color("selected"))
        fonts = Fonts(option.font)
        scale = painter.device().devicePixelRatioF()
        lane = option.rect.adjusted(12, 0, -12, 0)
        painter.drawPixmap(
            lane.left(), lane.center().y() - 6, theme.pixmap("remove", "bad", 12, scale)
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setFont(fonts.small)
        painter.setPen(theme.color("text_dim"))
        where = f"line {error.line}"
        painter.drawText(lane.adjusted(20, 0, 0, 0), flags, where)
        left = 20 + fonts.small_metrics.horizontalAdvance("line 00000") + 8
        painter.setFont(option.font)
        painter.setPen(theme.color("text"))
        room = lane.width() - left
        said = visible(error.sentence)
        if error.key:
            said = f"{visible(error.key)}: {said}"
        words = option.fontMetrics.elidedText(said, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lane.adjusted(left, 0, 0, 0), flags, words)
