"""The calls at the left: filter, order, and one row a call."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QActionGroup, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from console.domain.phase import Phase
from console.ui.calls.calls_delegate import CallsDelegate, pin_place
from console.ui.calls.calls_model import CallsModel
from console.ui.state.call_filter import HELP
from console.ui.state.feature import Panel
from console.ui.state.settings_table import SETTINGS
from console.ui.state.window_context import WindowContext
from console.ui.widgets.layouts import in_column, in_row
from console.ui.widgets.plain_text_widgets import tip
from console.ui.widgets.roles import Role
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count
from console.ui.widgets.stable_list import StableList
from console.ui.widgets.theme import Theme

ORDERS = SETTINGS["calls_sort"].choices


class CallsList(StableList):
    """Rows of the calls model; a click on the star pins."""

    def __init__(
        self,
        model: CallsModel,
        theme: Theme,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, "Calls", monotonic, parent)
        self._model = model
        self.setObjectName("calls")
        self.setItemDelegate(CallsDelegate(theme, self))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(Role.CID):
            star = pin_place(self.visualRect(index))
            if star.contains(event.position().toPoint()):
                if not self.is_press_refused(event):
                    self._model.toggle_pin(index.data(Role.CID))
                return
        super().mousePressEvent(event)


class CallsPanel(Panel):
    """Owns the list of calls and remembers its order and the pinned ones."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._choosing = False
        settings = context.settings
        self.model = CallsModel(context.session, context.clock, self)
        self.model.set_pinned(settings["pinned_calls"])
        self.model.set_sort(settings["calls_sort"])
        self.model.pins_changed.connect(self._remember_pins)
        settings.changed.connect(self._on_setting_changed)
        self.filter = self.search = SearchField("Filter calls", "Filter calls")
        self.filter.setObjectName("filter-calls")
        self.order = QToolButton()
        self.order.setObjectName("order-calls")
        self.order.setProperty("segment", "true")
        self.order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.order.setIconSize(QSize(14, 14))
        self.order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.order.setMenu(self._order_menu())
        self.list = self.rows = CallsList(self.model, context.theme, context.clock.monotonic)
        in_column(
            in_row((self.filter, 1), self.order, margins=(8, 8, 8, 8), spacing=6),
            (self.list, 1),
            owner=self,
        )
        self.filter.textChanged.connect(self._on_filter)
        self._on_filter("")
        self.filter.left.connect(self.take_focus)
        self.filter.returnPressed.connect(self._choose_first)
        context.theme.changed.connect(self._show_order)
        self._show_order()
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        context.controller.call_chosen.connect(self._show_chosen)
        context.session.calls_changed.connect(self._on_calls)
        context.session.state_changed.connect(self._on_calls)
        self.model.rowsInserted.connect(lambda: self._show_chosen(context.controller.cid))
        self._show_chosen(context.controller.cid)
        self._on_calls()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "go.filter_calls": self.focus_filter,
            "go.next_call": lambda: self.step(1),
            "go.previous_call": lambda: self.step(-1),
            "go.all_calls": self._choose_all,
            "call.pin": self._pin,
        }

    def _on_filter(self, typed: str) -> None:
        trouble = self.model.set_filter(typed)
        self.filter.setToolTip(tip(trouble or HELP))
        self.filter.setAccessibleDescription(trouble)
        if self.filter.property("bad") != ("true" if trouble else "false"):
            self.filter.setProperty("bad", "true" if trouble else "false")
            self.filter.style().unpolish(self.filter)
            self.filter.style().polish(self.filter)

    def _choose_all(self) -> str:
        shown = self._context.controller.cid
        self._context.controller.choose_call("")
        return "" if shown else "All calls are shown already."

    def _pin(self) -> str:
        cid = self._context.controller.cid
        self.model.toggle_pin(cid)
        return "" if cid else "Choose a call first."

    def _choose_first(self) -> None:
        if self.model.rowCount() > 1 and self.filter.text():
            self.list.setCurrentIndex(self.model.index(1, 0))
            self.list.setFocus()

    def _order_menu(self) -> QMenu:
        menu = QMenu(self.order)
        group = QActionGroup(menu)
        for value, label in ORDERS:
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(value == self._context.settings["calls_sort"])
            action.triggered.connect(lambda _on, value=value: self._on_order(value))
            group.addAction(action)
        return menu

    def _on_order(self, value: str) -> None:
        self._context.settings["calls_sort"] = value

    def _on_setting_changed(self, name: str) -> None:
        if name == "calls_sort":
            self.model.set_sort(self._context.settings["calls_sort"])
            self._show_order()
        elif name == "pinned_calls" and self.model.pinned != set(self._context.settings[name]):
            self.model.set_pinned(self._context.settings[name])  # pinned elsewhere

    def _remember_pins(self, cids: tuple[str, ...]) -> None:
        self._context.settings["pinned_calls"] = list(cids)

    def _show_order(self) -> None:
        label = dict(ORDERS)[self._context.settings["calls_sort"]]
        self.order.setText(label)
        self.order.setToolTip("Order of calls; pinned ones come first")
        self.order.setAccessibleName(f"Order of calls: {label}")
        self.order.setIcon(self._context.theme.icon("sort"))

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._choosing:
            self._context.controller.choose_call(current.data(Role.CID))

    def _show_chosen(self, cid: str) -> None:
        row = self.model.row_of(cid)
        if row >= 0 and self.list.currentIndex().row() != row:
            self._choosing = True
            self.list.setCurrentIndex(self.model.index(row, 0))
            self._choosing = False

    def _on_calls(self) -> None:
        session = self._context.session
        watched = session.state.phase is not Phase.SIGNED_OUT
        self.note_changed.emit(
            count(len(session.calls), "active call") if watched else "signed out"
        )

    def sizeHint(self) -> QSize:
        return QSize(268, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)
