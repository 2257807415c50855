"""Days and times in a query, as people write them. Pure.

A day is meant from its beginning: ``after:2026-11-30`` holds all of that day, ``before:2026-11-30``
nothing of it.
"""

import re
from datetime import datetime, timedelta, tzinfo

FORMS = "a day (2026-11-30, today, yesterday), a time (2026-11-30T14:05, 14:05) or 2h, 30m, 3d, 1w"
"""What is understood, for people."""

_AGO = re.compile(r"(\d{1,5})([mhdw])")
_SECONDS = {"m": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}
_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:t(\d{1,2}):(\d{2})(?::(\d{2}))?)?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def moment(text: str, now: float, zone: tzinfo | None = None) -> float:
    """The moment that ``text`` names, in unix seconds.

    Args:
        now: unix seconds. zone: in which days begin; that of this machine where it is None.

    Raises:
        ValueError: it names none.
    """
    plain = text.strip().casefold()
    ago = _AGO.fullmatch(plain)
    if ago is not None:
        return now - int(ago[1]) * _SECONDS[ago[2]]
    try:
        today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return _named(plain, today).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"{text!r} is no moment") from error


def _named(plain: str, today: datetime) -> datetime:
    if plain == "today":
        return today
    if plain == "yesterday":
        return today - timedelta(days=1)
    clock = _CLOCK.fullmatch(plain)
    if clock is not None:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        return today.replace(hour=hour, minute=minute, second=second)
    date = _DATE.fullmatch(plain)
    if date is None:
        raise ValueError(plain)
    year, month, day, hour, minute, second = (int(part or 0) for part in date.groups())
    return today.replace(
        year=year, month=month, day=day or 1, hour=hour, minute=minute, second=second
    )
