"""The log at the bottom: every act with its receipt, undo and retry; others' acts greyed in."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from console.domain.acts.table import ACTS
from console.ui.acts.acts_model import ActColumn, ActsModel
from console.ui.acts.receipt_delegate import DECIDE, ReceiptDelegate
from console.ui.state.window_context import WindowContext
from console.ui.state.wording import DO_AGAIN, LEAVE
from console.ui.widgets.letters import is_letter
from console.ui.widgets.pointer_watch import PointerWatch, watch_pointer
from console.ui.widgets.roles import Role
from console.ui.widgets.row_moves import stepped
from console.ui.widgets.row_table import RowTable
from console.ui.widgets.shown_rows import MOVED, ShownRow, ShownRows


class ActLog(RowTable):
    """Shows an ActsModel; follows the newest row while it is in sight.

    Rows stand still while the hand is on its way or here, and a press on a row that came there a
    moment ago does nothing.
    """

    def __init__(self, context: WindowContext, model: ActsModel) -> None:
        super().__init__(model, "Act log", context.theme)
        self._context = context
        self._model = model
        self._delegate = ReceiptDelegate(context.theme, self)
        self._at_end = True
        self._nearing = False
        self._pressed_act = ""
        self._shown = ShownRows(context.clock.monotonic)
        self._watch: PointerWatch | None = None
        self.setObjectName("acts")
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.allow("Receipt", on=False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(ActColumn.STEPS, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(48)
        self._fit(900)
        self.verticalScrollBar().valueChanged.connect(self._note_position)
        self.verticalScrollBar().rangeChanged.connect(self._stay_at_end)

    def row_button(self, index: QModelIndex) -> str:
        """What the button of this row says; "" for none."""
        return self._delegate.word_at(index) if index.isValid() else ""

    def use_button(self, row: int) -> None:
        """Do what the button of ``row`` says: undo, retry, or choose between two ways on."""
        index = self._model.index(row, ActColumn.UNDO)
        word = self.row_button(index)
        act_id = self._model.act_id(row)
        why = index.data(Role.WHY_NOT) if word else ""
        if why:
            self._context.controller.say(why, "warn")
        elif word == "Undo":
            self._context.controller.undo(act_id)
        elif word == "Retry":
            self._context.controller.retry(act_id)
        elif word == DECIDE:
            self._choices(act_id).popup(self._below(index))

    def _choices(self, act_id: str) -> QMenu:
        """What a person can do about an act whose outcome nothing shows."""
        controller = self._context.controller
        menu = QMenu(self)
        menu.setObjectName("act-choices")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(DO_AGAIN, lambda: controller.retry(act_id))
        menu.addAction(LEAVE, lambda: controller.leave(act_id))
        return menu

    def _below(self, index: QModelIndex) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())

    def step(self, by: int) -> str:
        """Move the current row by ``by``; begins at the newest, says why where it cannot."""
        count, current = self.model().rowCount(), self.currentIndex()
        start, by = (current.row(), by) if current.isValid() else (count, -1)
        row, why = stepped(start, by, count)
        if not why:
            self.setCurrentIndex(self.model().index(row, ActColumn.ACT))
        return why

    def _fit(self, width: int) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        tight = width < 900
        self.allow("Call", on=not tight)
        self.allow("Time", on=width >= digit * 66)
        self.setColumnWidth(ActColumn.TIME, digit * 8 + 12)
        labels = max(self.fontMetrics().horizontalAdvance(act.label) for act in ACTS)
        self.setColumnWidth(ActColumn.ACT, labels + 20)
        self.setColumnWidth(ActColumn.WHO, digit * (15 if tight else 18))
        self.setColumnWidth(ActColumn.CALL, digit * 16)
        self.setColumnWidth(ActColumn.UNDO, digit * 8 + 24)

    def _note_position(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum() - 2

    def _stay_at_end(self, _low: int, high: int) -> None:
        walking = self.hasFocus() and self.currentIndex().isValid()
        if self._at_end and not self._nearing and self._delegate.hovered < 0 and not walking:
            self.verticalScrollBar().setValue(high)
            self._at_end = True

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()
            if row < 0:
                self._follow()

    def _follow(self) -> None:
        if self._at_end and not self._nearing and self._delegate.hovered < 0:
            self.scrollToBottom()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch = watch_pointer(self, self._context.clock.monotonic)

    def pointer_nears(self) -> None:
        """The hand comes: let nothing move."""
        self._nearing = True

    def pointer_turned_away(self) -> None:
        """The hand went elsewhere, or rests there."""
        self._nearing = False
        self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._shown.painted(tuple(self._rows_in_sight()))

    def _rows_in_sight(self) -> Iterator[ShownRow]:
        for row in range(max(0, self.rowAt(0)), self._model.rowCount()):
            top = self.rowViewportPosition(row)
            if top >= self.viewport().height():
                return
            key = self._model.act_id(row) or f"row {row}"
            yield ShownRow(top, top + self.rowHeight(row), key)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._shown.pointer_came(self._watch.set_out_at() if self._watch else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        act_id = self._model.act_id(self.rowAt(point.y()))
        if act_id and not self._shown.can_be_meant(point.y(), act_id):
            self._pressed_act = ""
            self._context.controller.say(MOVED, "warn")
            return
        self._pressed_act = act_id
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        same = self._pressed_act and self._pressed_act == self._model.act_id(index.row())
        if same and index.column() == ActColumn.UNDO and index == self.currentIndex():
            self.use_button(index.row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._shown.pointer_left()
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView would choose a row; here a row is chosen on purpose only.
        QWidget.focusInEvent(self, event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.use_button(self.currentIndex().row())
        elif is_letter(event):
            event.ignore()  # the view would keep it for itself
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.viewport().width())
