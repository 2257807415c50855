"""Times and JSON on the wire: one model, two forms of timestamp (STREAM.md 3.1).

The path family decides: ``/video/*`` carries RFC 3339 strings, ``/api/v2/*`` integer unix
nanoseconds. Answers and events hold :class:`Stamp` values, and objects whose ``json(form)`` gives
their own text; the form is chosen when they are encoded.
"""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import msgspec


class Form(Enum):
    """How a path family writes a timestamp."""

    RFC3339 = "rfc3339"
    NANOSECONDS = "nanoseconds"


class Stamp:
    """One moment, in unix seconds, not yet written down."""

    __slots__ = ("at",)

    def __init__(self, at: float) -> None:
        self.at = at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stamp) and other.at == self.at

    def __hash__(self) -> int:
        return hash(self.at)

    def __repr__(self) -> str:
        return f"Stamp({self.at!r})"


def stamp(at: float | None) -> Stamp | None:
    """``at`` as a Stamp; None for a time that is not known."""
    return Stamp(at) if at else None


def nanoseconds(at: float) -> int:
    """``at`` (unix seconds) as integer nanoseconds, exact to the microsecond.

    A float of today's unix seconds holds about 0.2 µs, so anything finer would be noise.
    """
    return round(at * 1_000_000) * 1000


def rfc3339(at: float) -> str:
    """``at`` (unix seconds) as an RFC 3339 string in UTC with microseconds."""
    micros = round(at * 1_000_000)
    whole = datetime.fromtimestamp(micros // 1_000_000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{micros % 1_000_000:06d}Z"


_TOO_EARLY = -62_135_596_800.0  # the beginning of the year 1
_TOO_LATE = 253_402_300_799.0  # the end of the year 9999


def read_time(value: object) -> float | None:
    """A time of a request as unix seconds: ISO strings or numbers (STREAM.md 1.2).

    Raises:
        ValueError: it is neither, or not in the years 1 to 9999.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(  # noqa: TRY004 one error for every unreadable time
            f"a time must be a string or a number, not {type(value).__name__}"
        )
    if isinstance(value, int | float):
        # Seconds, milliseconds and nanoseconds of this century differ by magnitude.
        if not abs(value) < _TOO_LATE * 1e9:
            raise ValueError("a time this far away has no date")
        at = value / 1e9 if value > 1e16 else value / 1e3 if value > 1e11 else float(value)
    else:
        moment = datetime.fromisoformat(value)
        at = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    if not _TOO_EARLY < at < _TOO_LATE:
        raise ValueError("a time this far away has no date")
    return at


def _hook(form: Form) -> Any:
    def write(value: Any) -> Any:
        if isinstance(value, Stamp):
            return nanoseconds(value.at) if form is Form.NANOSECONDS else rfc3339(value.at)
        return msgspec.Raw(value.json(form))

    return write


_ENCODERS = {form: msgspec.json.Encoder(enc_hook=_hook(form)) for form in Form}


def encode(document: Any, form: Form) -> bytes:
    """``document`` as JSON with its times in ``form``."""
    return _ENCODERS[form].encode(document)
