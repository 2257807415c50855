"""Makes acts of decisions, for one item or many. Pure."""

import uuid
from collections.abc import Sequence

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.queue import kind_of
from console.domain.review import ReviewDecision, ReviewItem
from console.protocol.acts import ActProgress
from console.ui.queue.choices import Choice
from console.ui.state.review_queue import asked_before

MOST_AT_ONCE = 50
"""Stream takes sixty requests a minute of one user for an operation (STREAM.md 1.7)."""


class Details(Struct, frozen=True, kw_only=True):
    """What a form asked for. ``minutes``: None is for good."""

    minutes: int | None = None
    reason: str = ""
    priority: str = ""
    notes: str = ""
    ip_ban: bool = False


class Plan(Struct, frozen=True):
    """What a decision about several items would do: about which, and why not about the others."""

    items: tuple[ReviewItem, ...]
    left_out: tuple[tuple[ReviewItem, str], ...]


def compose_decision(
    choice: Choice,
    item: ReviewItem,
    details: Details,
    *,
    at: float,
    by: str,
    acts: Sequence[ActProgress] = (),
    call_name: str = "",
) -> Act:
    """The act of one decision. ``acts``: those of this window, so that they are no surprise."""
    person = item.author_id
    is_ban, is_escalation = choice.action == "ban", choice.action == "escalate"
    return Act(
        act_id=uuid.uuid4().hex,
        kind=kind_of(choice.action),
        cid=item.cid,
        requested_at=at,
        call_name=call_name,
        user_ids=(person,) if person else (),
        names=(item.author_name or person,) if person else (),
        minutes=details.minutes if is_ban else None,
        reason=details.reason,
        ip_ban=details.ip_ban and is_ban,
        by=by,
        review=ReviewDecision(
            item_id=item.item_id,
            entity_type=item.entity_type,
            entity_id=item.entity_id,
            appeal_id=item.appeal.appeal_id if choice.appeal and item.appeal else "",
            custom_id=choice.custom_id,
            priority=details.priority if is_escalation else "",
            notes=details.notes if is_escalation else "",
            known=tuple(done.action_id for done in item.done),
            mine=asked_before(acts, item.item_id),
            holder=item.holder,
        ),
    )


def plan(items: Sequence[ReviewItem], me: str) -> Plan:
    """About which of ``items`` the moderator ``me`` can decide together."""
    taken: list[ReviewItem] = []
    left_out: list[tuple[ReviewItem, str]] = []
    for item in items:
        why = _why_not(item, me)
        if not why and len(taken) == MOST_AT_ONCE:
            why = f"only {MOST_AT_ONCE} are decided at once"
        if why:
            left_out.append((item, why))
        else:
            taken.append(item)
    return Plan(tuple(taken), tuple(left_out))


def _why_not(item: ReviewItem, me: str) -> str:
    if item.holder not in ("", me):
        return f"{item.holder_name or item.holder} is reviewing it"
    if item.appeal is not None and item.appeal.open:
        return "it has an appeal, which is answered one by one"
    return "" if item.due else "it was decided already"
