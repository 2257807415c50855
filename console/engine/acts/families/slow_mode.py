"""Slow mode: how long each person waits between two messages in a channel (STREAM.md 12.5)."""

from typing import ClassVar

from msgspec import Struct

from console.domain.act import Act
from console.domain.acts.chat import ACTS, COOLDOWNS
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
from console.engine.wire.chat import CHANNELS, Channel, ChannelUpdated, channel_path
from console.engine.wire.decode import convert_untrusted
from console.engine.wire.events import Event


class _State(Struct):
    channel: Channel


class _Channels(Struct):
    channels: list[_State]


class SlowMode(Family):
    """The cooldown of the chat of one call."""

    acts = tuple(spec for spec in ACTS if spec.kind in COOLDOWNS)
    proofs: ClassVar = dict.fromkeys(COOLDOWNS, (ChannelUpdated,))
    repeat: ClassVar = RepeatRule(
        harm="A pace that a colleague set is set back.",
        looked_at="the channel has that cooldown",
        not_done="nothing: Stream does not deliver every event of a chat",
        unseen="It was sent, but no answer came; the channel does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        body = {"cooldown": COOLDOWNS[act.kind], **fields(user_id=actor)}
        return ActRequest(channel_path(act.channel), (target,), body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, ChannelUpdated) or event.cid != entry.act.channel:
            return NOBODY
        wanted = COOLDOWNS[entry.act.kind]
        return entry.targets if event.channel.cooldown == wanted else NOBODY

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        body = {"filter_conditions": {"cid": entry.act.channel}, "limit": 1, "message_limit": 1}
        answer = await stream.ask("POST", CHANNELS, {**body, **fields(user_id=stream.actor)})
        for state in convert_untrusted(answer, _Channels).channels:
            if state.channel.cooldown == COOLDOWNS[entry.act.kind]:
                return Look(done=left)
        return Look()
