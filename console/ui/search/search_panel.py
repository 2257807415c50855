"""The list of the workspace: a query, what it finds while it is written, and saved searches."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from console.domain.phase import Phase
from console.domain.search.hit import Found, Hit, SavedSearch
from console.domain.search.parse import parse
from console.domain.search.query import QueryError
from console.protocol.search import (
    AskSearch,
    AskSearchValues,
    KeepSearch,
    LookedAtSearch,
    RemoveSearch,
    SearchKept,
    SearchPage,
    SearchValues,
    WrongPlace,
)
from console.ui.search.blanks import EMPTY, NOT_UNDERSTOOD, SIGNED_OUT
from console.ui.search.hit_words import index_words, looked_words, nothing_found, target_of_hit
from console.ui.search.hits_delegate import HitsDelegate
from console.ui.search.hits_model import MORE, HitsModel
from console.ui.search.query_field import QueryField
from console.ui.search.title_field import TitleField
from console.ui.state.engine_link import new_id
from console.ui.state.feature import Panel
from console.ui.state.window_context import WindowContext
from console.ui.widgets.blank_page import Blank, BlankPage
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.layouts import in_column, in_row, stacked
from console.ui.widgets.plain_text_widgets import PlainLabel
from console.ui.widgets.segments import Segments
from console.ui.widgets.short_texts import count
from console.ui.widgets.stable_list import StableList

MOST_SHOWN = 2_000
"""Hits in the list; who wants more asks for less at once."""


class SearchPanel(Panel):
    """Results come while somebody writes; choosing one shows its moment and aims at its person."""

    def __init__(self, context: WindowContext) -> None:
        super().__init__()
        self._context = context
        self._hits: list[Hit] = []
        self._asked = ""
        self._next = 0
        self._kept: SavedSearch | None = None
        """The saved search that was run or kept last; another query makes another search."""
        self._going = False
        """Whether the keyboard goes to the hits as soon as they are here."""
        self.query = self.search = QueryField(context.theme, self._ask_values)
        self.order = Segments((("newest", "Newest"), ("best", "Best")), "Order")
        self.trouble = PlainLabel(ink="bad", wrap=True)
        self.model = HitsModel(context, self)
        self.list = self.rows = StableList(self.model, "Hits", context.clock.monotonic)
        self.list.setObjectName("hits")
        self.list.setItemDelegate(HitsDelegate(context.theme, self))
        self.blank = BlankPage(context.theme, low=True)
        self._stack = stacked(self.blank, self.list)
        self.status = PlainLabel(ink="faint", wrap=True)
        self.save = QPushButton("Save")
        self.watch = QPushButton("Watch")
        self.watch.setCheckable(True)
        self.title = TitleField()
        self.fresh = QPushButton()
        self.fresh.setObjectName("new-hits")
        head = in_column(self.query, self.trouble, margins=(8, 8, 8, 4), spacing=4)
        flow = FlowLayout(gap=6)  # a narrow list has them on two lines
        keep = QWidget()
        in_row(self.save, self.watch, owner=keep, spacing=6)
        flow.addWidget(self.order)
        flow.addWidget(keep)
        buttons = in_column(flow, margins=(8, 4, 8, 8))
        fresh = in_column(self.title, self.fresh, margins=(8, 0, 8, 4), spacing=4)
        foot = in_column(self.status, margins=(12, 4, 12, 4))
        in_column(head, buttons, fresh, (self._stack, 1), foot, owner=self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._begin()

    def take_focus(self) -> None:
        self.query.take_focus()

    def activate(self) -> str:
        """Open the chosen row: its moment, its hits, the next page, or the saved search."""
        key = self.model.key(self.list.currentIndex().row())
        if not key:
            return "Choose a hit first."
        saved = self.model.saved(key)
        if saved is not None:
            self._run(saved.search)
        elif key == MORE:
            self._ask(start=self._next)
        elif self.model.is_group(key):
            self.model.toggle(key)
        else:
            return self._enter()
        return ""

    def search_for(self, query: str) -> None:
        """Search for ``query``, as if it had been written here."""
        self.wanted.emit()
        self.query.setText(query)
        self._search(typing=False)

    def _connect(self) -> None:
        session = self._context.session
        self.query.textChanged.connect(lambda _text: self._show_buttons())
        self.query.settled.connect(lambda _text: self._search(typing=True))
        self.query.entered.connect(self._on_entered)
        self.query.down_wanted.connect(self._to_hits)
        self.query.left.connect(self._to_hits)
        self.order.chosen.connect(lambda _key: self._search(typing=False, anew=True))
        self.list.choice_changed.connect(self._on_choice)
        self.list.activated.connect(lambda _index: self.activate())
        self.list.escaped.connect(self._back)
        self.list.press_refused.connect(partial(self._context.controller.say, token="warn"))
        self.save.clicked.connect(self._save)
        self.watch.clicked.connect(self._watch)
        self.title.given.connect(self._name)
        self.fresh.clicked.connect(self._show_fresh)
        session.searches.changed.connect(lambda _ids: self._on_saved_changed())
        session.searches.index_changed.connect(lambda _state: self._show_status(None))
        session.searches.search_wanted.connect(self._run_by_id)
        session.cleared.connect(self._begin)
        session.state_changed.connect(self._show_blank_again)

    # -- asking

    def _on_entered(self) -> None:
        """The query is whole, or is said to be wrong; its last word may go on as before."""
        try:
            parse(self.query.text(), self._context.clock.now())
        except QueryError as error:
            self._asked = self.query.text()  # an answer to an older query is too late now
            self._show_wrong(WrongPlace(error.start, error.end, error.sentence))
            self._hits = []
            self._show_as_earlier()
            return
        self._going = True
        self._search(typing=True, anew=True)

    def _to_hits(self) -> None:
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.list.currentIndex().isValid():
                first = int(self.model.is_group(self.model.key(0)))
                self.list.choose(self.model.index(first, 0))

    def _search(self, *, typing: bool, anew: bool = False) -> None:
        text = self.query.text()
        if not text.strip():
            self._begin()
            return
        if text == self._asked and not anew:
            return
        self._asked = text
        self._ask(typing=typing)

    def _ask(self, *, typing: bool = False, start: int = 0) -> None:
        best = self.order.key() == "best"
        text = self.query.text() if not start else self._asked
        question = AskSearch(new_id(), text, typing=typing, by_rank=best, start=start)
        self._context.link.ask(question, self._on_page)

    def _ask_values(self, key: str, begun: str) -> None:
        self._context.link.ask(AskSearchValues(new_id(), key, begun), self._on_values)

    def _on_values(self, answer: SearchValues) -> None:
        self.query.offer_values(answer.key, answer.values)

    def _on_page(self, page: SearchPage) -> None:
        if not page.sentence and page.query != self._asked:
            return
        self._show_wrong(page.wrong, f"{page.sentence} {page.advice}".strip())
        if page.wrong or page.sentence:
            self._show_as_earlier()
            return
        found = page.found
        if found.cut and not found.hits and found.next:
            self._show_status(found)
            self._ask(start=found.next)  # a pattern looks through everything, step by step
            return
        self._hits = ([*self._hits, *found.hits] if page.start else list(found.hits))[:MOST_SHOWN]
        self._next = found.next if len(self._hits) < MOST_SHOWN else 0
        more = "More hits" if self._next else ""
        self.model.show_hits(self._hits, more)
        self.blank.show_blank(Blank("search", nothing_found(found)))
        self._stack.setCurrentWidget(self.list if self._hits else self.blank)
        self._show_status(found)
        self._show_buttons()
        known = self._known()
        if known is not None and not page.start and self._new_of(known):
            self._context.link.tell(LookedAtSearch(known.search_id))
        if not page.start:
            self.list.choose_none()
            self.list.scrollToTop()
            if self._going:
                self._to_hits()
            self._going = False

    def _show_wrong(self, wrong: WrongPlace | None, sentence: str = "") -> None:
        self.query.show_wrong(wrong)
        words = f"Column {wrong.start + 1}: {wrong.sentence}" if wrong else sentence
        self.trouble.setVisible(bool(words))
        self.trouble.show_text(words)
        self._show_buttons()

    def _show_as_earlier(self) -> None:
        """Say that the hits are of the query before; they stay, so that nothing jumps meanwhile."""
        self._next = 0
        self.model.show_hits(self._hits, "")
        self.blank.show_blank(NOT_UNDERSTOOD)
        self._stack.setCurrentWidget(self.list if self._hits else self.blank)
        words = f"{count(len(self._hits), 'hit')} of the query before." if self._hits else ""
        self.status.show_text(words)
        self.status.setVisible(bool(words))
        self.note_changed.emit("")

    # -- what is shown

    def _begin(self) -> None:
        """Nothing is searched for: the saved searches are here, or what can be written."""
        self._asked, self._hits, self._next, self._kept = "", [], 0, None
        self._show_wrong(None)
        saved = self._context.session.searches.all()
        self.model.show_saved(saved)
        self._stack.setCurrentWidget(self.list if saved else self.blank)
        self._show_blank_again()
        self._show_status(None)
        self._show_buttons()

    def _show_blank_again(self) -> None:
        if not self._asked:
            out = self._context.session.state.phase is Phase.SIGNED_OUT
            self.blank.show_blank(SIGNED_OUT if out else EMPTY)

    def _show_status(self, found: Found | None) -> None:
        behind = index_words(found.index if found else self._context.session.searches.index)
        words = []
        if found is not None and self._hits:
            shown = count(len(self._hits), "hit")
            words.append(f"{shown} shown, there are more." if self._next else f"{shown}.")
        if found is not None and (found.cut or not self._hits):
            words.append(f"{looked_words(found)}." if found.looked else "")
        if found is None and not self._asked and self._context.session.searches.all():
            words.append("Your saved searches. Enter runs one.")
        self.status.show_text(" ".join(filter(None, [*words, behind])))
        self.status.setVisible(bool(self.status.text()))
        self.note_changed.emit(count(len(self._hits), "hit") if self._hits else "")

    def _saved_id(self) -> str:
        """The id of the saved search that asks what is written now; empty where none does."""
        written = self.query.text().strip()
        if self._kept is not None and self._kept.query.strip() == written:
            return self._kept.search_id
        saved = self._context.session.searches.all()
        return next((one.search_id for one in saved if one.search.query.strip() == written), "")

    def _known(self) -> SavedSearch | None:
        known = self._context.session.searches.find(self._saved_id())
        return known.search if known else None

    def _show_buttons(self) -> None:
        known = self._known()
        self.save.setText("Remove" if known else "Save")
        for button in (self.save, self.watch):
            button.setVisible(bool(self._asked) and self.trouble.isHidden())
        self.watch.setChecked(bool(known and known.watched))
        self.watch.setText("Watched" if self.watch.isChecked() else "Watch")
        self.title.show_title(known if self.save.isVisibleTo(self) else None)
        new = self._new_of(known)
        self.fresh.setText(f"{new:,} new: show")
        self.fresh.setVisible(bool(new) and self.save.isVisibleTo(self))

    def _new_of(self, known: SavedSearch | None) -> int:
        counted = self._context.session.searches.find(known.search_id) if known else None
        return counted.new if counted is not None else 0

    def _show_fresh(self) -> None:
        known = self._known()
        if known is not None:
            self._run(known)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)  # the button goes away

    def _on_saved_changed(self) -> None:
        if not self._asked:
            self._begin()
        self._show_buttons()

    # -- saved searches

    def _run_by_id(self, search_id: str) -> None:
        known = self._context.session.searches.find(search_id)
        if known is not None:
            self.wanted.emit()
            self._run(known.search)

    def _run(self, search: SavedSearch) -> None:
        self.order.choose("best" if search.by_rank else "newest")
        self.query.setText(search.query)
        self._search(typing=False, anew=True)
        self._kept = search
        self._show_buttons()
        if search.watched:
            self._context.link.tell(LookedAtSearch(search.search_id))

    def _save(self) -> None:
        known = self._known()
        if known is not None:
            self._kept = None
            self._context.link.ask(RemoveSearch(new_id(), known.search_id), self._on_kept)
        else:
            self._keep(watched=False)

    def _watch(self) -> None:
        self._keep(watched=self.watch.isChecked())

    def _keep(self, *, watched: bool) -> None:
        self._search(typing=False)  # what is written now, though the pause after it is not over
        known, best = self._known(), self.order.key() == "best"
        if known is not None:
            search = replace(known, watched=watched, by_rank=best)
        else:
            search = SavedSearch(
                search_id=self._saved_id() or new_id(),
                title=self._asked,
                query=self._asked,
                watched=watched,
                by_rank=best,
            )
        self._kept = search
        self._context.link.ask(KeepSearch(new_id(), search), self._on_kept)

    def _name(self, title: str) -> None:
        known = self._known()
        if known is not None:
            search = replace(known, title=title)
            self._context.link.ask(KeepSearch(new_id(), search), self._on_kept)

    def _on_kept(self, answer: SearchKept) -> None:
        if answer.sentence:
            self._kept = None
            self._context.controller.say(f"{answer.sentence} {answer.advice}".strip(), "warn")
        self._show_buttons()

    # -- choosing

    def _on_choice(self) -> None:
        if not self.isVisible():
            return
        hit = self.model.hit(self.model.key(self.list.currentIndex().row()))
        if hit is None:
            return
        self._show_moment(hit)
        target = target_of_hit(hit)
        if target is not None and not self._context.controller.aims_at([target]):
            self._context.controller.choose_people([target])

    def _show_moment(self, hit: Hit) -> None:
        """Open its call at the hit, read only, whether it is over or not."""
        if not hit.cid:
            return
        past, line = self._context.past, "" if hit.act else hit.id
        open_now = past.session
        same = open_now and (open_now.cid, open_now.session_id) == (hit.cid, hit.session_id)
        if same and past.covers(hit.at):
            past.go_to(line, hit.at)
        else:
            past.open(hit.cid, hit.session_id, line, hit.at)

    def _enter(self) -> str:
        """Put the keyboard into the call around the chosen hit."""
        hit = self.model.hit(self.model.key(self.list.currentIndex().row()))
        if hit is None or not hit.cid:
            return "It belongs to no call, so nothing was said around it."
        self._context.commands.run("workspace.search")
        return ""

    def _back(self) -> None:
        """Escape in the list: to the query; what is chosen stays."""
        self.query.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_choice()  # the keys are for what is chosen here again

    def sizeHint(self) -> QSize:
        return QSize(340, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 160)
