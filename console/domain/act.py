"""Acts and receipts: what was wanted, and how far it got."""

from enum import StrEnum

from msgspec import Struct

from console.domain.item import Item
from console.domain.review import ReviewDecision

AUTOMATION = "automation"
"""Stands where a moderator's user id would, for what a rule did by itself."""

WHOLE_CALL = ""
"""Stands where a user id would, for acts on a whole call."""

HOLDING = "hold-"
"""How the ids of acts begin that only hold what an earlier one set, on whoever comes back."""

BY_CLOCK = "clock"
"""Stands for the moderator where the engine lifts a sanction whose time is over."""


class Act(Struct, frozen=True, kw_only=True):
    """One thing a moderator wants done, bound to people and a session, never to a row of a list.

    Attributes:
        act_id: idempotency id; the outbox keeps one row per id.
        kind: a row of ``acts.table``, or one that only a newer version knows.
        session_id: the session the target was seen in; empty for acts that outlive a session.
        user_ids: whom it concerns; empty for acts on the whole call.
        names: how those people were called at the time, for the log. Hostile text.
        permissions: for requests, what was asked for.
        each: what only the engine knows of each of ``user_ids``: for acts done to each person of a
            call their permissions, for acts on members the role they had as one.
        role: of a member; empty leaves it as it is.
        audio_device: of a call, without which Stream takes no settings of its audio.
        minutes: how long a sanction lasts; None is for good. Stream keeps the time of bans, in
            minutes; that of all others the engine keeps.
        channel: the chat channel in which it is done; the engine fills it in.
        undo_of: the act this one takes back, or empty.
        together: shared by the acts of one press, which are taken back by one undo; empty where
            there is only one.
        by: user id of the moderator, AUTOMATION or BY_CLOCK.
        rule: the rule of automation that did it or proposed it, by name; empty for none.
        item: what the person said or wrote that this answers; None where nothing is named.
        review: of an act on an item of the review queue, what it needs beside; else None.
    """

    act_id: str
    kind: str
    cid: str
    requested_at: float
    session_id: str = ""
    call_name: str = ""
    user_ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    each: tuple[tuple[str, ...], ...] = ()
    role: str = ""
    audio_device: str = "speaker"
    minutes: int | None = None
    reason: str = ""
    ip_ban: bool = False
    channel: str = ""
    undo_of: str = ""
    together: str = ""
    by: str = ""
    rule: str = ""
    item: Item | None = None
    review: ReviewDecision | None = None

    @property
    def of_each(self) -> dict[str, tuple[str, ...]]:
        """What the engine knows of each person, by user id."""
        return dict(zip(self.user_ids, self.each, strict=False))

    @property
    def holding(self) -> bool:
        """Whether it only holds what an earlier act set: it lasts as long as that one."""
        return self.act_id.startswith(HOLDING)

    @property
    def targets(self) -> tuple[str, ...]:
        """Whom it is about: its people without repetitions, or WHOLE_CALL alone."""
        return tuple(dict.fromkeys(self.user_ids)) or (WHOLE_CALL,)


class ReceiptState(StrEnum):
    """How far an act got. SEEN and FAILED are ends; UNCONFIRMED may still become SEEN.

    UNCONFIRMED with an answer: Stream accepted it, but nothing shows it. Without one it was sent,
    and its outcome is not known; it is then never repeated unless a person says so.
    """

    QUEUED = "queued"
    SENT = "sent"
    ACCEPTED = "accepted"
    SEEN = "seen"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


class Receipt(Struct, frozen=True, kw_only=True):
    """The proof of an act. Times are unix seconds, 0.0 while a step was not reached.

    Attributes:
        queued_at: the outbox row is on disk.
        sent_at: the last attempt left this machine.
        accepted_at: Stream answered with success.
        seen_at: the call showed it.
        evidence: what showed it: an event type, or ``re-read``.
        reason: why it failed, why it is being retried, or what it met; one sentence.
        details: what Stream itself said when it refused; hostile text, in Stream's terms.
        done_for: for how many of its people it is shown so far; 0 for acts on one.
        task_id: Stream's task that does it; empty for acts that are done with the answer.
        task: how far that is, in Stream's words: ``pending``, ``running``, ``completed``, ...
        undoable: an undo exists, and this act changed something that can be put back.
        undone_by: the act that took it back, or empty.
        ran_out: it was taken back because its time was over: nobody found it wrong.
        left: nobody wants to know any more what became of it.
        conflict: somebody else had acted first, so it was not sent, or acted at the same time.
    """

    act_id: str
    state: ReceiptState
    queued_at: float = 0.0
    sent_at: float = 0.0
    accepted_at: float = 0.0
    seen_at: float = 0.0
    attempts: int = 0
    evidence: str = ""
    reason: str = ""
    details: str = ""
    done_for: int = 0
    task_id: str = ""
    task: str = ""
    undoable: bool = False
    undone_by: str = ""
    ran_out: bool = False
    left: bool = False
    conflict: bool = False

    @property
    def was_done(self) -> bool:
        """Stream did it, and nothing more is to come of it."""
        accepted = self.state is ReceiptState.UNCONFIRMED and bool(self.accepted_at)
        return accepted or self.state is ReceiptState.SEEN

    @property
    def outcome_unknown(self) -> bool:
        """It was sent, Stream did not answer, and nothing shows whether it was done."""
        return self.state is ReceiptState.UNCONFIRMED and not self.accepted_at

    @property
    def overturned(self) -> bool:
        """Somebody took it back, and not its clock alone."""
        return bool(self.undone_by) and not self.ran_out

    @property
    def settled(self) -> bool:
        """Nothing more will happen by itself."""
        return self.state in (ReceiptState.SEEN, ReceiptState.FAILED)
