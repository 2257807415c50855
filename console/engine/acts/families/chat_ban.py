"""Bans and shadow bans in one chat channel: a list that Stream keeps (STREAM.md 12.5)."""

from typing import ClassVar

import msgspec

from console.domain.act import Act
from console.domain.acts.chat import ACTS, CHAT_BAN, CHAT_SHADOW_BAN, CHAT_UNBAN
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
from console.engine.wire.banned import BANNED_USERS, read_bans
from console.engine.wire.channel_events import ChannelBanned, ChannelEvent, ChannelUnbanned
from console.engine.wire.chat import MODERATION
from console.engine.wire.events import Event

_KINDS = (CHAT_BAN, CHAT_SHADOW_BAN, CHAT_UNBAN)


class ChatBan(Family):
    """Bans from the chat of one call; the app and the call are left alone."""

    acts = tuple(spec for spec in ACTS if spec.kind in _KINDS)
    proofs: ClassVar = {
        CHAT_BAN: (ChannelBanned,),
        CHAT_SHADOW_BAN: (ChannelBanned,),
        CHAT_UNBAN: (ChannelUnbanned,),
    }
    repeat: ClassVar = RepeatRule(
        harm="Somebody whose ban in the chat a colleague lifted is banned again, or the other way"
        " round.",
        looked_at="the list of bans of that channel names them, or does not",
        not_done="nothing: Stream does not tell every ban in a chat",
        unseen="It was sent, but no answer came; the bans of the chat do not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        if act.kind != CHAT_UNBAN:
            body = fields(
                target_user_id=target,
                channel_cid=act.channel,
                timeout=act.minutes,
                reason=act.reason,
                shadow=act.kind == CHAT_SHADOW_BAN or None,
                banned_by_id=actor,
            )
            return ActRequest(f"{MODERATION}ban", (target,), body)
        if actor:
            query = {"target_user_id": target, "channel_cid": act.channel}
            return ActRequest(f"{MODERATION}unban", (target,), {"unbanned_by_id": actor}, query)
        # A user token does it through the action of the review queue (STREAM.md 1.5).
        wanted = {"target_user_id": target, "channel_cid": act.channel}
        body = {"action_type": "unban", "unban": wanted}
        return ActRequest(f"{MODERATION}submit_action", (target,), body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, ChannelEvent) or event.cid != entry.act.channel:
            return NOBODY
        if isinstance(event, ChannelBanned) and event.shadow is not _shadows(entry.act):
            return NOBODY
        return super().shown_by(event, entry, me)

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        act = entry.act
        conditions = {"channel_cid": act.channel, "user_id": {"$in": sorted(left)}}
        payload = {"filter_conditions": conditions, "limit": len(left)}
        query = {"payload": msgspec.json.encode(payload).decode()}
        bans = read_bans(await stream.ask("GET", BANNED_USERS, query=query))
        here = [ban for ban in bans if ban.channel_cid == act.channel]
        if act.kind == CHAT_UNBAN:
            return Look(done=left - {ban.user.id for ban in here})
        held = frozenset(ban.user.id for ban in here if ban.shadow is _shadows(act))
        return Look(done=left & held)


def _shadows(act: Act) -> bool:
    return act.kind == CHAT_SHADOW_BAN
