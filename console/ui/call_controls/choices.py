"""What can be set of a call, how it is now, and which acts lead from there to each choice. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from console.domain.acts.call_settings import (
    CAMERAS_OFF,
    CAMERAS_ON,
    REQUESTS,
    SCREENS_OFF,
    SCREENS_ON,
)
from console.domain.acts.chat import COOLDOWNS, SLOW_OFF
from console.domain.acts.on_air import GO_LIVE, STOP_LIVE
from console.domain.acts.suspension import GIVE_MICROPHONES, TAKE_MICROPHONES
from console.domain.call import Call, Permission

OFF, ON, ON_REQUEST = "off", "on", "asked"
EVERYBODY, MEMBERS, BACKSTAGE = "everybody", "members", "backstage"


class Option(NamedTuple):
    """One choice.

    Attributes:
        acts: the kinds that lead there from a call as it is; none where it is so.
        door: whether the door has to be held or opened on the way there; None for neither.
    """

    key: str
    words: str
    help: str
    acts: Callable[[Call], tuple[str, ...]]
    door: Callable[[Call], bool | None] = lambda _call: None


class Choice(NamedTuple):
    """One thing that can be set. ``now``: the key of the option that a call has."""

    name: str
    options: tuple[Option, ...]
    now: Callable[[Call], str]


def _sending(name: str, word: str, permission: str, on: str, off: str) -> Choice:
    """Off, on, or on request, for what people send."""
    forbid, allow = REQUESTS[permission]

    def is_off(call: Call) -> bool:
        if permission == Permission.SEND_AUDIO:
            return permission in call.suspended
        return permission not in call.allowed

    def now(call: Call) -> str:
        if is_off(call):
            return OFF
        return ON_REQUEST if permission in call.may_be_asked else ON

    def to_off(call: Call) -> tuple[str, ...]:
        return () if is_off(call) else (off,)

    def to(call: Call, *, asked: bool) -> tuple[str, ...]:
        wanted = [on] if is_off(call) else []
        if (permission in call.may_be_asked) is not asked:
            wanted.append(allow if asked else forbid)
        return tuple(wanted)

    return Choice(
        name,
        (
            Option(OFF, "Off", f"Nobody can send {word}.", to_off),
            Option(
                ON,
                "On",
                f"Whoever's role may send {word} can do so; nobody else can ask for it.",
                lambda call: to(call, asked=False),
            ),
            Option(
                ON_REQUEST,
                "On request",
                f"Whoever's role may send {word} can do so; others can ask for it.",
                lambda call: to(call, asked=True),
            ),
        ),
        now,
    )


def _beside(name: str, word: str, running: str) -> Choice:
    """Whether something runs beside the call."""

    def runs(call: Call) -> bool:
        return bool(getattr(call, running))

    return Choice(
        name,
        (
            Option(OFF, "Off", "", lambda call: (f"stop_{word}",) if runs(call) else ()),
            Option(ON, "On", "", lambda call: () if runs(call) else (f"start_{word}",)),
        ),
        lambda call: ON if runs(call) else OFF,
    )


def _who_comes_in(call: Call) -> str:
    if call.backstage:
        return BACKSTAGE
    return MEMBERS if call.door else EVERYBODY


_DOOR = Choice(
    "Who may come in",
    (
        Option(
            EVERYBODY,
            "Everybody",
            "Whoever's role may join can come in; whom the door kept out may come again.",
            lambda call: (GO_LIVE,) if call.backstage else (),
            lambda call: False if call.door else None,
        ),
        Option(
            MEMBERS,
            "Members only",
            "Whoever is in the call stays. Who comes and is no member is blocked from it until"
            " everybody may come in again.",
            lambda call: (GO_LIVE,) if call.backstage else (),
            lambda call: None if call.door else True,
        ),
        Option(
            BACKSTAGE,
            "Backstage",
            "Only those who may join a call backstage can come in.",
            lambda call: () if call.backstage else (STOP_LIVE,),
        ),
    ),
    _who_comes_in,
)


def _pace_of(call: Call) -> str:
    return next((key for key, kind in _PACES if COOLDOWNS[kind] == call.chat_cooldown), "")


def _to_pace(kind: str) -> Callable[[Call], tuple[str, ...]]:
    return lambda call: () if COOLDOWNS[kind] == call.chat_cooldown else (kind,)


_PACES = ((OFF, SLOW_OFF), ("10", "slow_mode_10"), ("30", "slow_mode_30"), ("120", "slow_mode_120"))
_PACE_WORDS = {OFF: "Off", "10": "10 s", "30": "30 s", "120": "2 min"}

_SLOW_CHAT = Choice(
    "Slow chat",
    tuple(Option(key, _PACE_WORDS[key], "", _to_pace(kind)) for key, kind in _PACES),
    _pace_of,
)

CHOICES = (
    _sending("Microphones", "sound", Permission.SEND_AUDIO, GIVE_MICROPHONES, TAKE_MICROPHONES),
    _sending("Cameras", "a camera", Permission.SEND_VIDEO, CAMERAS_ON, CAMERAS_OFF),
    _sending("Screen shares", "a screen", Permission.SCREENSHARE, SCREENS_ON, SCREENS_OFF),
    _beside("Captions", "captions", "captioning"),
    _beside("Recording", "recording", "recording"),
    _beside("Transcription", "transcription", "transcribing"),
    _DOOR,
    _SLOW_CHAT,
)
