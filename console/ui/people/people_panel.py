"""The people of one call: search and one row a person."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize
from PySide6.QtWidgets import QAbstractItemView, QPushButton

from console.ui.people.people_delegate import PeopleDelegate
from console.ui.people.people_model import PeopleModel
from console.ui.people.raid_bar import RaidBar
from console.ui.state.act_refusals import MAX_COUNT
from console.ui.state.feature import Panel
from console.ui.state.not_heard import as_of
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.roles import Role
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count
from console.ui.widgets.stable_list import StableList

_AND_NO_OTHERS = QItemSelectionModel.SelectionFlag.ClearAndSelect

_NO_CALL = Blank("people", "Choose a call to see its people.")
_NO_MATCH = Blank("search", "Nobody here has that name.")
_READING = Blank("hourglass", "Reading who is in the call…")
_OVER = Blank("end-call", "This call has ended.")
_NOBODY = Blank("people", "Nobody is in this call.")


class PeoplePanel(Panel):
    """Owns the list of people."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._choosing = False
        model = self.model = PeopleModel(context.session, context.clock, self)
        self.filter = self.search = SearchField("Filter people", "Filter people")
        self.filter.setObjectName("filter-people")
        self.list = self.rows = StableList(model, "People", context.clock.monotonic)
        self.list.setObjectName("people")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(PeopleDelegate(context.theme, self))
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.list, self.blank)
        self.raid = RaidBar(context)
        self.raid.shown.connect(model.set_only)
        self.raid.all_wanted.connect(self._choose_all)
        self.find_raid = QPushButton("Raid")
        self.find_raid.setCheckable(True)
        self.find_raid.setAutoDefault(False)
        self.find_raid.setToolTip("Find people who came together, or who are alike")
        self.find_raid.setAccessibleName("Find a raid")
        self.find_raid.toggled.connect(self._show_raid)
        margin = in_row((self.filter, 1), self.find_raid, margins=(8, 0, 8, 0), spacing=6)
        in_column(margin, self.raid, (self._stack, 1), owner=self, margins=(0, 8, 0, 0), spacing=8)
        self.filter.textChanged.connect(model.set_filter)
        self.filter.left.connect(self.take_focus)
        self.list.choice_changed.connect(self._on_selection)
        self.list.escaped.connect(context.controller.choose_nobody)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        model.modelReset.connect(lambda: self.raid.show_call(model.cid))
        context.session.calls_changed.connect(self._on_calls)
        context.controller.person_chosen.connect(self._show_chosen)
        self._refresh()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"go.filter_people": self.focus_filter, "people.raid": self.find_raid.toggle}

    def _show_raid(self, on: bool) -> None:
        self.raid.show_call(self.model.cid)
        self.raid.setVisible(on)
        if on:
            self.raid.minutes.setFocus()

    def _choose_all(self) -> None:
        """All who are listed, as far as one act may be for so many."""
        rows = min(self.model.rowCount(), MAX_COUNT)
        last = self.model.index(rows - 1, 0)
        chosen = QItemSelection(self.model.index(0, 0), last)
        self.list.selectionModel().select(chosen, _AND_NO_OTHERS)
        self.list.setFocus()
        if rows < self.model.rowCount():
            self._context.controller.say(f"The first {rows} are chosen; more is too many.", "warn")

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.list:
            super().take_focus()
        else:
            self.blank.take_focus()

    def _on_selection(self) -> None:
        if self._choosing:
            return
        targets = self._chosen_targets()
        controller = self._context.controller
        self._keep_still()
        if targets:
            controller.choose_people(targets)
        elif len(controller.chosen) > 1:
            controller.choose_person(None)  # the last of several left or was deselected

    def _chosen_targets(self) -> list[Target]:
        rows = sorted(self.list.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [index.data(Role.TARGET) for index in rows]

    def _show_chosen(self, target: Target | None) -> None:
        controller = self._context.controller
        if len(controller.chosen) > 1 and controller.aims_at(self._chosen_targets()):
            return  # they were chosen here
        row = -1
        if target is not None and target.cid == self.model.cid:
            row = self.model.row_of_user(target.user_id)
        self._choosing = True
        index = self.model.index(row, 0) if row >= 0 else QModelIndex()
        chosen = self.list.selectionModel().selectedIndexes()
        if index != self.list.currentIndex() or len(chosen) > 1:
            self.list.choose(index)
        self._choosing = False
        self._keep_still()

    def _keep_still(self) -> None:
        rows = self.list.selectionModel().selectedIndexes()
        self.model.set_chosen(frozenset(self.model.key(index.row()) for index in rows))

    def _refresh(self) -> None:
        people = self.model
        rows = people.rowCount()
        if rows:
            self._stack.setCurrentWidget(self.list)
        else:
            call = self._context.session.call(people.cid)
            blank = _NO_CALL
            if people.cid:
                blank = _READING if call and call.people else _NOBODY
                blank = _OVER if call and call.ended_at else blank
            self.blank.show_blank(_NO_MATCH if self.filter.text() else blank)
            self._stack.setCurrentWidget(self.blank)
        self._count()
        self._show_chosen(self._context.controller.target)

    def _on_calls(self) -> None:
        if self._stack.currentWidget() is self.blank:
            self._refresh()
        else:
            self._count()

    def _count(self) -> None:
        people = self.model
        call = self._context.session.call(people.cid)
        total = call.people if call else people.rowCount()
        words = as_of(
            count(max(total, 0), "person", "people"), call.unmonitored_since if call else 0.0
        )
        self.note_changed.emit(words if people.cid else "")

    def sizeHint(self) -> QSize:
        return QSize(332, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 120)
