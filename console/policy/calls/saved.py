"""What a call rule would have done in calls that were kept, line by line. Pure.

The labels are those of the verdicts of then. Of frames nothing is kept, so a condition about them
never holds here.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from console.domain.item import CAPTION as CAPTION_ITEM
from console.domain.item import Item
from console.domain.verdict import JudgedItem, Severity, Verdict
from console.policy.calls.rules import (
    CAPTION,
    NEW,
    CallRule,
    Observed,
    RuleState,
    Triggered,
    labelled,
    observe,
)


class Effect(Struct, frozen=True):
    """The line that completed a violation, and what it triggered."""

    item: Item
    triggered: Triggered


def replay(rule: CallRule, judged: Iterable[JudgedItem]) -> Iterator[Effect]:
    """What ``rule`` would have done; items in the order in which they were said."""
    states: dict[tuple[str, str, str], RuleState] = {}
    for each in judged:
        item, verdict = each.item, each.standing
        if item.kind != CAPTION_ITEM or item.translated:
            continue
        seen = Observed(
            kind=CAPTION,
            labels=_labels(verdict) if verdict is not None else {},
            at=item.start_time,
            call_type=item.cid.partition(":")[0],
        )
        key = item.cid, item.session_id, item.author_id
        states[key], triggered = observe(rule, states.get(key, NEW), seen)
        if triggered is not None:
            yield Effect(item, triggered)


def _labels(verdict: Verdict) -> dict[str, Severity]:
    if not verdict.raised:
        return {}
    found = dict.fromkeys(verdict.labels, verdict.severity)
    for match in verdict.matches:
        if match.label:
            found[match.label] = match.severity
    return labelled(found)
