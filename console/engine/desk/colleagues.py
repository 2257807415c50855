"""What colleagues did about raised items, as decisions and acts of this console. Pure."""

from collections import OrderedDict

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.ban import BAN
from console.domain.acts.block import BLOCK
from console.domain.acts.kick import KICK
from console.domain.acts.mute import MUTE_AUDIO
from console.domain.raised import Decision, Step
from console.domain.review import ReviewDecision
from console.domain.team import Acted, Ended, GaveBack, Reopened, Told, Took
from console.engine.wire.events import (
    BlockedUser,
    Event,
    KickedUser,
    User,
    UserBanned,
    UserMuted,
)

KEPT = 5_000
_ENDS = (Step.HANDLE, Step.DISMISS, Step.ESCALATE)


class ColleaguesDecisions:
    """Remembers what ended items that are not raised here yet."""

    def __init__(self) -> None:
        self._early: OrderedDict[str, Decision] = OrderedDict()

    def keep(self, decision: Decision) -> None:
        """It may be about items that are raised here only later."""
        if decision.step not in _ENDS:
            return
        self._early |= dict.fromkeys(decision.item_ids, decision)
        while len(self._early) > KEPT:
            self._early.popitem(last=False)

    def forget(self, item_ids: tuple[str, ...]) -> None:
        """Those decisions were taken back."""
        for item_id in item_ids:
            self._early.pop(item_id, None)

    def take(self, item_id: str) -> Decision | None:
        """What a colleague decided about an item that is raised now."""
        return self._early.pop(item_id, None)


def decision_of(told: Told) -> Decision | None:
    """What was decided; None for a word that decides nothing."""
    match told.word:
        case Took(item_ids=item_ids):
            step, decision_id, note = Step.TAKE, told.told_id, ""
        case GaveBack(item_ids=item_ids):
            step, decision_id, note = Step.GIVE_BACK, told.told_id, ""
        case Ended(decision_id=decision_id, step=step, item_ids=item_ids, note=note):
            if step not in _ENDS:
                return None
        case _:
            return None
    return Decision(
        decision_id=decision_id, step=step, item_ids=item_ids, by=told.by, at=told.at, note=note
    )


def taken_back(told: Told) -> Decision | None:
    """The decision that a colleague took back; only its id and items are known."""
    match told.word:
        case Reopened(decision_id=decision_id, item_ids=item_ids):
            return Decision(
                decision_id=decision_id,
                step=Step.HANDLE,
                item_ids=item_ids,
                by=told.by,
                at=told.at,
            )
    return None


def act_shown_by(event: Event, me: str, at: float) -> tuple[Act, Receipt] | None:
    """What somebody else did to people, as an event shows it that was received at ``at``.

    Stream names who did it; what its own rules do has no such name, and so answers for nobody.
    """
    match event:
        case KickedUser(call_cid=cid, user=user, kicked_by_user=User() as by):
            kind, user_ids = KICK, (user.id,)
        case BlockedUser(call_cid=cid, user=user, blocked_by_user=User() as by):
            kind, user_ids = BLOCK, (user.id,)
        case UserBanned(user=user, created_by=User() as by):
            cid, kind, user_ids = "", BAN, (user.id,)
        case UserMuted(call_cid=cid, from_user_id=by_id, muted_user_ids=user_ids) if by_id:
            kind, by = MUTE_AUDIO, User(id=by_id)
        case _:
            return None
    if by.id == me:
        return None
    act_id = f"event-{kind}-{cid}-{user_ids[0] if user_ids else ''}-{at:.3f}"
    act = Act(act_id=act_id, kind=kind, cid=cid, requested_at=at, user_ids=user_ids, by=by.id)
    return act, Receipt(act_id=act_id, state=ReceiptState.SEEN, accepted_at=at, seen_at=at)


def doer_of(event: Event) -> str:
    """How Stream calls whoever did what ``act_shown_by`` shows; hostile, "" where it does not."""
    match event:
        case (
            KickedUser(kicked_by_user=User() as by)
            | BlockedUser(blocked_by_user=User() as by)
            | UserBanned(created_by=User() as by)
        ):
            return by.shown_name
    return ""


def act_of(told: Told) -> tuple[Act, Receipt] | None:
    """A colleague's act and its receipt. It is dated no later than Stream got the word."""
    word = told.word
    if not isinstance(word, Acted):
        return None
    act = Act(
        act_id=word.act_id,
        kind=word.kind,
        cid=word.cid,
        requested_at=min(word.at, told.at) if word.at > 0 else told.at,
        call_name=word.call_name,
        user_ids=word.user_ids,
        names=word.names,
        minutes=word.minutes,
        reason=word.reason,
        undo_of=word.undo_of,
        together=word.together,
        by=told.by,
        review=ReviewDecision(item_id="", entity_id=word.about) if word.about else None,
    )
    receipt = Receipt(
        act_id=word.act_id,
        state=word.state,
        accepted_at=told.at,
        undone_by=word.undone_by,
        ran_out=word.ran_out,
    )
    return act, receipt
