"""Raised items as work: each is open until somebody decides about it. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from console.domain.act import Act, Receipt, ReceiptState
from console.domain.acts.flag import FLAG_FOR_REVIEW
from console.domain.acts.queue import FINDS_RIGHT, ONE_CALL, PASSES_ON, answers_item
from console.domain.acts.table import spec_of
from console.domain.answered import is_answered
from console.domain.item import APPEARANCE, Item
from console.domain.verdict import Verdict, action_rank, counts_more, outlasts

INCIDENT_S = 60.0
"""What one person says within this time of the first raised item is one incident."""

MAX_NOTE = 255
"""Code points of the reason that a moderator gives; Stream takes no more for a flag."""


class RaisedState(StrEnum):
    """What became of a raised item. One that somebody has taken is still OPEN.

    HANDLED: somebody acted on the person, or says that it is dealt with. WITHDRAWN: the verdict
    that decides does not raise it any more, so nobody has to look.
    """

    OPEN = "open"
    HANDLED = "handled"
    ESCALATED = "escalated"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What a moderator decides about raised items."""

    HANDLE = "handle"
    DISMISS = "dismiss"
    ESCALATE = "escalate"
    TAKE = "take"
    GIVE_BACK = "give_back"


_ENDS = {
    Step.HANDLE: RaisedState.HANDLED,
    Step.DISMISS: RaisedState.DISMISSED,
    Step.ESCALATE: RaisedState.ESCALATED,
}


class Decision(Struct, frozen=True, kw_only=True):
    """One thing that a moderator decided about one or several raised items.

    Attributes:
        decision_id: made where it was decided; the same decision again changes nothing.
        by: user id of the moderator. at: unix seconds.
        note: why, in the moderator's words; at most MAX_NOTE code points.
    """

    decision_id: str
    step: Step
    item_ids: tuple[str, ...]
    by: str
    at: float
    note: str = ""


class Handling(Struct, frozen=True, kw_only=True):
    """What is known of the work on one raised item. Times are unix seconds, 0.0 for never.

    Attributes:
        incident: the id of the first raised item of its incident; its own where it is the first.
        raised_at: when it was raised first.
        by, at: who brought it into its state, and when; empty while it is open.
        holder, taken_at: who has taken it, and since when; empty for nobody.
        decision_id: the decision that brought it into its state, or the act with ``act_id``.
        taken_by_decision: the decision by which it was taken.
        act_id: the act on the person that handled it; empty where it was no act.
        note: the reason that the moderator gave.
        review_item_id: the item of Stream's review queue to which it was escalated.
        trouble: why it could not be escalated, in one sentence.
    """

    item_id: str
    incident: str
    raised_at: float
    state: RaisedState = RaisedState.OPEN
    by: str = ""
    at: float = 0.0
    holder: str = ""
    taken_at: float = 0.0
    decision_id: str = ""
    taken_by_decision: str = ""
    act_id: str = ""
    note: str = ""
    review_item_id: str = ""
    trouble: str = ""


