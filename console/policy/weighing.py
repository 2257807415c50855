"""Which of all matches decides about a text."""

from collections.abc import Mapping

from console.domain.results import NOTHING, Judgement, weight
from console.domain.verdict import Match

MAX_MATCHES = 64
"""Matches listed in one judgement; the rest is counted."""


def judgement_of(reasons: Mapping[Match, str]) -> Judgement:
    """Matches weighed; ``reasons`` holds the sentence of each."""
    if not reasons:
        return NOTHING
    matches = sorted(reasons, key=lambda match: (match.start, match.end, match.rule))
    # Of equals, the one that can point at its words decides.
    gravest = sorted(matches, key=lambda each: (weight(each), each.end > each.start))[::-1]
    deciding = gravest[0]
    return Judgement(
        action=deciding.action,
        severity=max((each.severity for each in matches), key=lambda severity: severity.rank),
        labels=tuple(dict.fromkeys(match.label for match in gravest)),
        rule=deciding.rule,
        why=reasons[deciding],
        confidence=deciding.confidence,
        matches=tuple(matches[:MAX_MATCHES]),
        unlisted=max(0, len(matches) - MAX_MATCHES),
    )
