"""Decisions about items of the review queue, and about appeals (STREAM.md 6.7)."""

from typing import Any, ClassVar

from msgspec.structs import replace

from console.domain.act import Act
from console.domain.acts.queue import ACTS, action_of
from console.domain.review import ReviewDecision, ReviewItem, overtaken
from console.engine.acts.families.family import (
    ActRequest,
    Family,
    Look,
    People,
    RepeatRule,
    fields,
    unsent,
)
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.review_reads import ask_appeal, ask_item

_PATH = "/api/v2/moderation/submit_action"

_DECISION_REASON = frozenset({"unban", "mark_reviewed", "restore", "reject_appeal", "unblock"})
_REASON = frozenset(
    {
        "block",
        "shadow_block",
        "delete_user",
        "delete_message",
        "delete_activity",
        "delete_comment",
        "delete_reaction",
        "flag",
    }
)


def payload_of(act: Act, decision: ReviewDecision) -> dict[str, Any]:
    """What the body says under the action's own name; most actions need nothing there. Pure."""
    action = action_of(act.kind)
    match action:
        case "ban":
            return fields(timeout=act.minutes, reason=act.reason, ip_ban=act.ip_ban or None)
        case "escalate":
            return fields(reason=act.reason, notes=decision.notes, priority=decision.priority)
        case "custom":
            return {"id": decision.custom_id}
        case _ if action in _DECISION_REASON:
            return fields(decision_reason=act.reason)
        case _ if action in _REASON:
            return fields(reason=act.reason)
    return {}


class QueueItem(Family):
    """Actions on items of the review queue, each logged on its item by Stream."""

    acts = ACTS
    proofs: ClassVar = {spec.kind: () for spec in ACTS}
    looked_at_once = True

    repeat: ClassVar = RepeatRule(
        harm="What a colleague decided about the item is overruled, and the person is told twice.",
        looked_at="the item's list of what was done names it, by whoever is signed in",
        not_done="the item's list does not name it; nothing is ever taken off that list",
        unseen="It was sent, but no answer came; the item of the queue cannot be read.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        decision = _decision(act)
        action = action_of(act.kind)
        payload = payload_of(act, decision)
        body = fields(
            action_type=action,
            item_id=decision.item_id if decision.item_id != decision.appeal_id else "",
            appeal_id=decision.appeal_id,
            user_id=actor,
        )
        if payload:
            body[action] = payload
        return ActRequest(_PATH, act.targets, body)

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        return [self.request(entry.act, left[0], actor)]  # one item, whoever it concerns

    async def overtaken(self, entry: Entry, stream: ActsGateway) -> str:
        try:
            item = await _read(_decision(entry.act), stream)
        except StreamRefusedError as error:
            if not error.may_be_done:
                raise
            raise unsent(error) from error
        if item is None:
            return "The item is not in the queue any more."
        if item.only_appeal and item.appeal is not None:
            return "" if item.appeal.open else "The appeal was decided by somebody else."
        return overtaken(item, _decision(entry.act), stream.user_id)

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        decision = _decision(entry.act)
        item = await _read(decision, stream)
        if item is None:
            return Look()
        if item.only_appeal and item.appeal is not None:
            return Look(absent=left) if item.appeal.open else Look(done=left)
        action = action_of(entry.act.kind)
        me = stream.user_id
        news = [one for one in item.done if one.action_id not in decision.known]
        if not any(one.kind == action and one.by == me for one in news):
            return Look(not_done=left)
        knowing = replace(decision, mine=(*decision.mine, action))
        clash = overtaken(replace(item, holder=""), knowing, me)
        return Look(done=left, clash=f"Both of you acted. {clash}" if clash else "")


async def _read(decision: ReviewDecision, stream: ActsGateway) -> ReviewItem | None:
    if decision.appeal_id and decision.appeal_id == decision.item_id:
        return await ask_appeal(stream, decision.appeal_id)
    return await ask_item(stream, decision.item_id)


def _decision(act: Act) -> ReviewDecision:
    """What was decided; acts without it were refused when they came in."""
    return act.review or ReviewDecision(item_id="")
