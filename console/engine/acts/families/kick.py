"""Kick: out of the call; whoever comes back joined later."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.kick import ACTS, KICK
from console.engine.acts.families.family import ActRequest, Family, People, fields
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_participants
from console.engine.wire.events import KickedUser
from console.engine.wire.paths import call_path


class Kick(Family):
    """Kicks (STREAM.md 5.2)."""

    acts = ACTS
    proofs: ClassVar = {KICK: (KickedUser,)}

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        body = fields(user_id=target, kicked_by_id=actor)
        return ActRequest(call_path(act.cid, "kick"), (target,), body)

    async def shown_by_state(self, entry: Entry, left: People, stream: ActsGateway) -> People:
        wanted = {"user_id": {"$in": sorted(left)}}
        devices = read_participants(await stream.participants(entry.act.cid, wanted))
        before = entry.receipt.accepted_at
        return left - {one.user.id for one in devices if one.joined_at.seconds < before}
