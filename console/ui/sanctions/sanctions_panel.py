"""Everything in force over all calls, to choose from."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView

from console.domain.phase import MEANINGS
from console.domain.sanction import Sanction
from console.ui.sanctions.chosen_sanction import chosen_sanction
from console.ui.sanctions.sanctions_delegate import SanctionsDelegate
from console.ui.sanctions.sanctions_model import SanctionsModel
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.short_texts import count
from console.ui.widgets.stable_list import StableList

_NOTHING = Blank(
    "check",
    "Nothing is in force.",
    "Mutes that hold, revoked permissions, blocks and bans of all calls appear here.",
)
_NOT_KNOWN = Blank(
    "clock",
    "What is in force is not known now.",
    "It is shown as soon as this console hears again.",
)
_NOT_FOUND = Blank("search", "Nothing in force has these words.")


class SanctionsPanel(Panel):
    """The list. Whoever a row concerns becomes the person that act keys are for."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._chosen = chosen_sanction(context)
        self._aimed: tuple[Target, ...] = ()
        model = self.model = SanctionsModel(context, self)
        self.list = self.rows = StableList(model, "Sanctions", context.clock.monotonic)
        self.list.setObjectName("sanctions")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setItemDelegate(SanctionsDelegate(context.theme, self))
        self.search = SearchField("Name, call, who or why", "Search sanctions")
        self.search.textChanged.connect(self._narrow)
        self.search.left.connect(self.take_focus)
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.list, self.blank)
        in_column(
            in_row(self.search, margins=(12, 8, 12, 6)),
            (self._stack, 1),
            owner=self,
        )
        self.list.choice_changed.connect(self._on_selection)
        context.controller.people_chosen.connect(self._follow_aim)
        self.list.escaped.connect(context.controller.choose_nobody)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        context.session.sanctions.changed.connect(self._refresh)
        self._chosen.changed.connect(self._on_over)
        context.session.state_changed.connect(self._refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._refresh()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {"sanction.lift": self._lift}

    def take_focus(self) -> None:
        shown = self.list if self.model.rowCount() else self
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lift(self) -> None:
        if why := self._chosen.lift():
            self._context.controller.say(why, "warn")

    def _narrow(self, typed: str) -> None:
        self.model.search(typed)
        self._refresh()

    def _on_selection(self) -> None:
        sanctions = self._selected()
        if not sanctions:
            self._chosen.choose("")
        elif self.isVisible():  # else whoever is chosen now was chosen elsewhere
            self._chosen.choose(*(sanction.sanction_id for sanction in sanctions))
            self._aimed = tuple(map(self.model.target, sanctions))
            self._context.controller.choose_people(self._aimed)

    def _selected(self) -> list[Sanction]:
        rows = sorted(self.list.selectionModel().selectedIndexes(), key=QModelIndex.row)
        found = (self.model.sanction(index.row()) for index in rows)
        return [sanction for sanction in found if sanction is not None]

    def _follow_aim(self) -> None:
        """No row looks chosen while the keys are for somebody else, or for nobody."""
        targets = list(map(self.model.target, self._selected()))
        if targets and not self._context.controller.aims_at(targets):
            self.list.choose_none()

    def _on_over(self) -> None:
        """What was chosen here is in force no more: the keys are for nobody then."""
        if self._chosen.sanction is not None or self._chosen.several:
            return
        aimed, self._aimed = self._aimed, ()
        if aimed and self.isVisible() and self._context.controller.aims_at(aimed):
            self._context.controller.choose_person(None)

    def _refresh(self) -> None:
        known = len(self._context.session.sanctions)
        hears = MEANINGS[self._context.session.state.phase].hears
        self.blank.show_blank(_NOT_FOUND if known else _NOTHING if hears else _NOT_KNOWN)
        waited = self.hasFocus()
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self.blank)
        if waited and self.model.rowCount():
            self.take_focus()
        soon = len(self._context.session.sanctions.ending(self._context.clock.now()))
        note = f"{count(known, 'sanction')}, {soon} ending soon" if soon else ""
        self.note_changed.emit(note or (f"{known:,} in force" if known else ""))

    def sizeHint(self) -> QSize:
        return QSize(320, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)
