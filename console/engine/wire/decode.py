"""The one door for what Stream sends: raw frames and raw pages become typed events, or are counted.

Nothing behind this door sees untrusted JSON, and nothing malformed stops what comes after it.
"""

from collections.abc import Iterator
from typing import Any, TypeVar, Union

import msgspec
from msgspec import Struct

from console.base.plain_text import visible
from console.engine.wire.bounded import CUT, Id
from console.engine.wire.channel_events import of_its_channel
from console.engine.wire.events import (
    CallState,
    Event,
    MalformedEvent,
    Presence,
    Unknown,
    User,
)
from console.engine.wire.json_depth import made_shallow
from console.engine.wire.known_events import OF_CALLS, OF_SOCKETS
from console.engine.wire.limits import MAX_DEPTH, MAX_PAGE_TOKEN, MAX_WORD
from console.engine.wire.made_short import made_short
from console.engine.wire.timestamps import Moment, read_moment

T = TypeVar("T")


class MalformedAnswerError(ValueError):
    """A REST answer without what it was asked for; ``str()`` names what is missing."""


class _Envelope(Struct):
    type: str
    call_cid: str | None = None


def _hook(kind: type, untrusted: Any) -> Any:
    if kind is Moment:
        return read_moment(untrusted)
    raise NotImplementedError(f"no wire form of {kind}")


_envelope = msgspec.json.Decoder(_Envelope)


class FrameDecoder:
    """Makes events of the frames of one socket. ``kinds``: the events that matter on it."""

    def __init__(self, kinds: tuple[type[Event], ...]) -> None:
        known = (*OF_SOCKETS, *kinds)
        self._names = {kind.__struct_config__.tag for kind in known}
        self._decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(
            Union[known],  # noqa: UP007  # the members are known only now
            dec_hook=_hook,
        )

    def __call__(self, frame: bytes) -> Event:
        """One frame as an event; never raises for what is in it."""
        try:
            return self._read(made_short(frame))
        except RecursionError:
            return self._read(made_short(made_shallow(frame)[0]))

    def _read(self, frame: bytes) -> Event:
        name = ""
        try:
            if frame[:1] == b"[":  # the array form of a health check (STREAM.md 2.3)
                items = msgspec.json.decode(frame, type=list[msgspec.Raw])
                if len(items) != 1:
                    return MalformedEvent(place="frame", sentence="a list of several events")
                frame = bytes(items[0])
            try:
                event = self._decoder.decode(frame)
            except msgspec.ValidationError:
                envelope = _envelope.decode(frame)
                name = envelope.type
                if name not in self._names:
                    return Unknown(name=name, call_cid=envelope.call_cid or "")
                raise
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            place = f"event {visible(name)[:60]}" if name else "frame"
            return MalformedEvent(name=name[:MAX_WORD], place=place, sentence=_reason(error))
        return of_its_channel(event)


decode_frame = FrameDecoder(OF_CALLS)
"""For the socket that brings the events of calls."""


class WatchedCall(Struct, frozen=True):
    """One entry of a query_calls page."""

    call: CallState
    own_capabilities: frozenset[Id] = frozenset()


class CallsPage(Struct, frozen=True):
    """A page of calls, or a part of one.

    Attributes:
        malformed: one sentence for each entry that could not be read.
        unread: the cids of those that are therefore missing, as far as they are known.
        next: where to go on after the whole page.
    """

    calls: tuple[WatchedCall, ...]
    next: str
    malformed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class _Named(Struct):
    """As much of an entry as says which call it is about."""

    class Call(Struct):
        cid: Id

    call: Call


class _RawPage(Struct):
    calls: list[msgspec.Raw]
    next: Any = None


_watched_call = msgspec.json.Decoder(WatchedCall, dec_hook=_hook)


def read_calls_page(untrusted: bytes) -> CallsPage:
    """The answer of query_calls (STREAM.md 4.1); a malformed entry costs only itself.

    Raises:
        MalformedAnswerError: it is no page at all.
    """
    parts = list(calls_page_in_parts(untrusted))
    return CallsPage(
        calls=tuple(call for part in parts for call in part.calls),
        next=parts[-1].next,
        malformed=tuple(sentence for part in parts for sentence in part.malformed),
        unread=tuple(cid for part in parts for cid in part.unread),
    )


