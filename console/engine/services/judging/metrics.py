"""Stream's verdicts beside the lines and verdicts they answer: how late, how often different."""

from collections import OrderedDict
from collections.abc import Iterable

from console.base.percentiles import DelayMeter
from console.domain.item import Item
from console.domain.verdict import Source, Verdict

REMEMBERED = 20_000
"""Local verdicts that wait for Stream's."""


class VerdictMetrics:
    """The numbers of one sign-in.

    Attributes:
        disagreements: lines that the local policy and Stream judged differently.
    """

    def __init__(self) -> None:
        self.received_to_judged = DelayMeter()
        self.disagreements = 0
        self._local: OrderedDict[str, str] = OrderedDict()

    def expect(self, verdicts: Iterable[Verdict]) -> None:
        """Local verdicts that Stream's will be compared with."""
        for verdict in verdicts:
            self._local[verdict.item_id] = verdict.action
            if len(self._local) > REMEMBERED:
                self._local.popitem(last=False)

    def judged(self, line: Item, verdict: Verdict, now: float) -> None:
        """A deciding verdict at ``now`` (unix seconds)."""
        self.received_to_judged.add((now - line.received_at) * 1000, now)
        local = self._local.pop(verdict.item_id, None)
        if local is not None and verdict.source is Source.STREAM:
            self.disagreements += local != verdict.action
