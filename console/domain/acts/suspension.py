"""Take what people may send away from everybody in a call, and give back to each what they had.

What each of them had is remembered by the engine, so that giving back makes nobody more than they
were.
"""

from typing import Any

from console.domain.act import Act
from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import PERMISSION_OF_TRACK, TRACKS, Call, Participant, Track

SUSPEND_CALL = "suspend_call"
RESUME_CALL = "resume_call"
TAKE_MICROPHONES = "take_microphones"
GIVE_MICROPHONES = "give_microphones"


def _taken(_spec: ActSpec, act: Act, person: Participant) -> tuple[str, ...]:
    return act.of_each.get(person.user_id, ())


def _refusal(spec: ActSpec, call: Call) -> str:
    wanted = frozenset(PERMISSION_OF_TRACK[track] for track in spec.tracks)
    if spec.grants:
        return "" if call.suspended & wanted or call.to_give_back else "Nothing was taken here."
    if wanted <= call.suspended:
        return "It is suspended already." if len(wanted) > 1 else "They are taken already."
    return ""


def _on_everybody(**own: Any) -> ActSpec:
    return ActSpec(
        scope=Scope.CALL,
        capability="update-call-permissions",
        many=True,
        for_each=True,
        call_refusal=_refusal,
        changes=_taken,
        **own,
    )


ACTS = (
    _on_everybody(
        kind=SUSPEND_CALL,
        label="Suspend call",
        short="Suspend",
        done="suspended the call",
        consequence="Nobody can send anything until you give them their rights back; what each had"
        " is remembered.",
        question="{people}. Nobody can send anything until you give them their rights back; what"
        " each had is remembered, and who comes in meanwhile waits too.",
        key="Ctrl+Shift+P",
        icon="lock",
        severe=True,
        weight=Weight.GUARDED,
        tracks=TRACKS,
        revokes=True,
        undo=RESUME_CALL,
        reversal=Reversal.EXACT,
    ),
    _on_everybody(
        kind=RESUME_CALL,
        label="Give rights back",
        done="gave everybody their rights back",
        consequence="Lets each of them send what they could send before, and nothing more.",
        key="Ctrl+Alt+P",
        icon="check",
        tracks=TRACKS,
        grants=True,
        of_people=False,
    ),
    _on_everybody(
        kind=TAKE_MICROPHONES,
        label="Take every microphone",
        done="took every microphone",
        consequence="Nobody can speak until you give the microphones back; who had one is"
        " remembered.",
        question="{people}. Nobody can speak until you give the microphones back; who had one is"
        " remembered, and who comes in meanwhile waits too.",
        severe=True,
        weight=Weight.GUARDED,
        tracks=(Track.AUDIO,),
        revokes=True,
        undo=GIVE_MICROPHONES,
        reversal=Reversal.EXACT,
    ),
    _on_everybody(
        kind=GIVE_MICROPHONES,
        label="Give the microphones back",
        done="gave the microphones back",
        consequence="Lets those speak who could speak before, and nobody else.",
        tracks=(Track.AUDIO,),
        grants=True,
        of_people=False,
    ),
)
