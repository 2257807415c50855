"""Kick: out of the call; whoever comes back joined later."""

from console.domain.acts import kick
from console.engine.acts.families.family import NOBODY, ActRequest, Family, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_participants
from console.engine.wire.events import Event, KickedUser
from console.engine.wire.paths import call_path


class Kick(Family):
    """Kicks (STREAM.md 5.2)."""

    acts = kick.ACTS
    proofs = (KickedUser,)

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        return [
            ActRequest(
                path=call_path(entry.act.cid, "kick"),
                targets=(user_id,),
                body=fields(user_id=user_id, kicked_by_id=actor),
            )
            for user_id in left
        ]

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        return frozenset((event.user.id,)) if isinstance(event, KickedUser) else NOBODY

    async def shown_by_state(
        self, entry: Entry, left: frozenset[str], stream: ActsGateway, me: str
    ) -> frozenset[str]:
        wanted = {"user_id": {"$in": sorted(left)}}
        devices = read_participants(await stream.participants(entry.act.cid, wanted))
        before = entry.receipt.accepted_at
        return left - {one.user.id for one in devices if one.joined_at.seconds < before}
