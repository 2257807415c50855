"""Mute a user in chats: a wish of the one who is signed in, and nobody else's (STREAM.md 12.5)."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.chat import ACTS, CHAT_MUTE, CHAT_UNMUTE
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
from console.engine.wire.chat import MODERATION, MutesUpdated
from console.engine.wire.events import Event


class ChatMute(Family):
    """The list of those whom the moderator does not want to read."""

    acts = tuple(spec for spec in ACTS if spec.kind in (CHAT_MUTE, CHAT_UNMUTE))
    proofs: ClassVar = {CHAT_MUTE: (MutesUpdated,), CHAT_UNMUTE: (MutesUpdated,)}
    repeat: ClassVar = RepeatRule(
        harm="Your own list of muted users is changed back once more.",
        looked_at="nothing but the event itself",
        not_done="nothing",
        unseen="It was sent, but no answer came; your list of muted users cannot be read.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        operation = "mute" if act.kind == CHAT_MUTE else "unmute"
        body = fields(target_ids=[target], user_id=actor)
        return ActRequest(f"{MODERATION}{operation}", (target,), body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, MutesUpdated):
            return NOBODY
        muted = frozenset(mute.target.id for mute in event.me.mutes if mute.target is not None)
        return entry.targets & muted if entry.act.kind == CHAT_MUTE else entry.targets - muted

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        return Look()
