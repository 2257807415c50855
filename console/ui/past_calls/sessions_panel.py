"""The list of past calls: find, order, choose; Enter or a click opens one."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup, QShowEvent
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton

from console.domain.past import PastFilter, PastOrder
from console.domain.phase import Phase
from console.protocol.past import AskPastSessions, PastSessions
from console.ui.past_calls.sessions_delegate import SessionsDelegate
from console.ui.past_calls.sessions_model import SessionsModel, key_of
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count
from console.ui.widgets.stable_list import StableList
from console.ui.widgets.timers import one_shot

ORDERS = (
    (PastOrder.LATEST, "Latest"),
    (PastOrder.LONGEST, "Longest"),
    (PastOrder.LINES, "Most lines"),
    (PastOrder.RAISED, "Most raised"),
    (PastOrder.ACTS, "Most acts"),
)
AGAIN_MS = 3_000
"""So long after a call began or ended the list is read again."""

_SIGNED_OUT = Blank("clock", "Past calls appear here once you are signed in.")
_READING = Blank("hourglass", "Past calls are being read…")
_NOTHING = Blank("clock", "No call is known yet.", "What is heard in any call is kept from now on.")
_FILTERED = Blank("filter", "No past call passes this filter.")


class SessionsPanel(Panel):
    """Every session that the store knows, page by page."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._asked = ""
        self._found = self._beyond = 0
        self._trouble = ""
        self._further = False
        self._order = PastOrder.LATEST
        model = self.model = SessionsModel(context.clock, self)
        self.filter = self.search = SearchField("Call or person", "Find past calls")
        self.filter.setObjectName("filter-past")
        self.raised = QCheckBox("Raised")
        self.raised.setToolTip("Only calls in which something was raised")
        self.acted = QCheckBox("Acted on")
        self.acted.setToolTip("Only calls in which something was done")
        self.order = self._order_button()
        self.list = self.rows = StableList(model, "Past calls", context.clock.monotonic)
        self.list.setObjectName("past-calls")
        self.list.setItemDelegate(SessionsDelegate(context.theme, context.clock.now, self))
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.list, self.blank)
        self.told = PlainLabel(ink="faint", wrap=True)
        self.more = push_button("Show more", self.read_more, name="more-past")
        head = in_column(
            in_row((self.filter, 1), self.order, spacing=6),
            in_row(self.raised, self.acted, None, spacing=14),
            margins=(8, 8, 8, 6),
            spacing=6,
        )
        foot = in_row((self.told, 1), self.more, margins=(12, 4, 12, 8))
        in_column(head, (self._stack, 1), foot, owner=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._again = one_shot(AGAIN_MS, self)
        self._again.timeout.connect(self._read_again)
        self._connect()
        self._show_order()
        self._refresh()

    def take_focus(self) -> None:
        shown = self.list if self.model.rowCount() else self.filter
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def activate(self) -> str:
        session = self.model.session(self.list.currentIndex().row())
        if session is None:
            return "Choose a call first."
        self._context.past.open(session.cid, session.session_id)
        return ""

    def read(self, offset: int = 0) -> None:
        """Ask for the sessions that the filter lets pass, from ``offset`` on."""
        wanted = PastFilter(
            text=self.filter.text(),
            raised=self.raised.isChecked(),
            acted=self.acted.isChecked(),
            order=self._order,
        )
        question = AskPastSessions(new_id(), wanted, offset)
        self._asked, self._further = question.request_id, offset > 0
        self._context.link.ask(question, self._on_page)
        self._refresh()

    def read_more(self) -> None:
        """Ask for the page behind what is shown."""
        self.read(self.model.rowCount())

    def _connect(self) -> None:
        context, model = self._context, self.model
        self.filter.settled.connect(lambda _text: self.read())
        self.filter.left.connect(self.take_focus)
        self.filter.returnPressed.connect(self._choose_first)
        self.raised.clicked.connect(lambda: self.read())
        self.acted.clicked.connect(lambda: self.read())
        self.list.clicked.connect(lambda _index: self.activate())
        self.list.escaped.connect(self.list.choose_none)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        context.past.changed.connect(self._show_opened)
        context.session.calls_changed.connect(lambda _cids: self._again.start())
        context.session.state_changed.connect(self._refresh)
        context.session.cleared.connect(self._forget)
        context.theme.changed.connect(self._show_order)

    def _order_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("order-past")
        button.setProperty("segment", "true")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(14, 14))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for order, label in ORDERS:
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(order is self._order)
            action.triggered.connect(partial(self._order_by, order))
            group.addAction(action)
        button.setMenu(menu)
        return button

    def _order_by(self, order: PastOrder, _on: bool = True) -> None:
        self._order = order
        self._show_order()
        self.read()

    def _show_order(self) -> None:
        label = dict(ORDERS)[self._order]
        self.order.setText(label)
        self.order.setToolTip("Order of past calls")
        self.order.setAccessibleName(f"Order of past calls: {label}")
        self.order.setIcon(self._context.theme.icon("sort"))

    def _read_again(self) -> None:
        if self.isVisible() and not self._further:  # else the further pages would go
            self.read()

    def _choose_first(self) -> None:
        if self.model.rowCount():
            self.list.choose(self.model.index(0, 0))
            self.take_focus()

    def _on_page(self, answer: PastSessions) -> None:
        if answer.request_id != self._asked:
            return
        self._asked = ""
        self._trouble = answer.sentence
        if not answer.sentence:
            self._found, self._beyond = answer.found, answer.beyond
            self.model.show_page(answer.sessions, more=answer.offset > 0)
            self._show_opened()
        self._refresh()

    def _show_opened(self) -> None:
        opened = self._context.past.session
        row = self.model.row_of(key_of(opened)) if opened is not None else -1
        if row >= 0 and row != self.list.currentIndex().row():
            self.list.choose(self.model.index(row, 0))

    def _forget(self) -> None:
        self._asked, self._found, self._beyond = "", 0, 0
        self.model.show_page((), more=False)
        if self.isVisible():
            self.read()

    def _refresh(self, *_rows: object) -> None:
        shown = self.model.rowCount()
        filtered = bool(self.filter.text()) or self.raised.isChecked() or self.acted.isChecked()
        blank = _READING if self._asked else _FILTERED if filtered else _NOTHING
        if self._context.session.state.phase is Phase.SIGNED_OUT:
            blank = _SIGNED_OUT
        elif self._trouble:
            blank = Blank("warning", self._trouble, token="warn")
        self.blank.show_blank(blank)
        waited = self.hasFocus()
        self._stack.setCurrentWidget(self.list if shown else self.blank)
        if waited and shown:
            self.take_focus()
        self.more.setVisible(shown < self._found)
        self.told.show_text(self._told(shown))
        self.note_changed.emit(f"{self._found:,}" if self._found else "")

    def _told(self, shown: int) -> str:
        parts = []
        if shown < self._found:
            parts.append(f"{shown:,} of {count(self._found, 'call')}.")
        if self._beyond:
            parts.append(f"{count(self._beyond, 'older one')} not looked at.")
        return " ".join(parts)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.read()

    def sizeHint(self) -> QSize:
        return QSize(320, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 140)