class RaisedItem(Struct, frozen=True, kw_only=True):
    """An item that was raised, with the verdict that stands and what became of it."""

    item: Item
    verdict: Verdict
    handling: Handling

    @property
    def item_id(self) -> str:
        """The id of the item."""
        return self.item.item_id

    @property
    def state(self) -> RaisedState:
        """What became of it."""
        return self.handling.state

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide about it."""
        return self.handling.state is RaisedState.OPEN

    @property
    def to_be_flagged(self) -> bool:
        """Whether it was escalated, and Stream does not know it yet."""
        handling = self.handling
        return self.state is RaisedState.ESCALATED and not (
            handling.review_item_id or handling.act_id
        )

    @property
    def said_at(self) -> float:
        """When it was said, in unix seconds."""
        return self.item.start_time or self.item.received_at

    @property
    def gravity(self) -> tuple[int, int]:
        """How grave it is, for sorting: by severity first, then by recommended action."""
        return self.verdict.severity.rank, action_rank(self.verdict.action)


class RaisedCounts(Struct, frozen=True, kw_only=True):
    """Raised items of an app, before folding: ``raised = handled + dismissed + open``.

    Attributes:
        handled: acted on, dealt with or escalated.
        open: those that somebody has taken are among them. taken: how many these are.
        oldest_open_at: when the oldest that is open was raised (unix seconds); 0.0 for none.
        beyond: open ones that are only in the store, because too many are open.
        unwritten: changes that wait in memory for a store that takes nothing.
        to_be_flagged: escalated ones that Stream does not know yet.
    """

    handled: int = 0
    dismissed: int = 0
    open: int = 0
    taken: int = 0
    oldest_open_at: float = 0.0
    beyond: int = 0
    unwritten: int = 0
    to_be_flagged: int = 0

    @property
    def raised(self) -> int:
        """All of them."""
        return self.handled + self.dismissed + self.open


def incident_of(item: Item, others: Iterable[RaisedItem]) -> str:
    """The incident ``item`` belongs to, given the raised ``others`` of its author in its call.

    What somebody is called, and their picture, are no part of what they say.
    """
    at = item.start_time or item.received_at
    firsts = [
        other
        for other in others
        if other.handling.incident == other.item_id != item.item_id
        and (other.item.kind == item.kind or APPEARANCE.isdisjoint((other.item.kind, item.kind)))
        and abs(at - other.said_at) <= INCIDENT_S
    ]
    return (
        min(firsts, key=lambda other: abs(at - other.said_at)).item_id if firsts else item.item_id
    )


def raise_item(
    item: Item, verdict: Verdict, *, at: float, others: Iterable[RaisedItem] = ()
) -> RaisedItem:
    """``item``, raised by ``verdict`` at ``at``; ``others`` as in :func:`incident_of`."""
    incident = incident_of(item, others)
    handling = Handling(item_id=item.item_id, incident=incident, raised_at=at)
    return RaisedItem(item=item, verdict=verdict, handling=handling)


def judged_anew(known: RaisedItem, item: Item, verdict: Verdict) -> RaisedItem | None:
    """``known`` after a further verdict, of the same text or of a later one; None for no change.

    Only a verdict that decides withdraws an item. What was dismissed opens again where a graver
    verdict comes; what was handled does so only for another text.
    """
    if verdict.revision < known.verdict.revision or not counts_more(known.verdict, verdict):
        return None
    if outlasts(known.verdict, verdict):
        verdict = replace(known.verdict, provisional=False)
    state, before = known.state, known.verdict
    if verdict.raised:
        graver = verdict.severity.rank > before.severity.rank or action_rank(
            verdict.action
        ) > action_rank(before.action)
        another = verdict.revision > before.revision
        undecided = state is RaisedState.DISMISSED or (
            another and state in (RaisedState.HANDLED, RaisedState.ESCALATED)
        )
        if state is RaisedState.WITHDRAWN or (graver and undecided):
            known = opened(known)
    elif state is RaisedState.OPEN:
        if verdict.provisional:  # who decides may still raise it: it stays as it is
            return replace(known, item=item) if item != known.item else None
        handling = replace(known.handling, state=RaisedState.WITHDRAWN, at=verdict.judged_at)
        known = replace(known, handling=handling)
    return replace(known, item=item, verdict=verdict)


def opened(known: RaisedItem) -> RaisedItem:
    """``known`` open again; whoever had taken it has it still."""
    handling = replace(
        known.handling,
        state=RaisedState.OPEN,
        by="",
        at=0.0,
        decision_id="",
        act_id="",
        note="",
        review_item_id="",
        trouble="",
    )
    return replace(known, handling=handling)


def why_not(known: RaisedItem | None, step: Step, by: str) -> str:
    """Why ``by`` cannot decide this about ``known``, in one sentence; empty when they can."""
    if known is None:
        return "This line is not raised, so there is nothing to decide about it."
    if not known.is_open:
        return f"It was {known.state} already."
    holder = known.handling.holder
    if step is Step.TAKE and holder == by:
        return "You have taken it already."
    if step is Step.GIVE_BACK and holder != by:
        return "You have not taken it."
    return ""


def decided(known: RaisedItem, decision: Decision) -> RaisedItem | None:
    """``known`` after ``decision``; None where that changes nothing."""
    if why_not(known, decision.step, decision.by):
        return None
    if decision.step in _ENDS:
        handling = replace(
            known.handling,
            state=_ENDS[decision.step],
            by=decision.by,
            at=decision.at,
            decision_id=decision.decision_id,
            note=decision.note[:MAX_NOTE],
            trouble="",
        )
    else:
        taken = decision.step is Step.TAKE
        handling = replace(
            known.handling,
            holder=decision.by if taken else "",
            taken_at=decision.at if taken else 0.0,
            taken_by_decision=decision.decision_id if taken else "",
        )
    return replace(known, handling=handling)


def undone(known: RaisedItem, decision_id: str) -> RaisedItem | None:
    """``known`` without the decision ``decision_id``; None where something came after it."""
    handling = known.handling
    if handling.decision_id == decision_id and not known.is_open:
        return opened(known)
    if handling.taken_by_decision == decision_id:
        given_back = replace(handling, holder="", taken_at=0.0, taken_by_decision="")
        return replace(known, handling=given_back)
    return None


def answers_for(act: Act, receipt: Receipt) -> bool:
    """Whether an act on people ends what is open about them: not in vain, and not undone.

    One whose time is over was right while it lasted.
    """
    in_vain = receipt.state is ReceiptState.FAILED or receipt.outcome_unknown
    spec = spec_of(act.kind)
    ends = spec.sanction or bool(spec.answers) or act.kind == FLAG_FOR_REVIEW
    ends |= answers_item(act.kind) and not act.undo_of
    return ends and not in_vain and not receipt.overturned


def decided_in_queue(item: Item, act: Act) -> bool:
    """Whether ``act`` decides about ``item`` as an item of Stream's review queue."""
    if act.review is None or not answers_item(act.kind) or not act.review.entity_id:
        return False
    return act.review.entity_id in (item.item_id, item.source_id)


