"""What runs beside a call: its captions, its recording, its transcription (STREAM.md 8.1)."""

from typing import NamedTuple

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import Call

START_CAPTIONS = "start_captions"
STOP_CAPTIONS = "stop_captions"


class Beside(NamedTuple):
    """One thing that can run beside a call.

    Attributes:
        word: what it is called. running, mode: fields of Call. name: its word in capabilities.
        start, stop: the operations on the call.
    """

    word: str
    running: str
    mode: str
    name: str
    start: str
    stop: str


CAPTIONS = Beside(
    "captions",
    "captioning",
    "captions_mode",
    "closed-captions",
    "start_closed_captions",
    "stop_closed_captions",
)
RECORDING = Beside(
    "recording",
    "recording",
    "recording_mode",
    "record",
    "recordings/composite/start",
    "recordings/composite/stop",
)
TRANSCRIPTION = Beside(
    "transcription",
    "transcribing",
    "transcription_mode",
    "transcription",
    "start_transcription",
    "stop_transcription",
)

_LOSES = {
    "captions": "Nothing said in this call can be heard until they start again.",
    "recording": "What happens from now on is not recorded.",
    "transcription": "What is said from now on is in no transcript.",
}

BESIDE: dict[str, tuple[Beside, bool]] = {
    f"{verb}_{what.word}": (what, verb == "start")
    for what in (CAPTIONS, RECORDING, TRANSCRIPTION)
    for verb in ("start", "stop")
}
"""What each kind of act starts or stops."""


def _refusal(spec: ActSpec, call: Call) -> str:
    what, start = BESIDE[spec.kind]
    verb = "are" if what is CAPTIONS else "is"
    if getattr(call, what.running) is start:
        return f"The {what.word} {verb} {'on' if start else 'off'} already."
    if start and getattr(call, what.mode) == "disabled":
        return f"The settings of this call do not allow {what.word}."
    return "Nobody is in this call." if start and not call.session_id else ""


def _pair(what: Beside) -> tuple[ActSpec, ActSpec]:
    start, stop = f"start_{what.word}", f"stop_{what.word}"
    return (
        ActSpec(
            kind=start,
            scope=Scope.CALL,
            label=f"Start {what.word}",
            done=f"started the {what.word}",
            consequence=f"Turns the {what.word} of this call on.",
            capability=f"start-{what.name}-call",
            of_people=False,
            call_refusal=_refusal,
            undo=stop,
            reversal=Reversal.PARTLY,
        ),
        ActSpec(
            kind=stop,
            scope=Scope.CALL,
            label=f"Stop {what.word}",
            done=f"stopped the {what.word}",
            consequence=_LOSES[what.word],
            weight=Weight.ARMED,
            severe=True,
            capability=f"stop-{what.name}-call",
            of_people=False,
            call_refusal=_refusal,
            undo=start,
            reversal=Reversal.PARTLY,
        ),
    )


ACTS = (*_pair(CAPTIONS), *_pair(RECORDING), *_pair(TRANSCRIPTION))
