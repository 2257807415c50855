"""A scenario as data: typed, without behaviour. ``scenario_file`` reads it, ``director`` plays it.

Times are scenario seconds from the start. ``who`` entries name a user, ``@cast`` for everyone of a
cast, or ``@voices`` for those who talk in the call at hand.
"""

from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct, field

from console.sandbox.direction.temperament import Temperament
from console.sandbox.faults import Fault

VOICES = "@voices"
CONFIG_KEY = "custom:captions"

T = TypeVar("T")
Some = Annotated[tuple[T, ...], Meta(min_length=1)]
Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=1)]
Expectation = Literal["", "keep", "raise", "some"]
Kind = Literal[
    "join",
    "leave",
    "ask",
    "microphone_on",
    "microphone_off",
    "camera_on",
    "camera_off",
    "screen_on",
    "screen_off",
    "chat",
    "react",
    "show",
    "rename",
    "avatar",
    "report",
    "raid",
    "go_live",
    "stop_live",
    "end_call",
    "fault",
]


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named user.

    Attributes:
        temperament: how they take being moderated.
        alias: the name they come back under when they evade a ban.
    """

    id: str
    name: str
    role: str = "user"
    language: str = "en"
    temperament: Temperament = Temperament.COMPLIES
    alias: str = ""
    custom: dict[str, Any] = {}


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First and last names from which a cast's people are called; a last name may be empty."""

    id: str
    first: Some[str]
    last: Some[str] = ("",)


