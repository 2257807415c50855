"""Ban and unban: a state of the user in the whole app."""

import msgspec

from console.domain.act import Act
from console.domain.acts import ban
from console.domain.acts.ban import BAN
from console.engine.acts.families.family import NOBODY, ActRequest, Family, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.events import Event, User, UserBanned, UserUnbanned


class Ban(Family):
    """Bans from the app (STREAM.md 5.5)."""

    acts = ban.ACTS
    proofs = (UserBanned, UserUnbanned)

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        if entry.act.kind == BAN:
            return [_ban(entry.act, user_id, actor) for user_id in left]
        return [_unban(user_id, actor) for user_id in left]

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        wanted = UserBanned if entry.act.kind == BAN else UserUnbanned
        return frozenset((event.user.id,)) if isinstance(event, wanted) else NOBODY

    async def shown_by_state(
        self, entry: Entry, left: frozenset[str], stream: ActsGateway, me: str
    ) -> frozenset[str]:
        answers = {user_id: await stream.find_user(user_id) for user_id in sorted(left)}
        wanted = entry.act.kind == BAN
        return frozenset(
            user_id
            for user_id, answer in answers.items()
            if answer is not None and msgspec.convert(answer, User).banned is wanted
        )


def _ban(act: Act, user_id: str, actor: str) -> ActRequest:
    body = fields(
        target_user_id=user_id,
        timeout=act.minutes,
        reason=act.reason,
        ip_ban=True if act.ip_ban else None,
        banned_by_id=actor,
    )
    return ActRequest(path="/api/v2/moderation/ban", targets=(user_id,), body=body)


def _unban(user_id: str, actor: str) -> ActRequest:
    if actor:
        return ActRequest(
            path="/api/v2/moderation/unban",
            targets=(user_id,),
            query={"target_user_id": user_id},
            body={"unbanned_by_id": actor},
        )
    # A user token does it through the action of the review queue (STREAM.md 1.5).
    return ActRequest(
        path="/api/v2/moderation/submit_action",
        targets=(user_id,),
        body={"action_type": "unban", "unban": {"target_user_id": user_id}},
    )
