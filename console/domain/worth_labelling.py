"""Which lines are worth a label of a moderator: those about which somebody was wrong, or unsure."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from console.domain.verdict import JudgedItem, Source, Verdict

NEAR = 0.1
"""A confidence is near a threshold when it is at most this far away."""
UNTOLD = 0.5
"""The threshold where a policy has none: there a label is as likely wrong as right."""

LeastOf = Callable[[str], float]
"""From which confidence on a label counts, by the label."""


class Reason(StrEnum):
    """Why a line is worth a label, the most telling first."""

    OVERTURNED = "overturned"
    DISAGREEMENT = "disagreement"
    NEAR_THRESHOLD = "near_threshold"


class Worth(Struct, frozen=True):
    """One line; ``why``: a sentence for people."""

    judged: JudgedItem
    reason: Reason
    why: str


def worth_labelling(
    candidates: Iterable[JudgedItem],
    overturned: Mapping[str, str],
    least_of: LeastOf,
    labelled: frozenset[str],
) -> list[Worth]:
    """Those of ``candidates`` that are worth a label, each once, the most telling first.

    Of what one person said again in the same words, for the same reason, only the first stands.

    Args:
        overturned: what was taken back because of an item, in a sentence, by the item's id.
        least_of: gives the thresholds of the policy in force.
        labelled: ids of items that have a label already.
    """
    found: dict[str, Worth] = {}
    said: set[tuple[str, str, Reason]] = set()
    for judged in candidates:
        key = judged.item.item_id
        if key in labelled or key in found or judged.standing is None or not judged.item.text:
            continue
        worth = _worth(judged, overturned.get(key, ""), least_of)
        if worth is None:
            continue
        words = " ".join(judged.item.text.split()).casefold()
        again = (judged.item.author_id, words, worth.reason)
        if again not in said:
            said.add(again)
            found[key] = worth
    return sorted(found.values(), key=lambda each: list(Reason).index(each.reason))


def _worth(judged: JudgedItem, overturned: str, least_of: LeastOf) -> Worth | None:
    if overturned:
        return Worth(judged, Reason.OVERTURNED, overturned)
    local, stream = judged.by(Source.LOCAL), judged.by(Source.STREAM)
    if local is not None and stream is not None and local.action != stream.action:
        why = f"The policy here says {local.action}, Stream says {stream.action}."
        return Worth(judged, Reason.DISAGREEMENT, why)
    near = _near_threshold(local, least_of) if local is not None else ""
    return Worth(judged, Reason.NEAR_THRESHOLD, near) if near else None


def _near_threshold(local: Verdict, least_of: LeastOf) -> str:
    for match in local.matches:
        if match.confidence is None:
            continue
        least = least_of(match.label) or UNTOLD
        if abs(match.confidence - least) <= NEAR:
            return (
                f"The classifier is {match.confidence:.0%} sure of {match.label};"
                f" the threshold is {least:.0%}."
            )
    return ""
