"""How long a ``Retry-After`` header asks to hold back, within limits (RFC 9110, 10.2.3). Pure."""

import email.utils
import re
from datetime import UTC, datetime

from console.engine.wire.limits import LONGEST_RETRY_AFTER_S, SHORTEST_RETRY_AFTER_S

UNSAID_S = 1.0
"""For a header that is missing or says nothing that can be understood."""

_LONGEST_HEADER = 100
_SECONDS = re.compile(r"(\d{1,30}(?:\.\d{0,9})?)\s*(?:,.*)?", re.ASCII)


def seconds_asked(header: str, date: str, now: float) -> float:
    """The seconds from the answer on, as they were asked for: any number from 0 on.

    Args:
        header: Retry-After, in seconds or as a date.
        date: the answer's own Date, so that a wrong clock here changes nothing.
        now: unix seconds here, for an answer without Date.
    """
    header = header.strip()[:_LONGEST_HEADER]
    seconds = _SECONDS.fullmatch(header)
    if seconds is not None:
        return float(seconds.group(1))
    until = _unix(header)
    if until is None:
        return UNSAID_S
    answered = time_told(date)
    return max(0.0, until - (now if answered is None else answered))


def time_told(date: str) -> float | None:
    """The unix seconds of an answer's own Date, or None where it has none that can be read."""
    return _unix(date.strip()[:_LONGEST_HEADER])


def bounded(asked: float) -> float:
    """The seconds that are waited before Stream is asked again."""
    return min(LONGEST_RETRY_AFTER_S, max(SHORTEST_RETRY_AFTER_S, asked))


def _unix(date: str) -> float | None:
    try:
        first = date.partition("GMT")[0]  # a proxy may have added its own
        moment = email.utils.parsedate_to_datetime(f"{first}GMT")
        return _aware(moment).timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
