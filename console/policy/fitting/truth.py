"""What a moderator's label says of the text itself: which harm it does, and which it does not."""

from collections.abc import Iterable

from msgspec import Struct

from console.domain.given_label import GivenLabel, Says
from console.policy.label import label_key


class Truth(Struct, frozen=True):
    """``yes``: keys of labels that are right. ``no``: of some that are wrong; None: of all others.

    ``harmful``: whether anything should be done about the text at all; None where nobody said.
    """

    harmful: bool | None
    yes: frozenset[str]
    no: frozenset[str] | None

    def of(self, label: str) -> bool | None:
        """Whether ``label`` is right for the text; None where nobody said."""
        key = label_key(label)
        if key in self.yes:
            return True
        return False if self.no is None or key in self.no else None


def truth_of(given: GivenLabel) -> Truth:
    """What ``given`` says.

    Right of a verdict that raises: its first label is, of others nothing is said. Right of one
    that keeps, or wrong of one that raises: the text does no harm. Wrong of one that keeps: it
    does some harm, of which nothing is said. Another label: that one is right, those of the
    verdict are not.
    """
    stands = given.verdict
    labels = _keys(stands.labels)
    match given.says:
        case Says.RIGHT if stands.raised:
            return Truth(True, frozenset(labels[:1]), frozenset())
        case Says.RIGHT:
            return Truth(False, frozenset(), None)
        case Says.WRONG if stands.raised:
            return Truth(False, frozenset(), None)
        case Says.WRONG:
            return Truth(True, frozenset(), frozenset())
        case _:
            wanted = label_key(given.label)
            return Truth(True, frozenset({wanted}), frozenset(labels) - {wanted})


def _keys(labels: Iterable[str]) -> list[str]:
    return [label_key(each) for each in labels if each]
