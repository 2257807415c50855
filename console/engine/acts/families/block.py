"""Block and unblock: a list that the call keeps."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.block import ACTS, BLOCK, BLOCK_FOR, UNBLOCK
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.events import BlockedUser, UnblockedUser
from console.engine.wire.paths import call_path


class Block(Family):
    """Blocks in a call. The API has no field for who acts (STREAM.md 1.5)."""

    acts = ACTS
    proofs: ClassVar = {
        BLOCK: (BlockedUser,),
        BLOCK_FOR: (BlockedUser,),
        UNBLOCK: (UnblockedUser,),
    }

    repeat: ClassVar = RepeatRule(
        harm="Somebody whom a colleague let in again is put out again, or the other way round.",
        looked_at="the call's list of blocked users names them, or does not",
        not_done="the list is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the call's list of blocked people does not show"
        " it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        operation = "unblock" if act.kind == UNBLOCK else "block"
        return ActRequest(call_path(act.cid, operation), (target,), {"user_id": target})

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        state = read_call(await stream.ask("GET", call_path(entry.act.cid)))
        blocked = frozenset(state.blocked_user_ids)
        done = left - blocked if entry.act.kind == UNBLOCK else left & blocked
        return Look(done=done, absent=left - done)
