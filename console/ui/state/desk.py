"""What this window decides about raised items: for whichever are chosen, and back again."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.domain.item import Item
from console.domain.phase import Phase
from console.domain.raised import MAX_NOTE, Decision, RaisedItem, Step, why_not
from console.protocol.raised import Decide, Decided, UndoDecision
from console.ui.state.controller import WindowController
from console.ui.state.engine_link import EngineLink, new_id
from console.ui.state.raised_words import DONE
from console.ui.state.session_state import SessionState
from console.ui.state.targets import Target
from console.ui.widgets.short_texts import count

REMEMBERED = 200
"""Decisions of this window that can be undone by key."""

NOTHING_CHOSEN = "Choose a raised line first."


class Desk(QObject):
    """Belongs to one window. Only the reader changes what is chosen.

    Attributes:
        chosen: ids of the raised items that the keys are for.
        note: gives the reason that was written where reasons are written.

    Signals:
        chosen_changed: ``chosen`` is another tuple.
        item_wanted: the id of an item that the list of open items should show.
        transcript_wanted: the keyboard should go into the transcript around the chosen item.
        decided: a decision was made here; its reason is used up.
    """

    chosen_changed = Signal(object)
    item_wanted = Signal(str)
    transcript_wanted = Signal()
    decided = Signal()

    def __init__(
        self,
        session: SessionState,
        link: EngineLink,
        controller: WindowController,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._controller = controller
        self._clock = clock
        self.chosen: tuple[str, ...] = ()
        self._chooser: object = None
        self.note: Callable[[], str] = str
        self._made: list[Decision] = []
        controller.chosen_item = self._chosen_of
        session.cleared.connect(self._clear)

    @property
    def me(self) -> str:
        """Who is signed in."""
        return self._session.state.user_id

    def choose(self, item_ids: Iterable[str], chooser: object) -> None:
        """The keys are for these items from now on. ``chooser``: the list that they stand in."""
        chosen, self._chooser = tuple(item_ids), chooser
        if chosen != self.chosen:
            self.chosen = chosen
            self.chosen_changed.emit(chosen)

    def leave(self, chooser: object) -> None:
        """The list of ``chooser`` is not in sight any more, nor what was chosen there."""
        if self._chooser is chooser:
            self.choose((), None)

    def items(self, item_ids: Sequence[str] | None = None) -> list[RaisedItem]:
        """Those of these items that are raised; of the chosen ones where none are given."""
        found = (
            self._session.raised.find(each)
            for each in (self.chosen if item_ids is None else item_ids)
        )
        return [one for one in found if one is not None]

    def _chosen_of(self, target: Target) -> Item | None:
        """The first open item of this person among the chosen ones."""
        of_them = (
            one.item
            for one in self.items()
            if one.is_open and (one.item.cid, one.item.author_id) == (target.cid, target.user_id)
        )
        return next(of_them, None)

    def why_not(self, step: Step, item_ids: Sequence[str] | None = None) -> str:
        """Why nothing can be decided about any of these items; empty where something can."""
        if self._session.state.phase is Phase.SIGNED_OUT:
            return "You are not signed in."
        ids = self.chosen if item_ids is None else item_ids
        if not ids:
            return NOTHING_CHOSEN
        whys = [why_not(self._session.raised.find(each), step, self.me) for each in ids]
        return "" if "" in whys else whys[0]

    def decide(self, step: Step, item_ids: Sequence[str] | None = None, note: str = "") -> str:
        """Decide about these items, or the chosen ones; returns why nothing was decided."""
        if why := self.why_not(step, item_ids):
            return why
        ids = tuple(one.item_id for one in self.items(item_ids) if not why_not(one, step, self.me))
        decision = Decision(
            decision_id=new_id(),
            step=step,
            item_ids=ids,
            by=self.me,
            at=self._clock.now(),
            note=(note or self.note()).strip()[:MAX_NOTE],
        )
        self._made = [*self._made, decision][-REMEMBERED:]
        self._link.ask(Decide(new_id(), decision), lambda answer: self._told(decision, answer))
        self.decided.emit()
        return ""

    def take_or_give_back(self) -> str:
        """Take the chosen items; where they are all one's own already, give them back."""
        mine = [one.handling.holder == self.me for one in self.items() if one.is_open]
        return self.decide(Step.GIVE_BACK if mine and all(mine) else Step.TAKE)

    @property
    def newest_at(self) -> float:
        """When the newest decision that can be undone was made (unix seconds); 0.0 for none."""
        return self._made[-1].at if self._made else 0.0

    def undo_newest(self) -> str:
        """Take the newest decision of this window back; returns why that cannot be."""
        if not self._made:
            return "Nothing that you decided here can be undone."
        decision = self._made.pop()

        def told(answer: Decided) -> None:
            if answer.sentence:
                self._controller.say(answer.sentence, "warn")
                return
            what = DONE[decision.step].lower()
            left = " The flag stays in the review queue." if decision.step is Step.ESCALATE else ""
            self._controller.say(
                f"Undone: {count(answer.changed, 'item')} {_was(answer.changed)} {what}.{left}"
            )

        self._link.ask(UndoDecision(new_id(), decision.decision_id), told)
        return ""

    def _told(self, decision: Decision, answer: Decided) -> None:
        if answer.sentence:
            self._made = [each for each in self._made if each is not decision]
            self._controller.say(answer.sentence, "warn")
            return
        self._controller.say(f"{DONE[decision.step]}: {self._what(decision)}.")

    def _what(self, decision: Decision) -> str:
        items = self.items(decision.item_ids)
        if len(items) != 1:
            return count(len(decision.item_ids), "raised item")
        item = items[0].item
        name = self._session.names.shown(item.cid, item.author_id, item.author_name)
        return f"what {name} said"

    def _clear(self) -> None:
        self._made.clear()
        self.choose((), None)


def _was(items: int) -> str:
    return "was" if items == 1 else "were"
