"""Turn somebody's track off, or everybody's. They may turn it on again (STREAM.md 5.1)."""

from typing import Any

from console.domain.acts.spec import ActSpec, Reversal, Scope, Weight
from console.domain.call import TRACKS, Participant, Track

MUTE_AUDIO = "mute_audio"
MUTE_SOUND = "mute_screenshare_audio"
MUTE_ALL_TRACKS = "mute_all_tracks"

SCREEN_AND_SOUND = (Track.SCREENSHARE, Track.SCREENSHARE_AUDIO)
EVERYTHING = (Track.AUDIO, Track.VIDEO, *SCREEN_AND_SOUND)

_OFF = {MUTE_SOUND: "They share no screen.", MUTE_ALL_TRACKS: "They send nothing."}


def _refusal(spec: ActSpec, person: Participant) -> str:
    if not person.user_session_id:
        return "They are not in the call."
    followed = frozenset(spec.tracks).intersection(TRACKS)
    if spec.kind == MUTE_SOUND:
        followed = frozenset({Track.SCREENSHARE})
    if followed <= person.muted:
        return "Already off, and they have not turned it on again."
    if person.live_known and not followed & person.live:
        return _OFF.get(spec.kind, "It is off already.")
    return ""


def _mute(**own: Any) -> ActSpec:
    return ActSpec(
        capability="mute-users",
        mutes=True,
        of_one_session=True,
        reversal=Reversal.THEIRS,
        **own,
    )


def _mute_people(**own: Any) -> ActSpec:
    return _mute(scope=Scope.PERSON, many=True, sanction=True, refusal=_refusal, **own)


def _mute_everyone(**own: Any) -> ActSpec:
    return _mute(scope=Scope.CALL, weight=Weight.GUARDED, **own)


ACTS = (
    _mute_people(
        kind=MUTE_AUDIO,
        label="Mute microphone",
        short="Mute",
        imperative="Mute {who}",
        done="muted the microphone of {who}",
        consequence="Silences them now; they can unmute themselves.",
        key="M",
        icon="mic-off",
        row="mic",
        quick=True,
        tracks=(Track.AUDIO,),
    ),
    _mute_people(
        kind="mute_video",
        label="Turn off camera",
        short="Off",
        imperative="Turn off the camera of {who}",
        done="turned off the camera of {who}",
        consequence="Stops their camera now; they can turn it on again.",
        key="C",
        row="camera",
        tracks=(Track.VIDEO,),
    ),
    _mute_people(
        kind="mute_screenshare",
        label="Stop screen share",
        short="Stop",
        imperative="Stop the screen share of {who}",
        done="stopped the screen share of {who}",
        consequence="Stops their screen share and its sound now; they can start it again.",
        key="S",
        row="screen",
        tracks=SCREEN_AND_SOUND,
    ),
    _mute_people(
        kind=MUTE_ALL_TRACKS,
        label="Stop everything they send",
        short="Stop all",
        imperative="Stop everything from {who}",
        done="stopped everything that {who} sent",
        consequence="Stops microphone, camera, screen and its sound now; they can start again.",
        key="Q",
        row="close",
        tracks=EVERYTHING,
    ),
    _mute_people(
        kind=MUTE_SOUND,
        label="Mute sound of screen share",
        short="Screen sound",
        imperative="Mute the screen sound of {who}",
        done="muted the sound of the screen share of {who}",
        consequence="Silences what their shared screen plays; the screen stays.",
        row="close",
        tracks=(Track.SCREENSHARE_AUDIO,),
    ),
)

EVERYONE = (
    _mute_everyone(
        kind="mute_everyone_audio",
        label="Mute everyone",
        done="muted every microphone",
        consequence="Silences everyone in the call now; they can unmute themselves.",
        question="Silences {people} now; they can unmute themselves.",
        key="Ctrl+Shift+M",
        icon="mic-off",
        quick=True,
        tracks=(Track.AUDIO,),
    ),
    _mute_everyone(
        kind="mute_everyone_video",
        label="Turn off all cameras",
        done="turned off every camera",
        consequence="Stops every camera in the call now; people can turn theirs on again.",
        key="Ctrl+Shift+C",
        tracks=(Track.VIDEO,),
    ),
    _mute_everyone(
        kind="mute_everyone_screenshare",
        label="Stop all screen shares",
        done="stopped every screen share",
        consequence="Stops every screen share and its sound now; people can start again.",
        key="Ctrl+Shift+S",
        tracks=SCREEN_AND_SOUND,
    ),
    _mute_everyone(
        kind="mute_everyone_all_tracks",
        label="Stop everything everyone sends",
        done="stopped everything that everyone sent",
        consequence="Stops all microphones, cameras, screens and their sound now; people can start"
        " again.",
        key="Ctrl+Shift+Q",
        tracks=EVERYTHING,
    ),
)
