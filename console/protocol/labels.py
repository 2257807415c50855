"""What moderators say of verdicts, and which lines are worth saying it of."""

from typing import ClassVar

from console.domain.given_label import LabelCounts, Says, ShownLabel
from console.domain.worth_labelling import Worth
from console.protocol.ask import Answer, Ask
from console.protocol.push import Merge, Push


class LabelsChanged(Push, frozen=True, tag="labels_changed", kw_only=True):
    """Labels that are new or changed. ``whole``: forget all others.

    Attributes:
        changed: at the sign-in the last ones; others are in the store.
        removed: ids of items that have none any more.
        counts: of all that are kept.
        known: labels that a line could have had, told with ``whole``.
    """

    merge = Merge("changed", key=lambda one: one.item_id, removed="removed")

    changed: tuple[ShownLabel, ...] = ()
    removed: tuple[str, ...] = ()
    counts: LabelCounts = LabelCounts()
    known: tuple[str, ...] = ()
    whole: bool = False


class GiveLabel(Ask, frozen=True, tag="give_label", kw_only=True):
    """Say of the verdict that stands whether it is right; answered by LabelKept.

    Attributes:
        label: the one that it should have had, where ``says`` is OTHER.
        revision, action: of the verdict that the moderator saw; another one is not labelled.
    """

    item_id: str
    says: Says
    label: str = ""
    revision: int = 0
    action: str = ""


class TakeBackLabel(Ask, frozen=True, tag="take_back_label", kw_only=True):
    """Take a label back; ``before``: the one that stood in its place."""

    item_id: str
    before: ShownLabel | None = None


class LabelKept(Answer, frozen=True, tag="label_kept", kw_only=True):
    """Answer to GiveLabel and TakeBackLabel. ``before``: what the item had until now."""

    asks: ClassVar = (GiveLabel, TakeBackLabel)

    before: ShownLabel | None = None


class AskWorthLabelling(Ask, frozen=True, tag="ask_worth_labelling"):
    """Wanted: lines without a label that are worth one; answered by WorthLabelling."""

    newest_only = True

    limit: int = 200


class WorthLabelling(Answer, frozen=True, tag="worth_labelling", kw_only=True):
    """Answer to AskWorthLabelling, the most telling first."""

    asks: ClassVar = (AskWorthLabelling,)

    lines: tuple[Worth, ...] = ()


LabelsToEngine = GiveLabel | TakeBackLabel | AskWorthLabelling
LabelsToWindow = LabelsChanged | LabelKept | WorthLabelling
