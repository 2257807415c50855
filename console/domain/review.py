"""The review queue of the app: its items, and what a moderator decides about one."""

from msgspec import Struct

from console.domain.picture import may_be_shown
from console.domain.verdict import Severity

CUSTOM = "custom"
REJECT_APPEAL = "reject_appeal"

NEEDS_REASON = frozenset({REJECT_APPEAL})
"""Actions that Stream itself refuses without a reason (STREAM.md 6.7)."""

UNRESOLVING = frozenset({"flag", "escalate", "de_escalate"})
"""Actions after which an item still waits for somebody; which do is not documented (?)."""

OPEN_APPEAL = frozenset({"submitted", "open", "pending"})
"""Statuses of an appeal that nobody decided. Their names are not documented (?)."""


class ReviewDecision(Struct, frozen=True, kw_only=True):
    """What an act on an item of the review queue needs beside the people it concerns.

    Attributes:
        item_id: the item; empty for an appeal against a ban, which has none.
        entity_type, entity_id: what content it is about, in Stream's words.
        appeal_id: the appeal that is decided with it, or empty.
        custom_id: which of the app's own actions, where the action is CUSTOM.
        priority, notes: of an escalation.
        known: ids of what had been done about the item when the moderator decided.
        mine: actions that this moderator had asked for before, so that they are no surprise.
        holder: who was reviewing it, as far as the moderator knew; a user id, or empty.
    """

    item_id: str
    entity_type: str = ""
    entity_id: str = ""
    appeal_id: str = ""
    custom_id: str = ""
    priority: str = ""
    notes: str = ""
    known: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    holder: str = ""


class ReviewFlag(Struct, frozen=True, kw_only=True):
    """One reason why an item is in the queue. All texts are hostile.

    Attributes:
        kind: Stream's type of it, such as ``user_report``. by: who reported; empty for a rule.
        rule: the list or rule that found it, where Stream names one.
    """

    kind: str
    at: float
    by: str = ""
    by_name: str = ""
    labels: tuple[str, ...] = ()
    reason: str = ""
    rule: str = ""


class ReviewAction(Struct, frozen=True, kw_only=True):
    """One thing that was done about an item, by whomever. Names and reasons are hostile."""

    action_id: str
    kind: str
    at: float
    by: str = ""
    by_name: str = ""
    reason: str = ""


class Appeal(Struct, frozen=True, kw_only=True):
    """An appeal against what was done. Reason, names and reply are hostile.

    Attributes:
        status: in Stream's words; see OPEN_APPEAL.
        reply: what the person was told when it was decided.
    """

    appeal_id: str
    status: str
    reason: str
    at: float
    by: str = ""
    by_name: str = ""
    reply: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody decided it yet."""
        return self.status.lower() in OPEN_APPEAL


class ReviewItem(Struct, frozen=True, kw_only=True):
    """One thing that somebody should look at. Texts, names and labels are hostile.

    Attributes:
        item_id: Stream's id; an appeal without an item has that of the appeal.
        cid: the call it belongs to; empty where it names none.
        level: Stream's severity as a number, 0 to 100.
        reports: how many flags it has; ``flags`` holds the newest of them.
        reviewed_at: when somebody decided about it (unix seconds); 0.0 while it is due.
        holder, holder_name: who reviews it now, by a lock of the queue; empty for nobody.
        done: what was done about it, oldest first.
        banned: whether a ban of the author is in force.
        skipped_by, skipped_at: who passed it over on this computer, and when; not by Stream.
    """

    item_id: str
    entity_type: str
    entity_id: str
    created_at: float
    author_id: str = ""
    author_name: str = ""
    cid: str = ""
    texts: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    action: str = ""
    level: int = 0
    severity: Severity = Severity.NONE
    labels: tuple[str, ...] = ()
    flags: tuple[ReviewFlag, ...] = ()
    reports: int = 0
    done: tuple[ReviewAction, ...] = ()
    config_key: str = ""
    languages: tuple[str, ...] = ()
    updated_at: float = 0.0
    reviewed_at: float = 0.0
    reviewed_by: str = ""
    holder: str = ""
    holder_name: str = ""
    escalated: bool = False
    escalated_by: str = ""
    priority: str = ""
    escalation_reason: str = ""
    notes: str = ""
    appeal: Appeal | None = None
    banned: bool = False
    skipped_by: str = ""
    skipped_at: float = 0.0

    @property
    def may_be_shown(self) -> bool:
        """False where anything says that its pictures show the abuse of a child."""
        return may_be_shown((*self.labels, *(each for flag in self.flags for each in flag.labels)))

    @property
    def due(self) -> bool:
        """Whether it still waits for somebody: it was not reviewed, or its appeal is open."""
        return not self.reviewed_at or (self.appeal is not None and self.appeal.open)

    @property
    def reports_after_done(self) -> bool:
        """Whether somebody reported it again, or appealed, since the last thing was done."""
        done = max((action.at for action in self.done), default=0.0)
        return done > 0.0 and (
            any(flag.at > done for flag in self.flags)
            or (self.appeal is not None and self.appeal.at > done)
        )

    @property
    def only_appeal(self) -> bool:
        """Whether it is an appeal against a ban, about which there is no item."""
        return self.appeal is not None and self.appeal.appeal_id == self.item_id


def overtaken(item: ReviewItem, decision: ReviewDecision, me: str) -> str:
    """What happened to ``item`` that the moderator ``me`` did not know; "" where nothing did. Pure.

    One sentence that says who did what, or who holds it.
    """
    news = [action for action in item.done if action.action_id not in decision.known]
    others = [action for action in news if action.by != me or action.kind not in decision.mine]
    if others:
        last = others[-1]
        who = last.by_name or last.by or "A rule of Stream"
        who = "You, from elsewhere," if last.by == me else who
        return f"{who} acted first: {last.kind.replace('_', ' ')}."
    if item.holder not in ("", me, decision.holder):
        return f"{item.holder_name or item.holder} is reviewing it."
    return ""
