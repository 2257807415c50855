"""The phases of a sign-in: what each means, what leads from one to the next, and the ways out.

Pure. Engine and window both move by :func:`after`, so that neither can show what is not so.
docs/PHASES.md shows the same tables and is held against this module by a test.
"""

from enum import StrEnum

from msgspec import Struct


class Phase(StrEnum):
    """What a console knows of the calls now."""

    SIGNED_OUT = "signed_out"
    WAITING = "waiting"
    CONNECTING = "connecting"
    READING = "reading"
    LIVE = "live"
    OUTDATED = "outdated"
    SILENT = "silent"
    RECONNECTING = "reconnecting"
    REFUSED = "refused"


class Cause(StrEnum):
    """What can end a phase."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    STORE_TAKEN = "store_taken"
    SOCKET_OPENED = "socket_opened"
    CALLS_READ = "calls_read"
    READING_LATE = "reading_late"
    LINK_SILENT = "link_silent"
    LINK_ANSWERED = "link_answered"
    SOCKET_LOST = "socket_lost"
    REFUSAL = "refusal"
    ENGINE_LOST = "engine_lost"


class Way(StrEnum):
    """What a moderator can do about a phase; the value is the command of the window."""

    SIGN_IN = "session.sign_in"
    TRY_NOW = "session.try_now"
    SIGN_OUT = "session.sign_out"
    NEW_STORE = "session.new_store"


class Meaning(Struct, frozen=True):
    """What a phase says.

    Attributes:
        word: how the window calls it.
        hears: what is said in the calls that are known can arrive.
        complete: all active calls were read on this socket.
        ways: what leads out of it, the best first.
    """

    word: str
    hears: bool = False
    complete: bool = False
    ways: tuple[Way, ...] = ()


MEANINGS: dict[Phase, Meaning] = {
    Phase.SIGNED_OUT: Meaning("signed out", ways=(Way.SIGN_IN,)),
    Phase.WAITING: Meaning("waiting", ways=(Way.TRY_NOW, Way.SIGN_OUT)),
    Phase.CONNECTING: Meaning("connecting", ways=(Way.TRY_NOW, Way.SIGN_IN, Way.SIGN_OUT)),
    Phase.READING: Meaning("reading the calls", ways=(Way.TRY_NOW, Way.SIGN_IN, Way.SIGN_OUT)),
    Phase.LIVE: Meaning("live", hears=True, complete=True, ways=(Way.TRY_NOW, Way.SIGN_OUT)),
    Phase.OUTDATED: Meaning(
        "calls not read", hears=True, complete=True, ways=(Way.TRY_NOW, Way.SIGN_IN, Way.SIGN_OUT)
    ),
    Phase.SILENT: Meaning("no answer", ways=(Way.TRY_NOW, Way.SIGN_IN, Way.SIGN_OUT)),
    Phase.RECONNECTING: Meaning("reconnecting", ways=(Way.TRY_NOW, Way.SIGN_IN, Way.SIGN_OUT)),
    Phase.REFUSED: Meaning("refused", ways=(Way.SIGN_IN, Way.TRY_NOW, Way.SIGN_OUT)),
}

_CONNECTED = (Phase.READING, Phase.LIVE, Phase.OUTDATED, Phase.SILENT)
_SIGNED_IN = tuple(phase for phase in Phase if phase is not Phase.SIGNED_OUT)

TRANSITIONS: dict[Cause, dict[Phase, Phase]] = {
    Cause.SIGN_IN: dict.fromkeys(Phase, Phase.CONNECTING),
    Cause.SIGN_OUT: dict.fromkeys(_SIGNED_IN, Phase.SIGNED_OUT),
    Cause.STORE_TAKEN: {Phase.CONNECTING: Phase.WAITING, Phase.WAITING: Phase.WAITING},
    Cause.SOCKET_OPENED: dict.fromkeys((Phase.CONNECTING, Phase.RECONNECTING), Phase.READING),
    Cause.CALLS_READ: dict.fromkeys((Phase.READING, Phase.OUTDATED), Phase.LIVE),
    Cause.READING_LATE: {
        Phase.READING: Phase.READING,
        Phase.LIVE: Phase.OUTDATED,
        Phase.OUTDATED: Phase.OUTDATED,
    },
    Cause.LINK_SILENT: dict.fromkeys((Phase.READING, Phase.LIVE, Phase.OUTDATED), Phase.SILENT),
    Cause.LINK_ANSWERED: {Phase.SILENT: Phase.READING},
    Cause.SOCKET_LOST: {
        Phase.CONNECTING: Phase.CONNECTING,
        Phase.RECONNECTING: Phase.RECONNECTING,
        **dict.fromkeys(_CONNECTED, Phase.RECONNECTING),
    },
    Cause.REFUSAL: dict.fromkeys(_SIGNED_IN, Phase.REFUSED),
    Cause.ENGINE_LOST: dict.fromkeys(_SIGNED_IN, Phase.RECONNECTING),
}
"""Where each cause leads from where; it changes nothing in a phase that is not named."""


def after(phase: Phase, cause: Cause) -> Phase | None:
    """The phase that ``cause`` leads to; None where it changes nothing."""
    return TRANSITIONS[cause].get(phase)
