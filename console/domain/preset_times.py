"""Preset times of sanctions as people write them: ``10 min, 1 h, 7 days, for good``. Pure."""

import re
from collections.abc import Iterable
from typing import TypeAlias

Minutes: TypeAlias = int | None
"""How long a sanction lasts; None is for good."""

MOST_TIMES = 9
"""Each has a digit as its key."""
MOST_MINUTES = 10 * 366 * 24 * 60

FOR_GOOD = "for good"

_UNITS = {
    "min": 1,
    "minute": 1,
    "h": 60,
    "hour": 60,
    "d": 1440,
    "day": 1440,
    "w": 10080,
    "week": 10080,
}
_TIME = re.compile(r"(\d{1,7})\s*([a-z]+?)s?\.?")


def read_time(text: str) -> Minutes:
    """One time.

    Raises:
        ValueError: it is none, with a sentence.
    """
    plain = " ".join(text.casefold().split())
    if plain == FOR_GOOD:
        return None
    found = _TIME.fullmatch(plain)
    if found is None or found[2] not in _UNITS:
        raise ValueError(
            f"“{text.strip()}” is no time; write it like 10 min, 1 h, 7 days or for good."
        )
    minutes = int(found[1]) * _UNITS[found[2]]
    if not 1 <= minutes <= MOST_MINUTES:
        raise ValueError(f"“{text.strip()}” is not between a minute and ten years.")
    return minutes


def read_times(text: str) -> tuple[Minutes, ...]:
    """Several times, between commas, without repetitions.

    Raises:
        ValueError: one is no time, or there are none or too many; with a sentence.
    """
    times = tuple(dict.fromkeys(read_time(part) for part in text.split(",") if part.strip()))
    if not times:
        raise ValueError("At least one time is needed, such as 10 min.")
    if len(times) > MOST_TIMES:
        raise ValueError(f"{MOST_TIMES} times at most, one for each digit.")
    return times


def wrong_with_times(text: str) -> str:
    """Why ``text`` is no list of times, in one sentence; "" where it is one."""
    try:
        read_times(text)
    except ValueError as error:
        return str(error)
    return ""


def time_words(minutes: Minutes) -> str:
    """``10 minutes``, ``1 hour``, ``24 hours``, ``7 days``, ``for good``."""
    if minutes is None:
        return FOR_GOOD
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        # A day is 24 hours, as people say it of a ban.
        if minutes % size == 0 and minutes != 1440:
            many = minutes // size
            return f"{many:,} {unit}" if many == 1 else f"{many:,} {unit}s"
    return "24 hours"


def middle(times: Iterable[Minutes]) -> int:
    """The place of the time that is offered first: the middle one, rather the shorter."""
    return (len(tuple(times)) - 1) // 2
