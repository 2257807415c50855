"""The end of a whole call."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.call import ACTS, END_CALL
from console.engine.acts.families.family import NOBODY, ActRequest, Family, People
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.events import CallDeleted, CallEnded, Event
from console.engine.wire.paths import call_path


class WholeCall(Family):
    """Ends a call for everyone."""

    acts = ACTS
    proofs: ClassVar = {END_CALL: (CallEnded, CallDeleted)}

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        return ActRequest(call_path(act.cid, "mark_ended"), (target,))

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        return entry.targets

    async def shown_by_state(self, entry: Entry, left: People, stream: ActsGateway) -> People:
        state = read_call(await stream.ask("GET", call_path(entry.act.cid)))
        return NOBODY if state.ended_at is None else left
