"""Why a call is as hot as it is: the raised lines that add most to its heat. Pure."""

import math
from collections.abc import Callable

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.heat import HALF_LIFE, weight
from console.domain.verdict import Severity
from console.ui.state.entries import ItemEntry
from console.ui.state.heat import CallHeat
from console.ui.widgets.short_texts import clock_minute, count, span

SHOWN = 6
"""So many lines are named; the others are added up."""

LEAST = 0.05

RULE = (
    "A raised line adds 1 to 10, by its severity and the recommended action. "
    "Half of it is gone after each minute."
)


class HeatPart(Struct, frozen=True):
    """What one raised line adds to the heat now; ``age`` in seconds."""

    line: ItemEntry
    adds: float
    age: float


class HeatExplained(Struct, frozen=True):
    """The heat of a call and what it is made of, the most first.

    Attributes:
        frozen_since: since when it stands still (unix seconds); 0.0 while it fades.
        others: how many further lines there are, which add ``others_add`` together.
    """

    value: float
    frozen_since: float = 0.0
    parts: tuple[HeatPart, ...] = ()
    others: int = 0
    others_add: float = 0.0


def explain_heat(
    heat: CallHeat, line_of: Callable[[str], ItemEntry | None], now: float
) -> HeatExplained:
    """What the heat is made of at ``now`` (unix seconds); ``line_of`` finds a line by its id."""
    until = min(now, heat.frozen_since) if heat.frozen_since else now
    parts = []
    for item_id in reversed(heat.raised_ids):
        line = line_of(item_id)
        if line is None:
            continue
        age = max(0.0, until - line.item.received_at)
        adds = weight(line.verdict) * math.exp2(-age / HALF_LIFE)
        if adds >= LEAST:
            parts.append(HeatPart(line, adds, age))
    parts.sort(key=lambda part: -part.adds)
    rest = parts[SHOWN:]
    return HeatExplained(
        value=heat.value(now),
        frozen_since=heat.frozen_since,
        parts=tuple(parts[:SHOWN]),
        others=len(rest),
        others_add=sum(part.adds for part in rest),
    )


def heat_rows(
    explained: HeatExplained, called: Callable[[ItemEntry], str]
) -> list[tuple[str, str]]:
    """The same as rows of a number and words; ``called`` names the person of a line."""
    rows = []
    for part in explained.parts:
        verdict = part.line.verdict
        what = visible(verdict.action) if verdict is not None else ""
        if verdict is not None and verdict.severity is not Severity.NONE:
            what = f"{what}, {verdict.severity.value}"
        said = visible(part.line.item.text)[:120]
        rows.append(
            (f"+{part.adds:.1f}", f"{what} · {span(part.age)} ago · {called(part.line)}: {said}")
        )
    if explained.others:
        rows.append((f"+{explained.others_add:.1f}", f"{count(explained.others, 'more line')}"))
    return rows


def heat_head(explained: HeatExplained) -> str:
    """The heat in one sentence."""
    if explained.value <= 0:
        return "Cold: no line was raised in the last minutes."
    words = f"Heat {explained.value:.1f}"
    if explained.frozen_since:
        since = clock_minute(explained.frozen_since)
        return f"{words}, standing still since {since}: the call is not heard."
    return f"{words}, half of it in a minute if nothing more is raised."
