"""The end of a whole call."""

from console.domain.acts import call
from console.engine.acts.families.family import NOBODY, ActRequest, Family
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.events import CallDeleted, CallEnded, Event
from console.engine.wire.paths import call_path


class WholeCall(Family):
    """Ends a call for everyone."""

    acts = call.ACTS
    proofs = (CallEnded, CallDeleted)

    def requests(self, entry: Entry, left: tuple[str, ...], actor: str) -> list[ActRequest]:
        return [ActRequest(path=call_path(entry.act.cid, "mark_ended"), targets=left)]

    def shown_by(self, event: Event, entry: Entry, me: str) -> frozenset[str]:
        return entry.targets

    async def shown_by_state(
        self, entry: Entry, left: frozenset[str], stream: ActsGateway, me: str
    ) -> frozenset[str]:
        state = read_call(await stream.call_state(entry.act.cid))
        return NOBODY if state.ended_at is None else left
