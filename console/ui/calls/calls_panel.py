"""The calls at the left: filter, order, and one row a call."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from console.ui.calls.calls_delegate import CallsDelegate, pin_place
from console.ui.state.window_context import WindowContext
from console.ui.widgets.badge_words import count
from console.ui.widgets.roles import Role
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.stable_list import StableList
from console.ui.widgets.theme import Theme

ORDERS = (("heat", "Hottest"), ("flags", "Unseen"), ("people", "People"), ("name", "Name"))


class CallsList(StableList):
    """Rows of the calls model; a click on the star pins."""

    def __init__(self, parts: WindowContext, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parts.calls, "Calls", parent)
        self._parts = parts
        self.setObjectName("calls")
        self.setItemDelegate(CallsDelegate(theme, self))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(Role.CID):
            star = pin_place(self.visualRect(index))
            if star.contains(event.position().toPoint()):
                self._parts.calls.toggle_pin(index.data(Role.CID))
                event.accept()
                return
        super().mousePressEvent(event)


class CallsPanel(QWidget):
    """Owns the list of calls.

    Signals:
        count_changed: a few words on how many calls there are.
    """

    count_changed = Signal(str)

    def __init__(self, parts: WindowContext, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._choosing = False
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.filter = SearchField()
        self.filter.setObjectName("filter-calls")
        self.filter.setPlaceholderText("Filter calls")
        self.filter.setAccessibleName("Filter calls")
        self.order = QToolButton()
        self.order.setObjectName("order-calls")
        self.order.setProperty("segment", "true")
        self.order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.order.setIconSize(QSize(14, 14))
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setMenu(self._order_menu())
        self.list = CallsList(parts, theme)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.setSpacing(6)
        bar.addWidget(self.filter, 1)
        bar.addWidget(self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        self.filter.textChanged.connect(parts.calls.set_filter)
        self.filter.returnPressed.connect(self._choose_first)
        parts.theme.changed.connect(self._show_order)
        self._show_order()
        self.list.selectionModel().currentChanged.connect(self._on_current)
        parts.controller.call_chosen.connect(self._show_chosen)
        parts.session.calls_changed.connect(self._on_calls)
        parts.calls.rowsInserted.connect(lambda: self._show_chosen(parts.controller.cid))
        self._show_chosen(parts.controller.cid)
        self._on_calls()

    def step(self, by: int) -> None:
        """Choose the next or an earlier call."""
        self.list.step(by)

    def _choose_first(self) -> None:
        if self._parts.calls.rowCount() > 1 and self.filter.text():
            self.list.setCurrentIndex(self._parts.calls.index(1, 0))
            self.list.setFocus()

    def _order_menu(self) -> QMenu:
        menu = QMenu(self.order)
        group = QActionGroup(menu)
        for value, label in ORDERS:
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(value == self._parts.settings["calls_sort"])
            action.triggered.connect(lambda _on, value=value: self._on_order(value))
            group.addAction(action)
        return menu

    def _on_order(self, value: str) -> None:
        self._parts.settings["calls_sort"] = value
        self._parts.calls.set_sort(value)
        self._show_order()

    def _show_order(self) -> None:
        label = dict(ORDERS)[self._parts.settings["calls_sort"]]
        self.order.setText(label)
        self.order.setToolTip("Order of calls; pinned ones come first")
        self.order.setAccessibleName(f"Order of calls: {label}")
        self.order.setIcon(self._parts.theme.icon("sort"))

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._choosing:
            self._parts.controller.choose_call(current.data(Role.CID))

    def _show_chosen(self, cid: str) -> None:
        row = self._parts.calls.row_of(cid)
        if row >= 0 and self.list.currentIndex().row() != row:
            self._choosing = True
            self.list.setCurrentIndex(self._parts.calls.index(row, 0))
            self._choosing = False

    def _on_calls(self) -> None:
        self.count_changed.emit(count(len(self._parts.session.calls), "active call"))

    def sizeHint(self) -> QSize:
        return QSize(268, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)
