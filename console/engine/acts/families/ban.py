"""Ban and unban: a state of the user in the whole app."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.ban import ACTS, BAN, UNBAN
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import UserBanned, UserUnbanned

_MODERATION = "/api/v2/moderation/"


class Ban(Family):
    """Bans from the app (STREAM.md 5.5)."""

    acts = ACTS
    proofs: ClassVar = {BAN: (UserBanned,), UNBAN: (UserUnbanned,)}

    repeat: ClassVar = RepeatRule(
        harm="Somebody whose ban a colleague lifted is banned again, or the other way round.",
        looked_at="the user is banned, or is not",
        not_done="the user is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the user does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        if act.kind == BAN:
            body = fields(
                target_user_id=target,
                timeout=act.minutes,
                reason=act.reason,
                ip_ban=act.ip_ban or None,
                banned_by_id=actor,
            )
            return ActRequest(f"{_MODERATION}ban", (target,), body)
        if actor:
            query, body = {"target_user_id": target}, {"unbanned_by_id": actor}
            return ActRequest(f"{_MODERATION}unban", (target,), body, query)
        # A user token does it through the action of the review queue (STREAM.md 1.5).
        body = {"action_type": "unban", "unban": {"target_user_id": target}}
        return ActRequest(f"{_MODERATION}submit_action", (target,), body)

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        users = [await stream.find_user(user_id) for user_id in sorted(left)]
        wanted = entry.act.kind == BAN
        done = frozenset(user.id for user in users if user and user.banned is wanted)
        return Look(done=done, absent=left - done)
