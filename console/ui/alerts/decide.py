"""Which alert a raised item gives, decided from what the reader looks at and has set. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from console.domain.raised import RaisedItem
from console.domain.verdict import Severity
from console.ui.alerts.alert_rows import NO_WAY, Rows, Snoozes, Way, ways_for
from console.ui.alerts.pace import Pace

REMEMBERED = 20_000
"""Of so many items it is known that they alerted, so that none does twice."""


class Looking(Struct, frozen=True):
    """What the reader has before them.

    Attributes:
        window: the program's window has the keyboard.
        cids: the calls whose newest lines are in sight.
        item_ids: the raised items that are chosen.
    """

    window: bool = False
    cids: frozenset[str] = frozenset()
    item_ids: frozenset[str] = frozenset()

    def sees(self, raised: RaisedItem) -> bool:
        """Whether the reader is looking at this item."""
        here = raised.item.cid in self.cids or raised.item_id in self.item_ids
        return self.window and here


class Alert(Struct, frozen=True, kw_only=True):
    """One alert: about what, and how.

    Attributes:
        held: how many alerts before it were held back, because there were too many in a minute.
    """

    raised: RaisedItem
    ways: frozenset[Way]
    held: int = 0

    @property
    def critical(self) -> bool:
        """It is never held back."""
        return self.raised.verdict.severity is Severity.CRITICAL


class Decider:
    """Remembers what alerted already, and how many there were."""

    def __init__(self) -> None:
        self.snoozes = Snoozes()
        self.pace = Pace()
        self._told: dict[str, int] = {}
        self._incidents: dict[str, int] = {}

    def note(self, known: Iterable[RaisedItem]) -> None:
        """These were raised before this window was there: they do not alert."""
        for raised in known:
            self._remember(raised)

    def alerts(
        self, raised: Iterable[RaisedItem], rows: Rows, looking: Looking, now: float, most: int
    ) -> list[Alert]:
        """What the new or changed items among ``raised`` give.

        An item alerts when it is raised, and again only when it becomes graver. One incident gives
        one alert, and another only for what is graver or critical.

        Args:
            now: unix seconds.
            most: so many a minute.
        """
        fresh: dict[str, RaisedItem] = {}
        for each in raised:
            if not self._is_news(each):
                continue
            told = self._incidents.get(each.handling.incident, -1)
            self._remember(each)
            rank = each.verdict.severity.rank
            if rank <= told and rank < Severity.CRITICAL.rank:
                continue
            before = fresh.get(each.handling.incident)
            if before is None or each.gravity > before.gravity:
                fresh[each.handling.incident] = each
        given: list[Alert] = []
        for each in sorted(fresh.values(), key=lambda one: one.gravity, reverse=True):
            ways = NO_WAY if looking.sees(each) else ways_for(each, rows, self.snoozes, now)
            critical = each.verdict.severity is Severity.CRITICAL
            if critical and not looking.window:
                ways |= {Way.ATTENTION}  # silent, and so nothing that a snooze asks to spare
            if ways and self.pace.lets_pass(now, most, critical=critical):
                given.append(Alert(raised=each, ways=ways, held=self.pace.take_held()))
        return given

    def clear(self) -> None:
        """Another account signed in."""
        self._told.clear()
        self._incidents.clear()

    def _is_news(self, raised: RaisedItem) -> bool:
        told = self._told.get(raised.item_id, -1)
        return raised.is_open and raised.verdict.severity.rank > told

    def _remember(self, raised: RaisedItem) -> None:
        rank, handling = raised.verdict.severity.rank, raised.handling
        for ranks, key in ((self._told, raised.item_id), (self._incidents, handling.incident)):
            ranks[key] = max(rank, ranks.pop(key, -1))
            if len(ranks) > REMEMBERED:
                del ranks[next(iter(ranks))]
