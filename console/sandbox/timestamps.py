"""Times and JSON on the wire: one model, and the forms it is written in (STREAM.md 1.5, 3.1).

The path family decides about times: ``/video/*`` carries RFC 3339 strings, ``/api/v2/*`` integer
unix nanoseconds. The token decides how much is told: the app's own server sees more of a user.
Answers and events hold :class:`Stamp` values, and objects whose ``json(form)`` gives their own
text; the form is chosen when they are encoded. What is None is left out there, too.
"""

from datetime import UTC, datetime
from enum import Enum
from typing import Any

import msgspec


class Form(Enum):
    """How an answer or an event is written: its times, and for whom.

    Attributes:
        nanoseconds: times are integers. full: for the app's own server.
    """

    RFC3339 = (False, False)
    NANOSECONDS = (True, False)
    RFC3339_FULL = (False, True)
    NANOSECONDS_FULL = (True, True)

    def __init__(self, nanoseconds: bool, full: bool) -> None:
        self.nanoseconds = nanoseconds
        self.full = full

    def of_server(self) -> "Form":
        """The same times, for the app's own server."""
        return Form.NANOSECONDS_FULL if self.nanoseconds else Form.RFC3339_FULL


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
            return nanoseconds(value.at) if form.nanoseconds else rfc3339(value.at)
        return msgspec.Raw(value.json(form))

    return write


_ENCODERS = {form: msgspec.json.Encoder(enc_hook=_hook(form)) for form in Form}


_VERBATIM = frozenset({"custom", "filters", "options"})
"""What clients gave, nulls included; it is given back as it is."""


def _present(value: Any) -> Any:
    """``value`` without the fields that are None: Stream leaves them out."""
    kind = type(value)
    if kind is list or kind is tuple:
        return [_present(each) for each in value]
    if kind is not dict:
        return value
    kept = {}
    for name, each in value.items():
        if each is None:
            continue
        # Only what can hold fields is looked into: an answer about 100 calls has 20,000 parts.
        inner = type(each) in _CONTAINERS and name not in _VERBATIM
        kept[name] = _present(each) if inner else each
    return kept


_CONTAINERS = (dict, list, tuple)


def encode(document: Any, form: Form) -> bytes:
    """``document`` as JSON in ``form``. The one place that decides about nulls: there are none.

    Old recordings of real frames hold nulls for some of what is unset (STREAM.md 3.1); the
    specification has none, and clients read both alike.
    """
    return _ENCODERS[form].encode(_present(document))
