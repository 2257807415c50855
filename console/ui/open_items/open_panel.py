"""The list of open items: choose, walk, find; the keys of decisions are for what is chosen."""

from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView

from console.domain.phase import Phase
from console.ui.open_items.open_delegate import OpenDelegate
from console.ui.open_items.open_model import OpenModel, gravest
from console.ui.state.feature import Panel
from console.ui.state.labelling import JudgedLine, raised_line
from console.ui.state.raised_words import NO_OTHER, NOTHING_OPEN
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.roles import Role
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count
from console.ui.widgets.stable_list import StableList
from console.ui.widgets.timers import ticking

LOOK_MS = 500

_SIGNED_OUT = Blank("flag", "Open items appear here once you are signed in.")
_NOTHING = Blank("check", "Nothing is open.", "What is raised in any call appears here.")
_FILTERED = Blank("filter", "No open item holds these words.")


class OpenPanel(Panel):
    """What is open in all calls; several rows can be chosen and decided about at once."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        model = self.model = OpenModel(context.session, context.clock, self)
        self.filter = self.search = SearchField("Filter open items", "Filter open items")
        self.filter.setObjectName("filter-open")
        self.list = self.rows = StableList(model, "Open items", context.clock.monotonic)
        self.list.setObjectName("open-items")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(OpenDelegate(context.theme, self))
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.list, self.blank)
        self.still = PlainLabel(ink="accent", wrap=True)
        self.beyond = PlainLabel(ink="faint", wrap=True)
        head = in_row((self.filter, 1), margins=(8, 8, 8, 8))
        foot = in_column(self.still, self.beyond, margins=(12, 0, 12, 0))
        in_column(head, (self._stack, 1), foot, owner=self)
        self._timer = ticking(LOOK_MS, self)
        self._timer.timeout.connect(self._show_still)
        self._timer.start()
        self._connect()
        self._refresh()

    def take_focus(self) -> None:
        shown = self.list if self.model.rowCount() else self
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_open(self, by: int) -> str:
        """To the next row in which something is open, around the end of the list."""
        if not self._context.session.raised.count():
            return NOTHING_OPEN
        away = not self.isVisible()
        if away:
            self.wanted.emit()
        current = self.list.currentIndex()
        start = current.row() if current.isValid() else (-1 if by > 0 else 0)
        if away and current.isValid() and self.model.open_items(self.model.key(start)):
            self._choose_again()
            return ""
        key = self.model.open_key(start, by)
        if not key:
            return NO_OTHER
        self._go_to(key)
        return ""

    def activate(self) -> str:
        """Put the keyboard into the transcript around the chosen item."""
        if not self._context.desk.chosen:
            return "Choose an open item first."
        self._aim_again()
        self._context.desk.transcript_wanted.emit()
        return ""

    def line_meant(self) -> JudgedLine | None:
        items = self._context.desk.items()
        return raised_line(gravest(items)) if items else None

    def show_item(self, item_id: str) -> None:
        """Bring the list to the front, with this item chosen."""
        self.wanted.emit()
        key = self.model.key_of(item_id)
        if self.model.row_of(key) < 0:
            self.filter.clear()
        if key and self.model.row_of(key) >= 0:
            self._go_to(key)

    def _connect(self) -> None:
        context, model = self._context, self.model
        self.filter.textChanged.connect(model.set_filter)
        self.filter.left.connect(self.take_focus)
        self.list.choice_changed.connect(self._on_selection)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(lambda _index: self._aim_again())
        self.list.escaped.connect(self._let_go)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        context.session.raised.changed.connect(self._on_raised)
        context.session.state_changed.connect(self._refresh)
        context.session.pulse_changed.connect(self._show_beyond)
        context.desk.item_wanted.connect(self.show_item)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _go_to(self, key: str) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        index = self.model.index(self.model.row_of(key), 0)
        self.list.choose(index)
        self.list.scrollTo(index)

    def _let_go(self) -> None:
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())
        self._context.desk.choose((), self)
        self._context.controller.choose_nobody()

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.model.stay(self.model.key(current.row()))

    def _on_selection(self) -> None:
        if self.isVisible():  # else the items and people of now were chosen elsewhere
            self._choose_again()

    def _chosen_rows(self) -> list[QModelIndex]:
        return sorted(self.list.selectionModel().selectedIndexes(), key=QModelIndex.row)

    def _choose_again(self) -> None:
        """Keys are for what is chosen here: its open items, and the people who said them."""
        self._choose_items()
        self._aim_again()

    def _choose_items(self) -> None:
        rows = self._chosen_rows()
        items = [one for index in rows for one in self.model.items(self.model.key(index.row()))]
        self._context.desk.choose((one.item_id for one in items), self)

    def _aim_again(self) -> None:
        targets = [index.data(Role.TARGET) for index in self._chosen_rows()]
        if targets and not self._context.controller.aims_at(targets):
            self._context.controller.choose_people(targets)

    def _on_raised(self) -> None:
        # What came since belongs to the incident that is chosen, too.
        if self.isVisible() and self.list.selectionModel().hasSelection():
            self._choose_items()
        self._tell_count()

    def _refresh(self) -> None:
        session = self._context.session
        blank = _FILTERED if session.raised.count() else _NOTHING
        if session.state.phase is Phase.SIGNED_OUT:
            blank = _SIGNED_OUT
        self.blank.show_blank(blank)
        waited = self.hasFocus()
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self.blank)
        if waited:
            self.take_focus()  # the first item came while the keyboard was here
        self._tell_count()

    def _tell_count(self) -> None:
        items = self._context.session.raised.count()
        self.note_changed.emit(f"{items} open" if items else "")

    def _show_still(self) -> None:
        waiting = self.model.stale
        self.still.setVisible(waiting)
        if waiting:
            new = (
                f"{count(self.model.arrived, 'new row')} at the end. " if self.model.arrived else ""
            )
            self.still.show_text(f"{new}The list stands still while you point at it.")

    def _show_beyond(self) -> None:
        pulse = self._context.session.pulse
        beyond = pulse.desk.beyond if pulse is not None else 0
        self.beyond.setVisible(bool(beyond))
        if beyond:
            self.beyond.show_text(
                f"{count(beyond, 'older item')} more {'is' if beyond == 1 else 'are'} open; they"
                " are shown as soon as there is room."
            )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.list.selectionModel().hasSelection():
            return
        self._choose_items()
        if not event.spontaneous():  # the whole window came back, and nobody was chosen by that
            self._aim_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._context.desk.leave(self)

    def sizeHint(self) -> QSize:
        return QSize(320, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)
