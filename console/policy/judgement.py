"""What the evaluator says of one text."""

from msgspec import Struct

from console.domain.verdict import KEEP, Match, Severity, action_rank


class Judgement(Struct, frozen=True, kw_only=True):
    """The recommended action and everything that led to it.

    Attributes:
        action: in Stream's words: keep, flag, remove, shadow, bounce, mask, ...
        severity: the highest of all matches.
        labels: each once, the gravest first.
        rule: the deciding rule, empty when nothing matched.
        why: one sentence, without the text that was judged; empty when nothing matched.
        matches: in the order of the text; spans are code points of the original text.
        unlisted: how many further matches were left off.
    """

    action: str = KEEP
    severity: Severity = Severity.NONE
    labels: tuple[str, ...] = ()
    rule: str = ""
    why: str = ""
    matches: tuple[Match, ...] = ()
    unlisted: int = 0


NOTHING = Judgement()


def weight(match: Match) -> tuple[int, int]:
    """How much a match counts: by action first, then by severity."""
    return action_rank(match.action), match.severity.rank
