"""Warn, blur, ask: custom events of the call, which nothing shows but the event itself."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.appearance import ASK_NAME, ASKS, DEFAULT_REQUEST
from console.domain.acts.warn import ACTS, BLUR, DEFAULT_WARNING, WARN
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
from console.engine.wire.events import CustomEvent, Event
from console.engine.wire.limits import MAX_REASON
from console.engine.wire.paths import call_path
from console.engine.wire.told import told_by

TYPES = {
    WARN: "moderation_warning",
    BLUR: "moderation_blur",
    ASK_NAME: "moderation_name_request",
}
"""What apps of a call read in ``custom.type``."""

_WORDS = {WARN: DEFAULT_WARNING, ASK_NAME: DEFAULT_REQUEST}
"""What they are asked to show where the act gives no reason."""


class Warn(Family):
    """What an app of the call is asked to show (STREAM.md 3.4); a custom event holds 5 KB."""

    acts = (*ACTS, *ASKS)
    proofs: ClassVar = dict.fromkeys(TYPES, (CustomEvent,))
    repeat: ClassVar = RepeatRule(
        harm="Somebody reads the same warning twice.",
        looked_at="nothing but the event itself",
        not_done="nothing",
        unseen="It was sent, but no answer came; whether their app got it cannot be seen.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        custom = fields(
            type=TYPES[act.kind],
            user_id=target,
            message=(act.reason or _WORDS[act.kind])[:MAX_REASON] if act.kind in _WORDS else "",
            act_id=act.act_id,
        )
        body = {"custom": custom, **fields(user_id=actor)}
        return ActRequest(call_path(act.cid, "event"), (target,), body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, CustomEvent) or event.user.id != me:
            return NOBODY
        told = told_by(event.custom)
        return frozenset((told.user_id,)) if told.act_id == entry.act.act_id else NOBODY

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        return Look()
