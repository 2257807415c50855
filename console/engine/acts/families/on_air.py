"""On the air or backstage: a state of the call."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.on_air import ACTS, GO_LIVE, STOP_LIVE
from console.engine.acts.families.family import NOBODY, ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.events import CallLiveStarted, CallUpdated, Event
from console.engine.wire.paths import call_path

_GOES_ON = {
    "continue_closed_caption": True,
    "continue_transcription": True,
    "continue_recording": True,
    "continue_composite_recording": True,
    "continue_individual_recording": True,
    "continue_raw_recording": True,
}
"""Else Stream ends these with the air time, and what is said backstage could not be heard."""


class OnAir(Family):
    """Going live and going backstage; Stream has an event for the first alone (STREAM.md 5.4)."""

    acts = ACTS
    proofs: ClassVar = {GO_LIVE: (CallLiveStarted, CallUpdated), STOP_LIVE: (CallUpdated,)}
    repeat: ClassVar = RepeatRule(
        harm="A call that a colleague took off the air is on it again, or the other way round.",
        looked_at="the call is backstage, or is not",
        not_done="the call is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the call does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        body = {} if act.kind == GO_LIVE else _GOES_ON
        return ActRequest(call_path(act.cid, act.kind), (target,), body)

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        if not isinstance(event, CallLiveStarted | CallUpdated):
            return NOBODY
        backstage = entry.act.kind == STOP_LIVE
        return entry.targets if event.call.backstage is backstage else NOBODY

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        state = read_call(await stream.ask("GET", call_path(entry.act.cid)))
        if state.backstage is (entry.act.kind == STOP_LIVE):
            return Look(done=left)
        return Look(absent=left)
