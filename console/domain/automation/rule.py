"""A rule of automation: when it fits, and what it then does."""

from enum import StrEnum

from msgspec import Struct

from console.domain.verdict import Severity, Source


class Mode(StrEnum):
    """How far a rule may go by itself.

    OFF: not at all. SHADOW: it notes what it would have done. ASK: it suggests, and a person
    accepts. ACT: it counts down, and then acts unless a person stops it.
    """

    OFF = "off"
    SHADOW = "shadow"
    ASK = "ask"
    ACT = "act"


class Response(StrEnum):
    """What a rule can do to the person whose words it fits, mildest first."""

    NOTIFY = "notify"
    FLAG = "flag"
    WARN = "warn"
    BLUR = "blur"
    DELETE_MESSAGE = "delete_message"
    STOP_SCREEN = "stop_screen"
    MUTE = "mute"
    REVOKE_AND_MUTE = "revoke_and_mute"
    KICK = "kick"
    BLOCK = "block"
    BAN = "ban"


class Span(StrEnum):
    """Over what something is counted: this session of the call, some days, or all that is kept."""

    SESSION = "session"
    DAYS = "days"
    ALL = "all"


class Window(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where earlier ones count. ``days`` is read where ``span`` is DAYS."""

    span: Span = Span.SESSION
    days: int = 30


class Conditions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a rule fits: all that is said here must hold; what is empty or zero says nothing.

    Attributes:
        actions: recommended actions; anything but *keep* where it is empty.
        labels: one of these is among the labels; case does not count.
        severity, confidence: the least. A verdict without a confidence is below any.
        sources: whose verdict. Where it is empty, the one that decides; a provisional verdict fits
            only rules that name its source.
        kinds: kinds of content; anything said or written where it is empty.
        call_types, roles: of the call, of the person in it.
        first_call: this console has heard them in no other session.
        younger_days: their account is younger; an age that is not known does not fit.
        times: how often the person did it, this time included, in ``within``.
    """

    actions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    severity: Severity = Severity.NONE
    confidence: float = 0.0
    sources: tuple[Source, ...] = ()
    kinds: tuple[str, ...] = ()
    call_types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    first_call: bool = False
    younger_days: float = 0.0
    times: int = 1
    within: Window = Window()


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rung of a ladder.

    Attributes:
        minutes: how long a ban lasts.
        text: what a warning says; Stream's default words of this program where it is empty.
    """

    responses: tuple[Response, ...]
    minutes: int = 60
    text: str = ""


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule.

    Attributes:
        rule_id: never changes, whatever it is called.
        steps: what it does the first time, the second, ...; the last one from then on.
        ladder: over what its earlier responses to a person count for the next step.
        cooldown_s: seconds after a response in which it does no more to the same person.
        veto_s: seconds that it counts down before it acts; 0 acts at once.
    """

    rule_id: str
    name: str
    when: Conditions
    steps: tuple[Step, ...]
    mode: Mode = Mode.ASK
    ladder: Window = Window()
    cooldown_s: float = 30.0
    veto_s: float = 8.0
