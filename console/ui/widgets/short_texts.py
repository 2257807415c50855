"""Short wordings that several rows share. Pure."""

import sys
from datetime import datetime


def clock(at: float, unknown: str = "--:--:--") -> str:
    """Local time of day of unix seconds ``at``; ``unknown`` for 0."""
    return datetime.fromtimestamp(at).strftime("%H:%M:%S") if at > 0 else unknown


def clock_minute(at: float) -> str:
    """Local hour and minute of unix seconds ``at``."""
    return datetime.fromtimestamp(at).strftime("%H:%M") if at > 0 else "--:--"


def moment(at: float) -> str:
    """Local day and time of unix seconds ``at``, with the year: ``2026-11-30 02:20``."""
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M") if at > 0 else "--"


def span(seconds: float) -> str:
    """A stretch of time as people say it: ``4 s``, ``3 min 20 s``, ``2 h 5 min``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def span_of_minutes(seconds: float) -> str:
    """The same in whole minutes after the first: ``40 s``, ``3 min``."""
    return span(seconds if seconds < 60 else seconds // 60 * 60)


def running_clock(seconds: float) -> str:
    """How long something lasts by now, as a running clock: ``0:04``, ``1:20``, ``2:05:00``."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def milliseconds(value: float) -> str:
    """A delay: ``8 ms``, ``1.4 s``, ``2 min 5 s``."""
    if value < 1000:
        return f"{value:.0f} ms"
    return f"{value / 1000:.1f} s" if value < 60_000 else span(value / 1000)


def count(number: int, one: str, many: str = "") -> str:
    """``1 line``, ``12 lines``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_key(key: str, system: str = sys.platform) -> str:
    """A shortcut as the system writes it: ``Shift+M``, and ``⇧M`` on a Mac."""
    if system != "darwin":
        return key
    for long, short in (("Ctrl+", "⌘"), ("Shift+", "⇧"), ("Alt+", "⌥"), ("Meta+", "⌃")):
        key = key.replace(long, short)
    return key