def calls_page_in_parts(untrusted: bytes) -> Iterator[CallsPage]:
    """The same, call by call, so that the reader can let others have a turn in between.

    The last part, which may be the only one, holds no call.

    Raises:
        MalformedAnswerError: it is no page at all.
    """
    cut = 0
    try:
        page = _outline(untrusted)
    except RecursionError:
        untrusted, cut = made_shallow(untrusted)
        page = _outline(untrusted)
    token = page.next if isinstance(page.next, str) else ""
    next_page = token if len(token) <= MAX_PAGE_TOKEN else ""
    for entry in page.calls:
        # How deep a decoder goes depends on the version of Python; what is kept must not.
        shallow, cut_here = made_shallow(made_short(bytes(entry)))
        cut += cut_here
        yield _read_entry(shallow)
    malformed = f"what nests deeper than {MAX_DEPTH} levels was left out ({cut} values)"
    yield CallsPage(calls=(), next=next_page, malformed=(malformed,) if cut else ())


def _outline(untrusted: bytes) -> _RawPage:
    try:
        return msgspec.json.decode(untrusted, type=_RawPage)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedAnswerError("the answer holds no list of calls") from error


def _read_entry(entry: bytes) -> CallsPage:
    try:
        return CallsPage(calls=(_watched_call.decode(entry),), next="")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        mended = _without_malformed_people(entry)
        calls = () if mended is None else (mended,)
        unread = _cids(entry) if mended is None else ()
        return CallsPage(calls=calls, next="", malformed=(_reason(error),), unread=unread)


def _cids(entry: bytes) -> tuple[str, ...]:
    try:
        return (msgspec.json.decode(entry, type=_Named).call.cid,)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ()


def read_participants(untrusted: Any) -> tuple[Presence, ...]:
    """The people in an answer of the participants query (STREAM.md 4.3), malformed ones left out.

    Raises:
        MalformedAnswerError: the answer holds no list of participants.
    """
    if not isinstance(untrusted, dict) or not isinstance(untrusted.get("participants"), list):
        raise MalformedAnswerError("the answer holds no list of participants")
    return tuple(_presences(untrusted["participants"]))


def read_users(untrusted: Any) -> list[User]:
    """The users in an answer of the users query.

    Raises:
        MalformedAnswerError: the answer holds no list of users, or one of them is malformed.
    """
    try:
        return [convert_untrusted(each, User) for each in untrusted["users"]]
    except (TypeError, KeyError) as error:
        raise MalformedAnswerError("the answer holds no users") from error
    except msgspec.ValidationError as error:
        raise MalformedAnswerError(_reason(error)) from error


def read_call(untrusted: Any) -> CallState:
    """The ``call`` of an answer.

    Raises:
        MalformedAnswerError: it is missing or malformed.
    """
    try:
        return convert_untrusted(untrusted["call"], CallState)
    except (TypeError, KeyError) as error:
        raise MalformedAnswerError("the answer holds no call") from error
    except msgspec.ValidationError as error:
        raise MalformedAnswerError(_reason(error)) from error


def _without_malformed_people(untrusted: bytes) -> WatchedCall | None:
    """The call with only those participants that can be read: hiding a call would be worse."""
    try:
        entry = msgspec.json.decode(untrusted)
        session = entry["call"]["session"]
        people = session["participants"]
        session["participants"] = [
            person for person in people if next(_presences([person]), None) is not None
        ]
        return convert_untrusted(entry, WatchedCall)
    except (KeyError, TypeError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _presences(untrusted: list[Any]) -> Iterator[Presence]:
    for person in untrusted:
        try:
            yield convert_untrusted(person, Presence)
        except msgspec.ValidationError:
            CUT.note("People whose entry could not be read were left out.")


def convert_untrusted(untrusted: Any, kind: type[T]) -> T:
    """Decoded JSON as ``kind``. Raises msgspec.ValidationError."""
    return msgspec.convert(untrusted, kind, dec_hook=_hook)


def _reason(error: Exception) -> str:
    # msgspec names types and paths; only the names of unknown fields could be hostile.
    return visible(str(error))[:200]
