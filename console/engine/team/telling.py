"""What of the work here is told to the team, as words. No I/O.

What a colleague did comes back through the services like anything that changes here, so it has to
be known as theirs, or consoles would tell each other the same for ever.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from console.domain.about_person import Note, WatchMark
from console.domain.act import Act, Receipt, ReceiptState
from console.domain.raised import RaisedItem, RaisedState, Step
from console.domain.team import (
    MAX_ITEMS,
    Acted,
    Ended,
    GaveBack,
    Marked,
    Reopened,
    Told,
    Took,
    Word,
    Wrote,
)
from console.engine.team.book import TeamBook
from console.protocol.acts import ActProgress

KNOWN = 5_000
AUTOMATION = "automation"
"""Who did what this console did by itself."""
_STEPS = {
    RaisedState.HANDLED: Step.HANDLE,
    RaisedState.DISMISSED: Step.DISMISS,
    RaisedState.ESCALATED: Step.ESCALATE,
}
_TELL = (ReceiptState.ACCEPTED, ReceiptState.SEEN, ReceiptState.UNCONFIRMED)
_MOST_PEOPLE = 100


def _ended(decision_id: str, step: Step, note: str, item_ids: tuple[str, ...]) -> Ended:
    return Ended(decision_id, step, item_ids, note)


def _acted(act: Act, receipt: Receipt) -> Acted:
    return Acted(
        act_id=act.act_id,
        kind=act.kind,
        state=receipt.state,
        cid=act.cid,
        at=act.requested_at or receipt.queued_at,
        user_ids=act.user_ids[:_MOST_PEOPLE],
        names=tuple(name[:200] for name in act.names[:_MOST_PEOPLE]),
        call_name=act.call_name[:200],
        minutes=act.minutes,
        reason=act.reason[:500],
        undo_of=act.undo_of,
        undone_by=receipt.undone_by,
        ran_out=receipt.ran_out,
        about=_about(act),
        together=act.together,
    )


def _about(act: Act) -> str:
    if act.review is not None:
        return act.review.entity_id
    return act.item.item_id if act.item is not None else ""


class Telling:
    """``tell`` sends a word. ``user_id``: who is signed in."""

    def __init__(self, user_id: str, book: TeamBook, tell: Callable[[Word], None]) -> None:
        self._user_id = user_id
        self._book = book
        self._tell = tell
        self._known: OrderedDict[object, object] = OrderedDict()

    def heard(self, told: Told) -> None:
        """A colleague did this: it is known, and is not told again."""
        match told.word:
            case Ended(decision_id=decision_id, item_ids=item_ids):
                for item_id in item_ids:
                    self._know((decision_id, item_id))
            case Wrote(note_id=note_id, removed=removed):
                self._know((note_id, removed))
            case Marked(user_id=user_id):
                self._know((user_id, told.by, told.at))

    def raised(self, changed: Sequence[RaisedItem], undone: str) -> None:
        """Raised items changed here; ``undone`` is the decision that was taken back, if one was."""
        me, holders = self._user_id, self._book.holders
        taken: dict[str, list[str]] = {}
        given: list[str] = []
        ended: dict[tuple[str, Step, str], list[str]] = {}
        for one in changed:
            item_id, handling = one.item_id, one.handling
            holder = holders.get(item_id, "")
            takes = one.is_open and handling.holder == me != holder
            # The word is on its way where the same take is seen again before it comes back.
            if takes and self._know(("took", handling.taken_by_decision, item_id)):
                taken.setdefault(self._book.over(item_id), []).append(item_id)
            elif one.is_open and not handling.holder and holder == me:
                given.append(item_id)
            step = _STEPS.get(one.state)
            by_decision = handling.by == me and not handling.act_id
            # An act that flags into the review queue is no sanction, so the act alone says nothing.
            by_decision |= step is Step.ESCALATE and handling.by in (me, AUTOMATION)
            if step is not None and by_decision and self._know((handling.decision_id, item_id)):
                key = handling.decision_id, step, handling.note
                ended.setdefault(key, []).append(item_id)
        for over, item_ids in taken.items():
            self._in_parts(item_ids, partial(Took, over=over))
        self._in_parts(given, GaveBack)
        for (decision_id, step, note), item_ids in ended.items():
            self._in_parts(
                item_ids,
                partial(_ended, decision_id, step, note),
            )
        if undone:
            opened = [one.item_id for one in changed if one.is_open]
            self._in_parts(opened, lambda some: Reopened(undone, some))

    def act(self, progress: ActProgress) -> None:
        """An act got further. It is told once it was done, and again where that turns out wrong."""
        act, receipt = progress.act, progress.receipt
        failed = receipt.state is ReceiptState.FAILED
        done = receipt.state in _TELL and not receipt.outcome_unknown
        if failed and ("act", act.act_id, "", False) not in self._known:
            return
        if not (done or failed):
            return
        if self._know(("act", act.act_id, receipt.undone_by, failed)):
            self._tell(_acted(act, receipt))

    def time_changed(self, act: Act) -> None:
        """What ``act`` did lasts for other minutes now."""
        self._tell(_acted(act, Receipt(act_id=act.act_id, state=ReceiptState.SEEN)))

    def note(self, note: Note) -> None:
        """A note was written or taken back, here or by a colleague."""
        if self._know((note.note_id, note.removed)):
            self._tell(Wrote(note.note_id, note.user_id, note.text, note.removed))

    def mark(self, mark: WatchMark) -> None:
        """Somebody is to be watched, or no longer, here or by a colleague's word."""
        if mark.by == self._user_id and self._know((mark.user_id, mark.by, mark.at)):
            self._tell(Marked(mark.user_id, mark.name[:200], mark.on))

    def hold_again(self) -> None:
        """The team may have thought us gone: say once more what is held here."""
        held = [item for item, holder in self._book.holders.items() if holder == self._user_id]
        self._in_parts(held, Took)

    def let_go(self) -> None:
        """An earlier console of this user held these, and it is gone."""
        held = [item for item, holder in self._book.holders.items() if holder == self._user_id]
        self._in_parts(held, GaveBack)

    def _in_parts(self, item_ids: Iterable[str], word: Callable[[tuple[str, ...]], Word]) -> None:
        ids = list(item_ids)
        for first in range(0, len(ids), MAX_ITEMS):
            self._tell(word(tuple(ids[first : first + MAX_ITEMS])))

    def _know(self, key: object) -> bool:
        """Remember ``key``; whether it is new."""
        if key in self._known:
            return False
        self._known[key] = None
        if len(self._known) > KNOWN:
            self._known.popitem(last=False)
        return True
