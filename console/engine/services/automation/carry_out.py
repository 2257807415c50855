"""From a proposal to the acts that carry it out, and why one of them is not needed. Pure."""

from msgspec import Struct

from console.domain.act import AUTOMATION, Act
from console.domain.acts.ban import BAN
from console.domain.acts.flag import FLAG_FOR_REVIEW
from console.domain.acts.refusal import refusal
from console.domain.acts.spec import ActSpec
from console.domain.acts.table import spec_of
from console.domain.acts.warn import DEFAULT_WARNING, WARN
from console.domain.automation.acts import DELETE_MESSAGE, act_kinds
from console.domain.automation.proposal import Proposal
from console.domain.call import Call, Participant, capability_words
from console.domain.review import ReviewDecision, ReviewItem
from console.domain.sign_in import Method
from console.domain.verdict import Source

IN_THE_QUEUE = "Stream has put it into the review queue already."
REPORTED = "Somebody has put it into the review queue already."
REVIEWED = "Somebody decided about it in the review queue already."
NOT_IN_THE_QUEUE = "Only a chat message that is in the review queue can be deleted."
GONE = "They are not in the call any more."


class Plan(Struct, frozen=True):
    """The acts of a proposal.

    Attributes:
        why_not: one sentence for each that is left out.
        forbidden: this sign-in may not do one of those.
    """

    acts: tuple[Act, ...]
    why_not: tuple[str, ...] = ()
    forbidden: bool = False


def plan_of(
    proposal: Proposal,
    *,
    at: float,
    by: str,
    method: Method,
    call: Call | None,
    person: Participant | None,
    review: ReviewItem | None = None,
    after_others: bool = False,
) -> Plan:
    """What to put in the outbox for ``proposal``; ``by``: whoever accepted it, "" for nobody.

    ``review``: its item in the review queue, where one was asked for. ``after_others``: another
    console had time to do the same, so what is so already counts as done.
    """
    acts: list[Act] = []
    why_not: list[str] = []
    for kind in act_kinds(proposal.responses):
        if kind == DELETE_MESSAGE:
            why = "" if review is not None else NOT_IN_THE_QUEUE
        else:
            why = _why_not(kind, proposal, method, call, person, after_others=after_others)
        if kind == FLAG_FOR_REVIEW and not why and not by and review is not None:
            why = REPORTED
        if why:
            why_not.append(why)
        else:
            acts.append(_act(kind, proposal, at, by, review))
    forbidden = any(
        _forbidden(spec_of(kind), method, call) for kind in act_kinds(proposal.responses)
    )
    return Plan(tuple(acts), tuple(dict.fromkeys(why_not)), forbidden)


def _forbidden(spec: ActSpec, method: Method, call: Call | None) -> str:
    """Why this sign-in may not do such an act to anybody; "" where it may."""
    if method is not Method.TOKEN:
        return ""
    if spec.needs_secret:
        return "This needs the app secret, and you are signed in with a user token."
    if spec.capability and call is not None and spec.capability not in call.own_capabilities:
        return f"Your role in this call may not {capability_words(spec.capability)}."
    return ""


def _why_not(
    kind: str,
    proposal: Proposal,
    method: Method,
    call: Call | None,
    person: Participant | None,
    *,
    after_others: bool,
) -> str:
    item, spec = proposal.item, spec_of(kind)
    if kind == FLAG_FOR_REVIEW and proposal.source is Source.STREAM:
        return IN_THE_QUEUE
    if kind == FLAG_FOR_REVIEW:
        return ""
    if spec.mutes and person is not None and person.user_session_id and not after_others:
        # They have just been heard, whatever is known of their microphone; a mute more is harmless.
        return _forbidden(spec, method, call)
    if spec.of_one_session and (person is None or not person.user_session_id):
        return GONE
    somebody = person or Participant(
        cid=item.cid, user_id=item.author_id, user_session_id="", name=item.author_name
    )
    return refusal(kind, method=method, call=call, person=somebody)


def _act(kind: str, proposal: Proposal, at: float, by: str, review: ReviewItem | None) -> Act:
    item = proposal.item
    several = len(act_kinds(proposal.responses)) > 1
    decision = None
    if kind == DELETE_MESSAGE and review is not None:
        known = tuple(done.action_id for done in review.done)
        decision = ReviewDecision(
            item_id=review.item_id,
            entity_type=review.entity_type,
            entity_id=review.entity_id,
            known=known,
        )
    reason = f"{proposal.rule}: {proposal.label or proposal.action}"
    if kind == WARN:
        reason = proposal.text or DEFAULT_WARNING
    return Act(
        act_id=f"{proposal.proposal_id}-{kind}",
        kind=kind,
        cid=item.cid,
        requested_at=at,
        session_id=item.session_id,
        call_name=proposal.call_name,
        user_ids=(item.author_id,),
        names=(item.author_name,),
        minutes=proposal.minutes if kind == BAN else None,
        reason=reason,
        together=proposal.proposal_id if several else "",
        by=by or AUTOMATION,
        rule=proposal.rule,
        item=item,
        review=decision,
    )
