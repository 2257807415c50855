"""What one verdict adds to how hot a call is. Pure."""

from console.domain.verdict import FLAG, KEEP, REMOVE, Severity, Verdict, action_rank

HALF_LIFE = 60.0
"""Seconds after which a verdict counts half."""

_SEVERITY_WEIGHT = {
    Severity.NONE: 1.0,
    Severity.LOW: 1.0,
    Severity.MEDIUM: 2.0,
    Severity.HIGH: 3.0,
    Severity.CRITICAL: 5.0,
}


def weight(verdict: Verdict | None) -> float:
    """What one verdict adds to the heat: 0 for keep, 1 to 10 by severity and action."""
    if verdict is None or verdict.action == KEEP:
        return 0.0
    base = _SEVERITY_WEIGHT[verdict.severity]
    if action_rank(verdict.action) >= action_rank(REMOVE):
        return base * 2.0
    return base if action_rank(verdict.action) >= action_rank(FLAG) else base / 2.0
