"""The end of a whole call."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.call import ACTS, END_CALL
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.events import CallDeleted, CallEnded, Event
from console.engine.wire.paths import call_path


class WholeCall(Family):
    """Ends a call for everyone."""

    acts = ACTS
    proofs: ClassVar = {END_CALL: (CallEnded, CallDeleted)}

    repeat: ClassVar = RepeatRule(
        harm="A call that was begun anew is ended again.",
        looked_at="the call has ended",
        not_done="the call has not ended, and the session it was meant for still runs",
        unseen="It was sent, but no answer came; the call runs in another session now.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        return ActRequest(call_path(act.cid, "mark_ended"), (target,))

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        return entry.targets

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        state = read_call(await stream.ask("GET", call_path(entry.act.cid)))
        if state.ended_at is not None:
            return Look(done=left)
        if entry.act.session_id and state.current_session_id == entry.act.session_id:
            return Look(not_done=left)
        return Look(absent=left)
