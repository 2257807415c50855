"""What one tile of the wall shows. Pure; times are unix seconds."""

from enum import StrEnum

from msgspec import Struct

from console.base.plain_text import visible
from console.domain.call import Call
from console.domain.verdict import Severity
from console.ui.calls.calls_delegate import heat_level
from console.ui.state.entries import ItemEntry
from console.ui.state.heat import CallHeat
from console.ui.state.not_heard import as_of, not_heard_words
from console.ui.state.watched_words import watched_spoken
from console.ui.widgets.short_texts import clock_minute, count, running_clock

Bars = tuple[tuple[int, ...], tuple[int, ...]]

NO_BARS: Bars = ((), ())


class TileKind(StrEnum):
    """How much a tile has room for."""

    LARGE = "large"
    MIDDLE = "middle"
    SMALL = "small"


class CallState(StrEnum):
    """What a call is doing, as its tile tells it."""

    LIVE = "live"
    BACKSTAGE = "backstage"
    NOT_HEARD = "not heard"
    ENDED = "ended"


class Tile(Struct, frozen=True, kw_only=True):
    """Two tiles that are equal look the same.

    Attributes:
        heat: the number shown, "" when cold; ``level`` 0 cold to 3 burning.
        frozen: the heat stands still, because the call is not heard.
        open: raised items about which nobody has decided; asking: people who ask for a permission.
        note: what stands in the way, such as ``not monitored since 12:04, 1:20``; ``lasts`` is the
            part of it that fits a small tile; ``warns`` where it is no end of the call.
        who, said, at: the line that was raised last.
        fits: whether the call passes the filter; one that has stopped to is shown faintly.
        watchers: how those of the team are called who look at it; None where that is not known.
        bars: lines said, and of these raised, in the last stretches of time, the newest at the end.
    """

    cid: str
    name: str = ""
    state: CallState = CallState.LIVE
    people: str = ""
    people_short: str = ""
    heat: str = ""
    level: int = 0
    frozen: bool = False
    open: int = 0
    asking: int = 0
    pinned: bool = False
    note: str = ""
    warns: bool = False
    lasts: str = ""
    who: str = ""
    said: str = ""
    at: float = 0.0
    severe: bool = False
    fits: bool = True
    watchers: tuple[str, ...] | None = None
    bars: Bars = NO_BARS


def heat_words(value: float) -> str:
    """The heat as a number, "" when cold."""
    if not value:
        return ""
    return f"{value:.0f}" if value >= 1 else "<1"


def state_of(call: Call) -> CallState:
    """What a call is doing."""
    if call.ended_at:
        return CallState.ENDED
    if call.unmonitored_since:
        return CallState.NOT_HEARD
    return CallState.BACKSTAGE if call.backstage else CallState.LIVE


def tile_of(
    call: Call,
    heat: CallHeat,
    line: ItemEntry | None,
    now: float,
    *,
    who: str = "",
    bars: Bars = NO_BARS,
    language: str = "",
    raised: int = 0,
    asking: int = 0,
    pinned: bool = False,
    fits: bool = True,
    watchers: tuple[str, ...] | None = None,
) -> Tile:
    """The tile of ``call``; ``line`` is its last raised one, said by ``who``.

    ``raised``: how many raised items are open. ``language``: the name of the one that is spoken
    there and that nothing judges.
    """
    value = heat.value(now)
    state, since = state_of(call), call.unmonitored_since
    people = f"{call.people:,}"
    note, lasts = not_heard_words(since, now), running_clock(now - since) if since else ""
    if state is CallState.ENDED:
        note, people = f"ended {clock_minute(call.ended_at)}", ""
    elif language and not note:
        note = f"not judged: {language}"
    item = line.item if line is not None else None
    verdict = line.verdict if line is not None else None
    return Tile(
        cid=call.cid,
        name=visible(call.name),
        state=state,
        people=as_of(people, since) if people else "",
        people_short=people,
        heat=heat_words(value),
        level=heat_level(value),
        frozen=bool(heat.frozen_since) or state is CallState.NOT_HEARD,
        open=raised,
        asking=asking,
        pinned=pinned,
        note=note,
        warns=state is CallState.NOT_HEARD or bool(language),
        lasts=lasts,
        who=who if item is not None else "",
        said=visible(item.text) if item is not None else "",
        at=item.received_at if item is not None else 0.0,
        severe=verdict is not None and verdict.severity in (Severity.HIGH, Severity.CRITICAL),
        fits=fits,
        watchers=watchers if state is not CallState.ENDED else None,
        bars=bars,
    )


def tile_spoken(tile: Tile) -> str:
    """The whole tile in words, for screen readers and tooltips."""
    parts = [tile.name, tile.note or tile.state.value]
    if tile.people:
        parts.append(f"{tile.people} people" if not tile.frozen else f"people: {tile.people}")
    if tile.open:
        parts.append(f"{count(tile.open, 'open item')}")
    if tile.asking:
        parts.append(f"{tile.asking} asking for a permission")
    if tile.heat:
        parts.append(f"heat {tile.heat}{', standing still' if tile.frozen else ''}")
    if tile.pinned:
        parts.append("pinned")
    if watched := watched_spoken(tile.watchers):
        parts.append(watched)
    if tile.said:
        parts.append(f"last raised at {clock_minute(tile.at)}, {tile.who}: {tile.said}")
    if not tile.fits:
        parts.append("no longer fits the filter")
    return ", ".join(parts)
