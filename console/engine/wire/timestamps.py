"""Stream's two forms of a date as one type: unix nanoseconds and RFC 3339 (STREAM.md 3.1)."""

import re
from datetime import UTC, datetime
from typing import Any

_NS = 1_000_000_000
_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_LATEST_NS = 253_402_300_799 * _NS  # the last second of year 9999


class Moment:
    """A point in time, to the nanosecond that identifies a caption."""

    __slots__ = ("ns",)

    def __init__(self, ns: int = 0) -> None:
        self.ns = ns

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and other.ns == self.ns

    def __hash__(self) -> int:
        return hash(self.ns)

    def __repr__(self) -> str:
        return f"Moment({self.ns})"

    @property
    def seconds(self) -> float:
        """Unix seconds; 0.0 means unknown."""
        return self.ns / _NS


def read_moment(untrusted: Any) -> Moment:
    """A wire date as a Moment. Microseconds and finer are kept, as Stream sends nine digits.

    Raises:
        ValueError: neither a number of nanoseconds nor an RFC 3339 string, or out of range.
    """
    if isinstance(untrusted, str):
        ns = _from_text(untrusted)
    elif isinstance(untrusted, int | float) and not isinstance(untrusted, bool):
        ns = _from_number(untrusted)
    else:
        raise ValueError("a date is neither a number nor text")  # noqa: TRY004 - msgspec's hook
    if not 0 <= ns <= _LATEST_NS:
        raise ValueError("a date is out of range")
    return Moment(ns)


def _from_number(number: float) -> int:
    try:
        return int(number)
    except (OverflowError, ValueError) as error:
        raise ValueError("a date is out of range") from error


def _from_text(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 20:
        return int(text)
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise ValueError("a date is not RFC 3339")
    day, clock, fraction, zone = match.groups()
    zone = "+00:00" if zone in "Zz" else zone
    whole = datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(UTC)
    return int(whole.timestamp()) * _NS + int((fraction or "0").ljust(9, "0")[:9])
