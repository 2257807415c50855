"""Stream's own call rules: read, written, tried on calls that were kept, and watched."""

from typing import ClassVar

from msgspec import Struct

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


class TryStreamRule(Ask, frozen=True, tag="try_stream_rule"):
    """What a rule would have done to the last lines that were kept; nothing is written."""

    newest_only: ClassVar[bool] = True

    document: str


class RuleEffect(Struct, frozen=True, kw_only=True):
    """Something that a call rule did, or would have done. Texts are hostile.

    Attributes:
        what: the actions in Stream's names.
        sure: False where a server of the app may have done it instead.
        text: what the person said; empty where nothing shows it.
    """

    at: float
    cid: str
    user_id: str
    name: str
    what: str
    violation: int = 0
    text: str = ""
    sure: bool = True


class StreamRuleTried(Answer, frozen=True, tag="stream_rule_tried"):
    """``lines``: how many were looked at; ``effects``: the last ones."""

    asks: ClassVar = (TryStreamRule,)

    summary: str = ""
    lines: int = 0
    effects: tuple[RuleEffect, ...] = ()


class StreamEffects(Push, frozen=True, tag="stream_effects"):
    """What Stream's call rules did in the calls that are watched, as it happens."""

    merge = Merge("effects", limit=500)

    effects: tuple[RuleEffect, ...]


StreamRulesToEngine = AskStreamRules | PutStreamRule | DropStreamRule | TryStreamRule
StreamRulesToWindow = StreamRules | StreamRuleTried | StreamEffects
