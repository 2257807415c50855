"""How much would go under a plan, counted in pieces."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.retention import Going, Kept
from console.store.retention import due, in_force

_OTHERS = {
    Kept.ACTS: (
        "SELECT count(*), min(requested_at) FROM acts WHERE requested_at < ?"
        f" AND NOT {in_force.act('acts')}"
    ),
    Kept.EVIDENCE: (
        "SELECT count(*), min(at) FROM evidence WHERE at < ? AND held_by = ''"
        f" AND NOT {in_force.EVIDENCE}"
    ),
}


@dataclass
class Tally:
    """What was counted so far; ``cursor``: the place of the last item that was looked at."""

    cursor: int = 0
    counts: Counter[Kept] = field(default_factory=Counter)
    oldest: dict[Kept, float] = field(default_factory=dict)

    def going(self) -> list[Going]:
        """The numbers, in the order of the plan; what nothing would go of is left out."""
        return [
            Going(kept, self.counts[kept], self.oldest.get(kept, 0.0))
            for kept in Kept
            if self.counts[kept]
        ]

    def add(self, kept: Kept, many: int, at: float) -> None:
        """Count ``many``, the oldest of them at ``at``."""
        self.counts[kept] += many
        self.oldest[kept] = min(at, self.oldest.get(kept, at))


def count_items(
    connection: sqlite3.Connection, cutoffs: Mapping[Kept, float], tally: Tally
) -> bool:
    """Count some items on; whether there are more."""
    look = due.items(connection, cutoffs, tally.cursor)
    tally.cursor = look.cursor
    for each in look.found:
        tally.add(each.kept, 1, each.at)
    return not look.ended


def count_others(
    connection: sqlite3.Connection, cutoffs: Mapping[Kept, float], tally: Tally
) -> None:
    """Count acts and evidence."""
    for kept, query in _OTHERS.items():
        many, oldest = connection.execute(query, (cutoffs.get(kept, 0.0),)).fetchone()
        if many:
            tally.add(kept, int(many), float(oldest))
