"""The log at the bottom: every act with its receipt, undo and retry; others' acts greyed in."""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from console.domain.acts.table import ACTS
from console.ui.acts.acts_model import ActColumn, ActsModel
from console.ui.acts.receipt_delegate import ReceiptDelegate
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column
from console.ui.widgets.row_table import RowTable

_NOTHING = Blank("shield", "Nothing has been done yet.", "Every act gets a receipt here.")


class ActLog(RowTable):
    """Shows an ActsModel; follows the newest row while it is in sight."""

    def __init__(self, context: WindowContext, model: ActsModel) -> None:
        super().__init__(model, "Act log", context.theme)
        self._context = context
        self._model = model
        self._delegate = ReceiptDelegate(context.theme, self)
        self._at_end = True
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
        """Undo or retry the act of ``row``, whichever its button says."""
        index = self._model.index(row, ActColumn.UNDO)
        word = self.row_button(index)
        act_id = self._model.act_id(row)
        if word == "Undo":
            self._context.controller.undo(act_id)
        elif word == "Retry":
            self._context.controller.retry(act_id)

    def step(self, by: int) -> None:
        """Move the current row by ``by``; begins at the newest."""
        count, current = self.model().rowCount(), self.currentIndex()
        if count:
            row = current.row() + by if current.isValid() else count - 1
            self.setCurrentIndex(self.model().index(max(0, min(count - 1, row)), ActColumn.ACT))

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
        if self._at_end and self._delegate.hovered < 0 and not walking:
            self.verticalScrollBar().setValue(high)
            self._at_end = True

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()
            if row < 0 and self._at_end:
                self.scrollToBottom()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == ActColumn.UNDO and index == self.currentIndex():
            self.use_button(index.row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # QAbstractItemView would choose a row; here a row is chosen on purpose only.
        QWidget.focusInEvent(self, event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._at_end and self._delegate.hovered < 0:
            self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.use_button(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.viewport().width())


class ActLogPanel(Panel):
    """The log, or what stands in its place while nothing was done."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        model = self.model = ActsModel(context.session, parent=self)
        self.log = self.rows = ActLog(context, model)
        self.blank = BlankPage(context.theme, low=True)
        self.blank.show_blank(_NOTHING)
        in_column(self.log, self.blank, owner=self, spacing=None)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        some = self.model.rowCount() > 0
        self.log.setVisible(some)
        self.blank.setVisible(not some)

    def sizeHint(self) -> QSize:
        return QSize(700, 172)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 96)
