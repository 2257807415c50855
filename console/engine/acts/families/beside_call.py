"""Captions, recording and transcription: started and stopped, and told by events of their own."""

from typing import ClassVar

from console.domain.act import Act
from console.domain.acts.beside_call import ACTS, BESIDE
from console.engine.acts.families.family import ActRequest, Family, Look, People, RepeatRule
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import read_call
from console.engine.wire.egress_events import (
    RecordingStarted,
    RecordingStopped,
    TranscriptionStarted,
    TranscriptionStopped,
)
from console.engine.wire.events import CaptionsStarted, CaptionsStopped, Event
from console.engine.wire.paths import call_path


class BesideCall(Family):
    """What runs beside a call (STREAM.md 8.1)."""

    acts = ACTS
    proofs: ClassVar = {
        "start_captions": (CaptionsStarted,),
        # Stopping captions is specified to tell of a transcription (STREAM.md 8.1).
        "stop_captions": (CaptionsStopped, TranscriptionStopped),
        "start_recording": (RecordingStarted,),
        "stop_recording": (RecordingStopped,),
        "start_transcription": (TranscriptionStarted,),
        "stop_transcription": (TranscriptionStopped,),
    }
    repeat: ClassVar = RepeatRule(
        harm="What a colleague stopped is started once more, or the other way round.",
        looked_at="it runs beside the call, or does not",
        not_done="the call is unchanged, and events were heard without a break since",
        unseen="It was sent, but no answer came; the call does not show it.",
    )

    def request(self, act: Act, target: str, actor: str) -> ActRequest:
        what, start = BESIDE[act.kind]
        return ActRequest(call_path(act.cid, what.start if start else what.stop), (target,), {})

    def shown_by(self, event: Event, entry: Entry, me: str) -> People:
        return entry.targets

    async def look(self, entry: Entry, left: People, stream: ActsGateway) -> Look:
        what, start = BESIDE[entry.act.kind]
        state = read_call(await stream.ask("GET", call_path(entry.act.cid)))
        runs = bool(getattr(state, what.running))
        return Look(done=left) if runs is start else Look(absent=left)
