"""Kick: out of the call; whoever comes back joined later."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.kick import ACTS, KICK
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
from console.engine.wire.decode import read_participants
from console.engine.wire.events import KickedUser
from console.engine.wire.paths import call_path

CLOCKS_DIFFER = 60.0
"""Seconds that this machine's clock and Stream's may be apart."""


class Kick(Family):
    """Kicks (STREAM.md 5.2)."""

    acts = ACTS
    proofs: ClassVar = {KICK: (KickedUser,)}

    repeat: ClassVar = RepeatRule(
        harm="Somebody who came back is put out once more.",
        looked_at="Stream accepted it, and no device that they were on is in the call any more",
        not_done="a device that they were on is still in the call",
        unseen="It was sent, but no answer came; whether they were put out by it, left by"
        " themselves or came back cannot be seen.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        body = fields(user_id=target, kicked_by_id=actor)
        return ActRequest(call_path(act.cid, "kick"), (target,), body)

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        wanted = {"user_id": {"$in": sorted(left)}}
        there = read_participants(await stream.participants(entry.act.cid, wanted))
        done, not_done = set(left), set()
        sent_at = entry.receipt.sent_at
        for device in there:
            person, joined_at = device.user.id, device.joined_at.seconds
            known = entry.devices.get(person, NOBODY)
            if device.user_session_id in known or joined_at < sent_at - CLOCKS_DIFFER:
                not_done.add(person)
            if not known and joined_at < sent_at + CLOCKS_DIFFER:
                done.discard(person)
        # People also leave by themselves: that they are gone shows nothing of an act which nobody
        # accepted.
        done &= entry.accepted
        return Look(done=frozenset(done - not_done), not_done=frozenset(not_done) & left)
