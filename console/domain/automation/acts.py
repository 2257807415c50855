"""From a response to the acts that carry it out, and how severe an act is. Pure."""

from console.domain.acts.ban import BAN
from console.domain.acts.block import BLOCK
from console.domain.acts.flag import FLAG_FOR_REVIEW
from console.domain.acts.kick import KICK
from console.domain.acts.mute import MUTE_ALL_TRACKS, MUTE_AUDIO
from console.domain.acts.permission import REVOKE_AUDIO
from console.domain.acts.queue import kind_of
from console.domain.acts.warn import BLUR, WARN
from console.domain.automation.rule import Response

MUTE_SCREEN = "mute_screenshare"
DELETE_MESSAGE = kind_of("delete_message")
"""Messages are deleted from the review queue, where Stream logs it."""

KINDS: dict[Response, tuple[str, ...]] = {
    Response.NOTIFY: (),
    Response.FLAG: (FLAG_FOR_REVIEW,),
    Response.WARN: (WARN,),
    Response.BLUR: (BLUR,),
    Response.DELETE_MESSAGE: (DELETE_MESSAGE,),
    Response.STOP_SCREEN: (MUTE_SCREEN,),
    Response.MUTE: (MUTE_AUDIO,),
    Response.REVOKE_AND_MUTE: (REVOKE_AUDIO, MUTE_AUDIO),
    Response.KICK: (KICK,),
    Response.BLOCK: (BLOCK,),
    Response.BAN: (BAN,),
}
"""The kinds of acts of each response, in the order in which they are sent."""

_RANKS = {
    FLAG_FOR_REVIEW: 1,
    WARN: 2,
    BLUR: 2,
    DELETE_MESSAGE: 2,
    MUTE_SCREEN: 3,
    MUTE_AUDIO: 3,
    MUTE_ALL_TRACKS: 3,
    REVOKE_AUDIO: 4,
    KICK: 5,
    BLOCK: 6,
    BAN: 7,
    "deactivate_user": 8,
}


def act_kinds(responses: tuple[Response, ...]) -> tuple[str, ...]:
    """The kinds of acts that carry out ``responses``, each once."""
    return tuple(dict.fromkeys(kind for each in responses for kind in KINDS[each]))


def as_severe(kind: str, responses: tuple[Response, ...]) -> bool:
    """Whether an act by hand is the same as ``responses`` or more."""
    wanted = max((_RANKS[each] for each in act_kinds(responses)), default=1)
    return _RANKS.get(kind, 0) >= wanted
