"""The list of the review queue: what waits, worst or oldest first; one or many are chosen."""

from functools import partial

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView

from console.domain.phase import MEANINGS
from console.domain.review import ReviewItem
from console.protocol.review import QueueFilter, QueueQuery, SaveView, ViewSaved, WatchQueue
from console.protocol.to_window import EngineState
from console.ui.queue.held_pictures import held_pictures
from console.ui.queue.queue_delegate import QueueDelegate
from console.ui.queue.queue_head import DUE, QueueHead
from console.ui.queue.queue_model import ITEM, QueueModel
from console.ui.queue.words import in_minutes
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.controls import push_button
from console.ui.widgets.layouts import in_column, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.short_texts import clock_minute, count
from console.ui.widgets.stable_list import StableList

_NOT_READ = Blank("clock", "The review queue is being read.")
_NOT_SIGNED_IN = Blank("clock", "The review queue appears here once you are signed in.")
_NOT_KNOWN = Blank(
    "clock",
    "What waits is not known now.",
    "The queue is read again as soon as this console is connected.",
)
_EMPTY = Blank("check", "Nothing waits here.", "The queue is read again every few seconds.")


def target_of_item(item: ReviewItem, session_id: str = "", call_name: str = "") -> Target:
    """The author of an item."""
    return Target(
        cid=item.cid,
        session_id=session_id,
        user_id=item.author_id,
        name=item.author_name or item.author_id,
        call_name=call_name or item.cid,
    )