def _state_after(item: Item, act: Act) -> RaisedState:
    if act.kind == FLAG_FOR_REVIEW or act.kind in PASSES_ON:
        return RaisedState.ESCALATED
    found_right = act.kind in FINDS_RIGHT and decided_in_queue(item, act)
    return RaisedState.DISMISSED if found_right else RaisedState.HANDLED


def after_act(known: RaisedItem, act: Act, receipt: Receipt) -> RaisedItem | None:
    """``known`` after an act on people got as far as ``receipt`` says; None for no change.

    It handles what it answers (:func:`is_answered`) of what these people did before it was wanted,
    in its call or, where it holds in the whole app, in any. A flag for review escalates. What is
    decided in the review queue decides about the same thing here. An act that fails or is undone
    opens again what it had ended.
    """
    if not answers_for(act, receipt):
        return opened(known) if known.handling.decision_id == act.act_id else None
    item, spec = known.item, spec_of(act.kind)
    there = item.cid == act.cid or (spec.app_wide and act.kind not in ONE_CALL)
    concerned = there and item.author_id in act.user_ids and is_answered(item, act)
    concerned |= decided_in_queue(item, act)
    wanted_at = act.requested_at or receipt.queued_at
    if not known.is_open or not concerned or wanted_at < item.received_at:
        return None
    handling = replace(
        known.handling,
        state=_state_after(item, act),
        by=act.by,
        at=wanted_at,
        decision_id=act.act_id,
        act_id=act.act_id,
        note=act.reason[:MAX_NOTE],
        trouble="",
    )
    return replace(known, handling=handling)
