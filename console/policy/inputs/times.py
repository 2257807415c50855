"""Times as files write them: ISO 8601, clocks, dates, and numbers since 1970 or the beginning.

A time without a zone counts as UTC, since only the time between two lines matters here.
"""

import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from msgspec import Struct

Read = Callable[[Any], float | None]
AT_THE_BEGINNING = 0.001
"""Seconds that stand for the very beginning, since 0.0 is "no time"."""

_CLOCK = re.compile(
    r"\W?(?:(?:(\d{1,3}):)?(\d{1,3}):)(\d{1,2})(?:[.,](\d{1,9}))?\s*([AaPp])?\.?[Mm]?\.?\W?"
)
_DATE = re.compile(r"\W?(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:,?\s+|T)?(\d{1,2}:\d{2}.*?)?\W?")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|sec|seconds)?")


class TimeForm(Struct, frozen=True):
    """One way to write a time, by its name for people."""

    name: str
    read: Read


def _number(value: Any) -> float | None:
    if type(value) in (int, float):  # and not bool
        found = float(value) if abs(value) < 1e300 else math.inf
    else:
        match = _SPAN.fullmatch(str(value).strip())  # True and nan are none
        if match is None:
            return None
        found = float(match[1]) * (0.001 if match[2] == "ms" else 1.0)
    return found if math.isfinite(found) and found >= 0 else None


def _of_unit(unit: float) -> Read:
    def read(value: Any) -> float | None:
        number = _number(value)
        return None if number is None else number * unit

    return read


def _iso(value: Any) -> float | None:
    if isinstance(value, datetime):
        return _unix(value)
    text = re.sub(r"\s*(UTC|GMT)$", "+00:00", str(value).strip())
    if not re.match(r"\d{4}-?\d\d-?\d\d", text) or text.isdigit():
        return None
    try:
        return _unix(datetime.fromisoformat(text))
    except ValueError:
        return None


def _clock(value: Any) -> float | None:
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
    if isinstance(value, timedelta):
        return value.total_seconds()
    match = _CLOCK.fullmatch(str(value).strip())
    if match is None:
        return None
    hours, minutes, seconds, part, half = match.groups()
    if half and not hours:  # 8:15 PM
        hours, minutes, seconds = minutes, seconds, "0"
    if half:
        hours = str(int(hours) % 12 + (12 if half in "pP" else 0))
    fraction = float(f"0.{part}") if part else 0.0
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + fraction


def _date(*, day_first: bool | None) -> Read:
    """``day_first``: None reads only dates that say themselves what comes first."""

    def read(value: Any) -> float | None:
        match = _DATE.fullmatch(str(value).strip())
        if match is None:
            return None
        first, sign, second, third, clock = match.groups()
        if len(first) == 4:
            year, month, day = first, second, third
        elif day_first is None and sign != ".":
            return None
        elif day_first or sign == ".":  # dots are written where the day comes first
            day, month, year = first, second, third
        else:
            month, day, year = first, second, third
        seconds = _clock_of_day(clock)
        if seconds is None:
            return None
        full = int(year) + (2000 if len(year) <= 2 else 0)
        try:
            return _unix(datetime(full, int(month), int(day), tzinfo=UTC)) + seconds
        except ValueError:
            return None

    return read


def _clock_of_day(clock: str | None) -> float | None:
    if not clock:
        return 0.0
    if re.fullmatch(r"\d{1,2}:\d{2}", clock):
        clock += ":00"
    return _clock(clock)


def _mail(value: Any) -> float | None:
    try:
        return _unix(parsedate_to_datetime(str(value)))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _unix(when: datetime) -> float:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


MILLISECONDS = TimeForm("milliseconds since the beginning", _of_unit(0.001))
SECONDS = TimeForm("seconds", _of_unit(1.0))
_FORMS = (
    TimeForm("ISO 8601", _iso),
    TimeForm("clock", _clock),
    TimeForm("dates", _date(day_first=None)),
    TimeForm("dates, month first", _date(day_first=False)),
    TimeForm("dates, day first", _date(day_first=True)),
    TimeForm("dates as in mail", _mail),
)
# By size: 1e11 seconds are the year 5138, 1e11 milliseconds 1973.
_SINCE_1970 = (
    (1e17, TimeForm("nanoseconds since 1970", _of_unit(1e-9))),
    (1e14, TimeForm("microseconds since 1970", _of_unit(1e-6))),
    (1e11, TimeForm("milliseconds since 1970", _of_unit(1e-3))),
    (1e9 / 4, TimeForm("seconds since 1970", _of_unit(1.0))),
)
_IN_MS = re.compile(r"(^|_)(ms|msec|millis|milliseconds)$|^start_ts$|Ms$|Millis$")


def time_form(name: str, values: Iterable[Any]) -> TimeForm | None:
    """How the values of the column ``name`` are written; None where no form fits most of them."""
    given = [value for value in values if value is not None and str(value).strip()]
    numbers = [number for number in map(_number, given) if number is not None]
    if given and len(numbers) * 2 >= len(given):
        largest = max(numbers)
        for least, form in _SINCE_1970:
            if largest >= least:
                return form
        return MILLISECONDS if _IN_MS.search(name.strip()) else SECONDS
    best, fits = None, max(0, (len(given) - 1) // 2)
    for form in _FORMS:
        count = sum(form.read(value) is not None for value in given)
        if count > fits:
            best, fits = form, count
    return best


def seconds_of(form: TimeForm | None, value: Any) -> float:
    """The time in seconds; 0.0 where there is none or it is written in another way."""
    if form is None or value is None:
        return 0.0
    found = form.read(value)
    if found is None or not math.isfinite(found) or found < 0:
        return 0.0
    return found or AT_THE_BEGINNING


def clock_seconds(text: str) -> float:
    """``00:01:02.5`` of a cue in seconds; 0.0 for anything else."""
    found = _clock(text)
    return 0.0 if found is None else found or AT_THE_BEGINNING
