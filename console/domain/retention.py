"""How long what is kept, and what is done about it at the end. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from console.domain.item import ATTACHMENT, AVATAR, CAPTION, FRAME, MESSAGE, NAME

DAY_S = 86_400.0
MOST_DAYS = 36_500
LEAST_MB = 50
MOST_MB = 1_000_000


class Kept(StrEnum):
    """What has a time of its own."""

    LINES = "lines"
    CHAT = "chat"
    FRAMES = "frames"
    VERDICTS = "verdicts"
    ACTS = "acts"
    EVIDENCE = "evidence"


class AtEnd(StrEnum):
    """What becomes of it. COUNT: how many there were stays, by day and call."""

    DELETE = "delete"
    COUNT = "count"


class Rule(Struct, frozen=True):
    """``days`` to live; 0 is for good."""

    days: int
    at_end: AtEnd = AtEnd.COUNT


class RetentionPlan(Struct, frozen=True, kw_only=True):
    """What holds for the store of this machine, over all apps.

    The defaults: what was said and shown stays for as long as somebody may ask why they were
    sanctioned, pictures shorter, what was done for a year longer than that.

    Attributes:
        most_mb: size of the store in MB beyond which the oldest lines, chat and frames go before
            their time; 0 for no limit.
    """

    lines: Rule = Rule(180)
    chat: Rule = Rule(180)
    frames: Rule = Rule(30)
    verdicts: Rule = Rule(180)
    acts: Rule = Rule(730)
    evidence: Rule = Rule(730, AtEnd.DELETE)
    most_mb: int = 0

    def rule(self, kept: Kept) -> Rule:
        """The rule for one of them."""
        rule: Rule = getattr(self, kept.value)
        return rule

    def cutoffs(self, now: float) -> dict[Kept, float]:
        """What is older than this (unix seconds) has come to its end; only where it ever does."""
        found = {kept: self.rule(kept).days for kept in Kept}
        return {kept: now - days * DAY_S for kept, days in found.items() if days}


ITEMS: Mapping[str, Kept] = {
    CAPTION: Kept.LINES,
    NAME: Kept.LINES,
    MESSAGE: Kept.CHAT,
    ATTACHMENT: Kept.FRAMES,
    AVATAR: Kept.FRAMES,
    FRAME: Kept.FRAMES,
}
"""Under which rule each kind of item falls; one that only a later version knows is a line."""


def kept_as(kind: str) -> Kept:
    """Under which rule an item of this kind falls."""
    return ITEMS.get(kind, Kept.LINES)


def wrong_with(plan: RetentionPlan) -> str:
    """Why a plan cannot be used, in one sentence; "" when it can."""
    if any(not 0 <= plan.rule(kept).days <= MOST_DAYS for kept in Kept):
        return f"A time is a whole number of days, at most {MOST_DAYS:,}; 0 is for good."
    if plan.most_mb and not LEAST_MB <= plan.most_mb <= MOST_MB:
        return f"A limit is {LEAST_MB} to {MOST_MB:,} MB; 0 is none."
    return ""


class Going(Struct, frozen=True):
    """How many of something would go, and since when the oldest of them is (unix seconds)."""

    kept: Kept
    count: int
    oldest: float = 0.0


class StoreSize(Struct, frozen=True):
    """Bytes of the file, and how many of them are free to be used again.

    Attributes:
        shrinks: free pages are given back to the disk as they come; a store of an earlier version
            does so once it was compacted.
    """

    bytes: int = 0
    free: int = 0
    shrinks: bool = True