class Cast(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Generated people: ``count`` users called ``id-001`` and up.

    Attributes:
        names: id of the names to draw from.
        languages, temperaments: how often each occurs, as weights.
    """

    id: str
    count: Count
    names: str
    role: str = "user"
    languages: dict[str, float] = field(default_factory=lambda: {"en": 1.0})
    temperaments: dict[Temperament, float] = field(
        default_factory=lambda: {Temperament.COMPLIES: 1.0}
    )


class CallPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One call, or ``count`` generated ones called ``id-001`` and up.

    Attributes:
        name: for generated calls ``{n}`` is the number and ``{a|b|c}`` is drawn.
        by: who created it; the first host when empty.
        hosts, speakers, members: members with the role ``host``, ``speaker``, ``call_member``.
        people: who is in the call from the start. For generated calls they are dealt out, so
            that each person is in one call.
        voices: who has a live microphone. voice_count: how many of the people, for generated calls.
        cameras, screens: who shows video, who shares a screen. camera_share: part of the voices
            that show video besides.
        settings: settings_override in Stream's shape.
        begins: when it is created and its people join; there is no talk in the first seconds.
        turnover: shortest and longest time between a listener's leaving or coming back.
    """

    id: str
    name: str
    type: str = "default"
    count: Count = 1
    by: str = ""
    hosts: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    people: Some[str]
    voices: tuple[str, ...] = ()
    voice_count: int = 0
    cameras: tuple[str, ...] = ()
    camera_share: float = 0.0
    screens: tuple[str, ...] = ()
    settings: dict[str, Any] = {}
    captions: Literal["available", "disabled", "auto-on"] = "available"
    backstage: bool = False
    begins: float = 0.0
    turnover: tuple[float, float] | None = None


class Pool(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lines to draw from; ``{a|b|c}`` in a line is drawn too.

    Attributes:
        language: of the lines; English where it is empty.
        order: ``shuffled`` (no repeat until all were said) or ``written`` (from top to bottom).
        expect: what the scenario's policy should make of it: ``keep`` every line, ``raise`` every
            line, ``some`` (raise at least one), or empty where nothing is said about it. Only
            tests read this.
    """

    id: str
    lines: Some[Text]
    language: str = ""
    order: Literal["shuffled", "written"] = "shuffled"
    expect: Expectation = ""


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing one person begins to say at one time.

    Attributes:
        at: scenario seconds.
        expect: what the policy should make of it, ``keep`` or ``raise``; only tests read this.
    """

    at: float
    call: str
    who: str
    text: Text
    language: str = ""
    expect: Literal["", "keep", "raise"] = ""


class Chatter(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from"}
):
    """Somebody of ``who`` begins a line of ``pools`` every so often.

    Attributes:
        call: a call's id; the id of generated calls means each of them.
        since, until: when it begins and ends; ``since`` is written ``from``.
        pools: ids of pools, drawn by weight; all weights are 1 where ``weights`` is empty.
        every: shortest and longest pause between two beginnings, before the rate is applied.
        chance: how likely a generated call has this chatter at all.
    """

    call: str
    pools: Some[str]
    every: tuple[float, float]
    who: tuple[str, ...] = (VOICES,)
    weights: tuple[float, ...] = ()
    since: float = 0.0
    until: float = 0.0
    chance: float = 1.0


class Exchanges(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"since": "from"}
):
    """Short conversations: somebody asks, somebody answers, one after the other.

    Attributes:
        roles: who may take each role; one person is drawn for each role of a conversation.
        turns: the conversations, each a list of [role, text]; ``{a|b|c}`` is drawn.
        every: shortest and longest pause between the end of one and the beginning of the next,
            before the rate is applied.
        since, until: when they begin and end; ``since`` is written ``from``.
        expect: as in a pool.
    """

    call: str
    roles: dict[str, tuple[str, ...]]
    turns: Some[Some[tuple[str, str]]]
    every: tuple[float, float]
    since: float = 0.0
    until: float = 0.0
    expect: Expectation = ""


class Happening(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something people do besides talking.

    Attributes:
        who: whom it concerns; for go_live, stop_live and end_call who does it, first one counts.
        over: seconds over which it happens to one after another; 0 for all at once.
        permissions: what is asked for.
        then: what they say once it is granted, or once they have joined; what they write for
            ``chat``, which emoji they send for ``react``, the labels of the test card they hold
            before the camera for ``show`` (none puts it away), what they call themselves from then
            on for ``rename``, the labels of the test card they show beside their name for
            ``avatar`` (none takes it away), whom they report to the moderators and why for
            ``report``. Where it is empty and there is a
            ``pool``, they say one to three lines of it.
        pool, every: what raiders say, and how often each of them does.
        fault: for the kind ``fault``, what goes wrong with requests: the fields of
            ``console.sandbox.faults.Fault``.
    """

    at: float
    kind: Kind
    call: str
    who: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ("send-audio",)
    then: tuple[str, ...] = ()
    pool: str = ""
    every: tuple[float, float] = (4.0, 9.0)
    over: float = 0.0
    fault: Fault | None = None


class ServerPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sandbox's server judges by, in Stream's own shapes (STREAM.md 6.3, 6.5).

    ``also``: further keys with the same config.
    """

    key: str = CONFIG_KEY
    also: tuple[str, ...] = ()
    config: dict[str, Any] = {}
    blocklists: tuple[dict[str, Any], ...] = ()


class Scenario(Struct, frozen=True, kw_only=True):
    """Everything of one scenario.

    Attributes:
        speed: scenario seconds in one real second, unless the command line says otherwise.
        caption_lag: seconds from the end of an utterance to its caption.
        frames_over_sockets: frames of frame recording are told to whoever watches a call, too;
            Stream is only known to send them to webhooks (?).
    """

    name: str
    title: str
    description: str
    seed: int = 1
    speed: float = 1.0
    caption_lag: float = 0.0
    frames_over_sockets: bool = False
    policy: ServerPolicy = field(default_factory=ServerPolicy)
    users: tuple[Person, ...] = ()
    casts: tuple[Cast, ...] = ()
    names: tuple[Names, ...] = ()
    calls: tuple[CallPlan, ...] = ()
    pools: tuple[Pool, ...] = ()
    lines: tuple[Line, ...] = ()
    chatter: tuple[Chatter, ...] = ()
    exchanges: tuple[Exchanges, ...] = ()
    events: tuple[Happening, ...] = ()
