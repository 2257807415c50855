"""Block and unblock: a list that the call keeps."""

from console.domain.acts import block
from console.domain.acts.block import BLOCK
from console.engine.acts.families.family import NOBODY, ActRequest, Family
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.events import BlockedUser, Event, UnblockedUser
from console.engine.wire.paths import call_path


class Block(Family):
    """Blocks in a call. The API has no field for who acts (STREAM.md 1.5)."""

    acts = block.ACTS
    proofs = (BlockedUser, UnblockedUser)

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        operation = "block" if entry.act.kind == BLOCK else "unblock"
        path = call_path(entry.act.cid, operation)
        return [
            ActRequest(path=path, targets=(user_id,), body={"user_id": user_id}) for user_id in left
        ]

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        wanted = BlockedUser if entry.act.kind == BLOCK else UnblockedUser
        return frozenset((event.user.id,)) if isinstance(event, wanted) else NOBODY

    async def shown_by_state(
        self, entry: Entry, left: frozenset[str], stream: ActsGateway, me: str
    ) -> frozenset[str]:
        state = read_call(await stream.call_state(entry.act.cid))
        blocked = frozenset(state.blocked_user_ids)
        return left & blocked if entry.act.kind == BLOCK else left - blocked
