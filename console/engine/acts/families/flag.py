"""Flag for review: a report, which stands in the review queue at once."""

from typing import ClassVar

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.flag import ACTS, FLAG_FOR_REVIEW
from console.engine.acts.families.family import (
    NOBODY,
    ActRequest,
    Family,
    Look,
    People,
    RepeatRule,
    fields,
)
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.sources.registry import check_request
from console.engine.wire.bounded import Id
from console.engine.wire.check import CheckRequest
from console.engine.wire.decode import convert_untrusted
from console.engine.wire.events import Event, ModerationFlagged

PERSON = "stream:user"
"""The entity of a report that names a person and nothing they said (STREAM.md 6.2)."""

MAX_FLAG_REASON = 255


class _Flag(Struct):
    user_id: Id = ""
    reason: str | None = None


class _Item(Struct):
    flags: list[_Flag] = []


class _Queue(Struct):
    items: list[_Item]


class Flag(Family):
    """Reports (STREAM.md 6.8)."""

    acts = ACTS
    one_event_one_act = True
    proofs: ClassVar = {FLAG_FOR_REVIEW: (ModerationFlagged,)}
    repeat: ClassVar = RepeatRule(
        harm="The same report is counted twice.",
        looked_at="the item in the review queue has our report",
        not_done="the item has none of ours, and events were heard without a break since",
        unseen="It was sent, but no answer came; the review queue does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        entity = _entity(act, target)
        body = fields(
            entity_type=entity.entity_type,
            entity_id=entity.entity_id,
            entity_creator_id=target,
            moderation_payload=entity.moderation_payload,
            reason=act.reason[:MAX_FLAG_REASON],
            user_id=actor,
        )
        return ActRequest("/api/v2/moderation/flag", (target,), body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        # The event does not tell who reported it.
        if not isinstance(event, ModerationFlagged):
            return NOBODY
        entities = {target: _entity(entry.act, target).entity_id for target in entry.act.targets}
        return frozenset(who for who, entity in entities.items() if entity == event.object_id)

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        done = {target for target in left if await self._flagged(entry.act, target, stream)}
        return Look(done=frozenset(done), absent=left - done)

    async def _flagged(self, act: Act, target: str, stream: ActsGateway) -> bool:
        entity = _entity(act, target)
        wanted = {"entity_type": entity.entity_type, "entity_id": entity.entity_id}
        body = {"filter": wanted, "limit": 1, **fields(user_id=stream.actor)}
        answer = await stream.ask("POST", "/api/v2/moderation/review_queue", body)
        reason = act.reason[:MAX_FLAG_REASON]
        return any(
            flag.user_id == stream.user_id and (flag.reason or "") == reason
            for item in convert_untrusted(answer, _Queue).items
            for flag in item.flags
        )


def _entity(act: Act, target: str) -> CheckRequest:
    """What is reported: the very thing that the person said, or else the person."""
    if act.item is not None and act.item.author_id == target:
        return check_request(act.item)
    return CheckRequest(PERSON, target, target, {"texts": list(act.names[:1])})
