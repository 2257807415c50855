"""What a rule proposed about one item, and what became of it."""

from enum import StrEnum

from msgspec import Struct

from console.domain.automation.rule import Mode, Response
from console.domain.item import Item
from console.domain.verdict import Severity, Source


class ProposalState(StrEnum):
    """How far a proposal got.

    SHADOW: only noted. ASKED: waits for a person. COUNTING: acts at ``due_at``. SENT: handed to
    the outbox. DONE, FAILED: what came of it. ALREADY: it was in the review queue already, so
    nothing was done. STOPPED: a person stopped the countdown. DECLINED: a person did not want it.
    LAPSED: nobody answered in time. OVERTURNED: it was done, and a person took it back.
    """

    SHADOW = "shadow"
    ASKED = "asked"
    COUNTING = "counting"
    SENT = "sent"
    DONE = "done"
    ALREADY = "already"
    FAILED = "failed"
    STOPPED = "stopped"
    DECLINED = "declined"
    LAPSED = "lapsed"
    OVERTURNED = "overturned"


WAITING = frozenset({ProposalState.ASKED, ProposalState.COUNTING})
"""A person can still decide."""

RESPONDED = frozenset(
    {
        ProposalState.SHADOW,
        ProposalState.ASKED,
        ProposalState.COUNTING,
        ProposalState.SENT,
        ProposalState.DONE,
        ProposalState.ALREADY,
    }
)
"""What counts as a response to the person: it is not stopped, declined, failed or taken back."""


class Proposal(Struct, frozen=True, kw_only=True):
    """One proposal.

    Attributes:
        proposal_id: the same rule proposes nothing twice about one item.
        mode: how it was made: SHADOW, ASK or ACT.
        item: what the person said; the evidence. ``name`` and ``call_name`` are hostile.
        label, severity, confidence, source, action: of the verdict that the rule fitted.
        number: which response of the rule to the person it is, from 1.
        due_at: unix seconds at which it acts by itself; 0.0 where it does not.
        act_ids: the acts that it became.
        by: the user id of whoever accepted, stopped or declined it; empty for nobody.
        note: why it asks, was skipped, or failed; one sentence.
        agreed: for SHADOW: a moderator then did the same, or more.
    """

    proposal_id: str
    rule_id: str
    rule: str
    mode: Mode
    state: ProposalState
    at: float
    item: Item
    responses: tuple[Response, ...]
    call_name: str = ""
    action: str = ""
    label: str = ""
    severity: Severity = Severity.NONE
    confidence: float | None = None
    source: Source = Source.LOCAL
    number: int = 1
    minutes: int = 60
    text: str = ""
    due_at: float = 0.0
    act_ids: tuple[str, ...] = ()
    by: str = ""
    note: str = ""
    agreed: bool = False

    @property
    def waiting(self) -> bool:
        """A person can still decide."""
        return self.state in WAITING

    @property
    def counts_down(self) -> bool:
        """There is time to stop it before it acts."""
        return self.due_at > self.at