class QueuePanel(Panel):
    """Chooses items, and their author for the inspector."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._hears = False
        self.head = QueueHead()
        model = self.model = QueueModel(context, self)
        self.list = self.rows = StableList(model, "Review queue", context.clock.monotonic)
        self.list.setObjectName("queue")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        me = partial(getattr, context.session, "state")
        self.list.setItemDelegate(
            QueueDelegate(context.theme, context.clock.now, lambda: me().user_id, self)
        )
        held_pictures(context).watch(self.list)
        self.blank = BlankPage(context.theme)
        self._stack = stacked(self.list, self.blank)
        self.more = push_button("Show more", self.head.load_more, name="queue-more")
        self.told = PlainLabel(ink="faint", wrap=True)
        foot = in_column(self.more, self.told, margins=(12, 6, 12, 8), spacing=6)
        in_column(self.head, (self._stack, 1), foot, owner=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head.changed.connect(self._on_query)
        self.head.save_wanted.connect(self._save)
        self.list.choice_changed.connect(self._on_selection)
        self.list.clicked.connect(lambda _index: self._aim_again())
        self.list.escaped.connect(self.list.clearSelection)
        self.list.press_refused.connect(partial(context.controller.say, token="warn"))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        model.dataChanged.connect(self._show_decided)
        context.session.queue.changed.connect(self._refresh)
        context.session.state_changed.connect(self._on_state)
        context.link.restarted.connect(self._watch)
        context.controller.next_item_wanted.connect(self.go_on)
        self._refresh()

    def take_focus(self) -> None:
        shown = self.list if self.model.rowCount() else self
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def activate(self) -> str:
        """Go to what it is about, in the transcript of its call."""
        items = self.items()
        if len(items) != 1:
            return "Choose one item to see it in its call."
        session = self._context.session
        if session.call(items[0].cid) is None:
            return "Its call is not among those of this sign-in."
        if session.history.line(items[0].entity_id) is None:
            return "Its line is not in the transcript any more; the words around it are here."
        self._context.controller.show_line(items[0].cid, items[0].entity_id)
        return ""

    def items(self) -> tuple[ReviewItem, ...]:
        """What is chosen, as it is now; in the order of the list."""
        rows = sorted(self.list.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return tuple(index.data(ITEM) for index in rows if index.data(ITEM) is not None)

    def go_on(self) -> bool:
        """Choose the next item that waits; False where there is none."""
        row = self.model.next_due(self.list.currentIndex().row())
        if row < 0:
            self.list.clearSelection()
            return False
        self.list.choose(self.model.index(row, 0))
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()
        if not event.spontaneous():
            self._aim_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._context.link.tell(WatchQueue(None))

    def _watch(self) -> None:
        if self.isVisible():
            self._context.link.tell(WatchQueue(self.head.query))

    def _on_state(self, state: EngineState) -> None:
        """A further sign-in does not know what the one before was asked to watch."""
        hears = MEANINGS[state.phase].hears
        if hears and not self._hears:
            self._watch()
        self._hears = hears
        self._refresh()

    def _on_query(self, _query: QueueQuery) -> None:
        self.model.order_by(self.head.query.order)
        self._watch()
        self._refresh()

    def _save(self, name: str, shared: bool) -> None:
        question = SaveView(new_id(), name=name, query=self.head.query, shared=shared)
        self._context.link.ask(question, self._on_saved)

    def _on_saved(self, saved: ViewSaved) -> None:
        if saved.sentence:
            self._context.controller.say(f"The view was not saved: {saved.sentence}", "warn")
            return
        self._context.controller.say("The view is saved.", "good")
        if saved.view_id:
            self.head.show_view(saved.view_id)

    def _on_selection(self) -> None:
        items = self.items()
        if self.isVisible():  # else whoever is chosen now was chosen elsewhere
            self._choose_author(items)
        self._context.controller.choose_items([item.item_id for item in items])

    def _aim_again(self) -> None:
        """Somebody else may have been chosen since the item was."""
        items = self.items()
        alone = len(items) == 1 and self._context.controller.aims_at([target_of_item(items[0])])
        if items and not alone:
            self._choose_author(items)

    def _choose_author(self, items: tuple[ReviewItem, ...]) -> None:
        if len(items) == 1 and items[0].author_id:
            call = self._context.session.call(items[0].cid)
            self._context.controller.choose_person(
                target_of_item(items[0], call.session_id if call else "", call.name if call else "")
            )
        elif self._context.controller.chosen:
            self._context.controller.choose_person(None)

    def _refresh(self) -> None:
        queue = self._context.session.queue
        state = queue.state
        self.head.show_state(state)
        self._show_decided()
        waited = self.hasFocus()
        some = self.model.rowCount() > 0
        self.blank.show_blank(self._blank())
        self._stack.setCurrentWidget(self.list if some else self.blank)
        if waited and some:
            self.take_focus()  # the first item came while the keyboard was here
        self.more.setVisible(state.more and some)
        self.told.show_text(self._told())
        self.note_changed.emit(_due_words(state.due, exact=state.due_exact))

    def _show_decided(self, *_changed: object) -> None:
        self.head.show_decided(self.model.decided())

    def _told(self) -> str:
        state = self._context.session.queue.state
        now = self._context.clock.now()
        parts = []
        if state.oldest_at:
            parts.append(f"The oldest waits for {in_minutes(now - state.oldest_at)}.")
        if state.trouble:
            parts.append(f"{state.trouble} This is of {clock_minute(state.read_at)}.")
        return " ".join(parts)

    def _blank(self) -> Blank:
        state = self._context.session.queue.state
        if state.refused:
            return Blank(
                "lock",
                "You may not read the review queue.",
                f"{state.refused} Your role in the app would need the right to read it.",
                token="warn",
            )
        if not state.read_at:
            return _NOT_READ if self._context.session.state.user_id else _NOT_SIGNED_IN
        if not MEANINGS[self._context.session.state.phase].hears:
            return _NOT_KNOWN
        waits = state.due and state.query.view_id == DUE and state.query.chosen == QueueFilter()
        return _EMPTY if state.query == self.head.query and not waits else _NOT_READ

    def sizeHint(self) -> QSize:
        return QSize(320, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 120)


def _due_words(due: int, *, exact: bool) -> str:
    return "" if not due else f"{count(due, 'due', 'due')}" if exact else f"{due:,} or more due"
