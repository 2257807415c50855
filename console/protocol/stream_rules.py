"""Stream's own call rules: read, written, tried on calls that were kept, and watched."""

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from console.domain.past import SavedSession
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class StreamRule(Struct, frozen=True, kw_only=True):
    """One rule as Stream keeps it. All texts are Stream's and hostile.

    Attributes:
        document: the rule as JSON, as it can be written again.
        summary: what a call rule does, in plain words; empty for other types.
    """

    rule_id: str
    name: str
    rule_type: str
    enabled: bool
    document: str
    summary: str = ""


class AskStreamRules(Ask, frozen=True, tag="ask_stream_rules"):
    """All rules of the app."""


class PutStreamRule(Ask, frozen=True, tag="put_stream_rule"):
    """Write a rule; one of the same name is replaced."""

    repeatable: ClassVar[bool] = False

    document: str


class DropStreamRule(Ask, frozen=True, tag="drop_stream_rule"):
    """Remove a rule."""

    repeatable: ClassVar[bool] = False

    rule_id: str


class StreamRules(Answer, frozen=True, tag="stream_rules"):
    """The rules as they are now. ``labels``: those that captions can get."""

    asks: ClassVar = (AskStreamRules, PutStreamRule, DropStreamRule)

    rules: tuple[StreamRule, ...] = ()
    labels: tuple[str, ...] = ()


class AskSavedSessions(Ask, frozen=True, tag="ask_saved_sessions"):
    """Sessions of calls in the store on which a rule can be tried."""


class SavedSessionsAnswer(Answer, frozen=True, tag="saved_sessions"):
    """The latest first."""

    asks: ClassVar = (AskSavedSessions,)

    sessions: tuple[SavedSession, ...] = ()


class TryStreamRule(Ask, frozen=True, tag="try_stream_rule"):
    """What a rule would have done in these sessions, (cid, session id) each; nothing is written.

    ``TrialProgress`` tells how far it is.
    """

    newest_only: ClassVar[bool] = True

    document: str
    sessions: tuple[tuple[str, str], ...]


class StopTrial(Struct, frozen=True, tag="stop_trial"):
    """Try it no further: the answer tells what was found so far."""

    request_id: str


class TrialProgress(Push, frozen=True, tag="trial_progress"):
    """How many captions and frames of ``total`` the question ``request_id`` has been through."""

    request_id: str
    done: int
    total: int


class RuleEffect(Struct, frozen=True, kw_only=True):
    """Something that a call rule did, or would have done. Texts are hostile.

    Attributes:
        what: the actions in Stream's names.
        part: Stream's type of the condition that was met last; empty where nothing shows it.
        item_id: what met it; empty where nothing shows it.
        sure: False where a server of the app may have done it instead.
        text: what the person said, or what a frame of theirs shows; empty where nothing shows it.
    """

    at: float
    cid: str
    user_id: str
    name: str
    what: str
    violation: int = 0
    part: str = ""
    item_id: str = ""
    text: str = ""
    sure: bool = True


class StreamRuleTried(Answer, frozen=True, tag="stream_rule_tried"):
    """What the rule would have done.

    Attributes:
        captions, frames: how many were looked at, in ``sessions``.
        violations: how many there were. by_part: of each of Stream's types of conditions.
        effects: the violations one by one; of very many the first.
        stopped: not everything was looked at, because somebody stopped it.
    """

    asks: ClassVar = (TryStreamRule,)

    summary: str = ""
    sessions: int = 0
    captions: int = 0
    frames: int = 0
    violations: int = 0
    by_part: Mapping[str, int] = {}
    effects: tuple[RuleEffect, ...] = ()
    stopped: bool = False


class StreamEffects(Push, frozen=True, tag="stream_effects"):
    """What Stream's call rules did in the calls that are watched, as it happens."""

    merge = Merge("effects", limit=500)

    effects: tuple[RuleEffect, ...]


StreamRulesToEngine = (
    AskStreamRules | PutStreamRule | DropStreamRule | AskSavedSessions | TryStreamRule | StopTrial
)
StreamRulesToWindow = (
    StreamRules | SavedSessionsAnswer | StreamRuleTried | TrialProgress | StreamEffects
)
