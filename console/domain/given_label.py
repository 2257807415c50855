"""What a moderator says of a verdict: it is right, it is wrong, or another label would be right.

Such labels stay in the store of this machine and teach nothing by themselves. They are counted,
exported, and used to fit thresholds.
"""

from enum import StrEnum

from msgspec import Struct

from console.domain.item import Item
from console.domain.verdict import Source, Verdict

MAX_LABEL = 80
"""Signs of a label that a moderator writes."""


class Says(StrEnum):
    """What is said of the verdict that stands. OTHER: it should have had another label."""

    RIGHT = "right"
    WRONG = "wrong"
    OTHER = "other"


class GivenLabel(Struct, frozen=True, kw_only=True):
    """One label of a moderator, with all that it is about, so that it outlasts the item.

    Attributes:
        kind: of the item. revision: of the item, as it was labelled.
        text: what was said, written or read in a picture. Hostile text.
        author_id: who said it; kept so that whatever is kept of a person can be found.
        says, label: what the moderator says; ``label`` is the one it should have had (OTHER).
        by, at: who gave it, and when (unix seconds).
        policy: the short hash of the local policy in force at that time; empty where none was.
        verdict: the one that stood. local: the one of the policy here, if there is one.
    """

    item_id: str
    cid: str
    kind: str
    author_id: str
    text: str
    says: Says
    by: str
    at: float
    verdict: Verdict
    label: str = ""
    language: str = ""
    revision: int = 0
    policy: str = ""
    local: Verdict | None = None

    @property
    def confidence(self) -> float | None:
        """How sure the policy here was; None where nothing measured that."""
        return self.local.confidence if self.local is not None else None


class ShownLabel(Struct, frozen=True):
    """As much of a label as stands beside a line."""

    item_id: str
    says: Says
    label: str
    by: str
    at: float


class LabelCounts(Struct, frozen=True):
    """How many labels are kept, by what they say."""

    right: int = 0
    wrong: int = 0
    other: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.other


def shown_label(given: GivenLabel) -> ShownLabel:
    """What stands beside the line."""
    return ShownLabel(given.item_id, given.says, given.label, given.by, given.at)


def given_label(
    item: Item,
    verdicts: tuple[Verdict, ...],
    standing: Verdict,
    *,
    says: Says,
    label: str,
    by: str,
    at: float,
    policy: str,
) -> GivenLabel:
    """What ``by`` says of the verdict ``standing`` on ``item``, whose ``verdicts`` are these."""
    return GivenLabel(
        item_id=item.item_id,
        cid=item.cid,
        kind=item.kind,
        author_id=item.author_id,
        text=item.text,
        language=item.language,
        revision=item.revision,
        says=says,
        label=label if says is Says.OTHER else "",
        by=by,
        at=at,
        policy=policy,
        verdict=standing,
        local=next((one for one in verdicts if one.source is Source.LOCAL), None),
    )
