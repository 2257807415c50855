"""Stream's verdicts on their way from a console with the secret to those without. No I/O."""

from collections import OrderedDict
from collections.abc import Sequence

import msgspec

from console.domain.item import Item
from console.domain.stages import Stage
from console.domain.team import SharedVerdict
from console.domain.verdict import Severity, Source, Verdict
from console.engine.team.envelope import MAX_WORDS, ROOM

MOST_WAITING = 5_000
MOST_EARLY = 5_000


def shared(verdict: Verdict) -> SharedVerdict:
    """``verdict`` as it travels: without words of the item and without rules."""
    return SharedVerdict(
        item_id=verdict.item_id,
        action=verdict.action,
        revision=verdict.revision,
        labels=verdict.labels[:20],
        severity=verdict.severity.value,
        confidence=verdict.confidence,
    )


def taken_over(told: SharedVerdict, by: str, at: float) -> Verdict:
    """The verdict that ``by`` shared, received at ``at``."""
    known = told.severity in tuple(Severity)
    sure = told.confidence
    return Verdict(
        item_id=told.item_id,
        source=Source.SHARED,
        action=told.action,
        labels=told.labels,
        severity=Severity(told.severity) if known else Severity.NONE,
        confidence=sure if sure is not None and 0.0 <= sure <= 1.0 else None,
        why=f"Stream's verdict, shared by the console of {by}.",
        judged_at=at,
        revision=max(0, told.revision),
        looked=(Stage.STREAM,),
    )


class VerdictsToShare:
    """Those that wait to be shared; raised ones go first, and are the last to be dropped."""

    def __init__(self) -> None:
        self._raised: OrderedDict[str, SharedVerdict] = OrderedDict()
        self._others: OrderedDict[str, SharedVerdict] = OrderedDict()
        self.lost = 0

    def __len__(self) -> int:
        return len(self._raised) + len(self._others)

    def offer(self, verdict: Verdict) -> None:
        """Share it soon; a later verdict on the same item takes its place."""
        self._raised.pop(verdict.item_id, None)
        self._others.pop(verdict.item_id, None)
        (self._raised if verdict.raised else self._others)[verdict.item_id] = shared(verdict)
        if len(self) > MOST_WAITING:
            (self._others or self._raised).popitem(last=False)
            self.lost += 1

    def take(self) -> list[SharedVerdict]:
        """As many as one event takes."""
        chosen: list[SharedVerdict] = []
        room = ROOM - 400  # for what else a beat says
        for waiting in (self._raised, self._others):
            while waiting and len(chosen) < MAX_WORDS:
                item_id, verdict = next(iter(waiting.items()))
                room -= len(msgspec.json.encode(verdict)) + 1
                if room < 0:
                    return chosen
                chosen.append(verdict)
                del waiting[item_id]
        return chosen


class EarlyVerdicts:
    """Shared verdicts on items that this console has not heard yet."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Verdict] = OrderedDict()

    def keep(self, verdict: Verdict) -> None:
        """Wait for its item; the oldest are forgotten."""
        self._waiting[verdict.item_id] = verdict
        if len(self._waiting) > MOST_EARLY:
            self._waiting.popitem(last=False)

    def take(self, items: Sequence[Item]) -> list[tuple[Item, Verdict]]:
        """Those on ``items``, which were heard now."""
        return [
            (item, verdict) for item in items if (verdict := self._waiting.pop(item.item_id, None))
        ]
