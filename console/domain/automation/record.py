"""How a rule has done so far, and what its shadow suggests. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from console.domain.automation.proposal import ProposalState
from console.domain.verdict import Severity

ENOUGH = 10
"""So many cases are needed before a threshold is suggested."""

AGREED_SHARE = 0.9
"""Moderators did the same in at least this share of the cases above the threshold."""


class RuleRecord(Struct, frozen=True, kw_only=True):
    """What became of the proposals of one rule.

    Attributes:
        already: nothing was done, it was in the review queue before.
        stopped: countdowns that a person stopped. declined: suggestions that a person refused.
        shadowed, agreed: the last proposals in shadow, and those of them after which a moderator
            did the same.
        suggestion: a sentence that suggests a threshold; empty while there is none.
    """

    rule_id: str
    proposed: int = 0
    waiting: int = 0
    done: int = 0
    already: int = 0
    failed: int = 0
    stopped: int = 0
    declined: int = 0
    lapsed: int = 0
    overturned: int = 0
    shadowed: int = 0
    agreed: int = 0
    suggestion: str = ""


class Sample(Struct, frozen=True):
    """One case of a rule in shadow."""

    confidence: float | None
    severity: Severity
    agreed: bool


class Suggestion(Struct, frozen=True, kw_only=True):
    """A threshold from which on moderators did the same in ``agreed`` of ``cases``."""

    confidence: float = 0.0
    severity: Severity = Severity.NONE
    agreed: int = 0
    cases: int = 0

    def words(self) -> str:
        """The suggestion as a sentence."""
        least = (
            f"a confidence of {self.confidence:.0%}"
            if self.confidence
            else f"severity {self.severity.value}"
        )
        return (
            f"From {least} on moderators did the same in {self.agreed} of {self.cases} cases;"
            " a rule with that threshold could act."
        )


def suggest(samples: Sequence[Sample]) -> Suggestion | None:
    """The lowest threshold above which moderators nearly always did the same.

    By confidence where verdicts have one, else by severity; None where no threshold has enough
    cases.
    """
    sure = [each for each in samples if each.confidence is not None]
    for least in sorted({each.confidence or 0.0 for each in sure}):
        above = [each.agreed for each in sure if (each.confidence or 0.0) >= least]
        if _convincing(above):
            return Suggestion(confidence=least, agreed=sum(above), cases=len(above))
    for severity in Severity:
        above = [each.agreed for each in samples if each.severity.rank >= severity.rank]
        if severity is not Severity.NONE and _convincing(above):
            return Suggestion(severity=severity, agreed=sum(above), cases=len(above))
    return None


def _convincing(agreed: Sequence[bool]) -> bool:
    return len(agreed) >= ENOUGH and sum(agreed) >= AGREED_SHARE * len(agreed)


_FIELDS = {
    ProposalState.ASKED: "waiting",
    ProposalState.COUNTING: "waiting",
    ProposalState.SENT: "waiting",
    ProposalState.DONE: "done",
    ProposalState.ALREADY: "already",
    ProposalState.FAILED: "failed",
    ProposalState.STOPPED: "stopped",
    ProposalState.DECLINED: "declined",
    ProposalState.LAPSED: "lapsed",
    ProposalState.OVERTURNED: "overturned",
}


def record_of(
    rule_id: str, counts: Mapping[ProposalState, int], samples: Sequence[Sample]
) -> RuleRecord:
    """The record of a rule: how many of its proposals are in which state, and its shadow."""
    fields = dict.fromkeys(_FIELDS.values(), 0)
    for state, count in counts.items():
        if state in _FIELDS:
            fields[_FIELDS[state]] += count
    found = suggest(samples)
    return RuleRecord(
        rule_id=rule_id,
        proposed=sum(fields.values()),
        shadowed=len(samples),
        agreed=sum(each.agreed for each in samples),
        suggestion=found.words() if found else "",
        **fields,
    )
