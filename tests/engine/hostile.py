"""JSON as Stream sends it, with parts of it replaced by what nobody expects."""

import json
from typing import Any, TypeAlias

from hypothesis import strategies as st

from console.engine.wire.chat import OF_CHATS
from console.engine.wire.known_events import OF_CALLS, OF_SOCKETS

USER = {"id": "ann", "name": "Ann", "role": "user", "banned": False, "created_at": 1}
PERSON = {"user": USER, "user_session_id": "s-ann", "role": "user", "joined_at": 1}
CALL = {
    "cid": "default:one",
    "type": "default",
    "id": "one",
    "created_at": "2026-08-17T12:00:00.123456789Z",
    "ended_at": None,
    "custom": {"name": "One", "colour": {"r": [1, 2]}},
    "settings": {"transcription": {"closed_caption_mode": "available", "language": "en"}},
    "blocked_user_ids": ["bo"],
    "captioning": True,
    "current_session_id": "s",
    "session": {
        "id": "s",
        "participants": [PERSON, PERSON | {"user_session_id": "s-2"}],
        "participants_count_by_role": {"user": 2},
        "anonymous_participant_count": 1,
        "started_at": 1,
    },
}
MESSAGE = {"id": "m1", "text": "hello", "user": USER, "created_at": 1, "updated_at": None}
EVENT: dict[str, Any] = {
    "call_cid": "default:one",
    "cid": "messaging:one",
    "created_at": 1_786_968_000_123_456_789,
    "connection_id": "c",
    "me": USER,
    "error": {"code": 5, "message": "no", "StatusCode": 401},
    "call": CALL,
    "user": USER,
    "created_by": USER,
    "session_id": "s",
    "participant": PERSON,
    "participants_count_by_role": {"user": 2},
    "from_user_id": "mod",
    "muted_user_ids": ["ann"],
    "own_capabilities": ["send-audio"],
    "permissions": ["send-audio"],
    "user_id": "ann",
    "message": "a warning",
    "reason": "a reason",
    "closed_caption": {"text": "hi", "speaker_id": "ann", "start_time": 1, "user": USER},
}
"""Every field that any event of calls has."""

CHECKED = {
    "recommended_action": "flag",
    "status": "complete",
    "item": {
        "severity": 50,
        "confidence_score": 0.5,
        "flags": [{"labels": ["INSULT"], "reason": "why", "result": [{"rule": "list"}]}],
    },
    "triggered_rules": [{"rule_name": "list"}],
}
ANSWERS: dict[str, Any] = {
    "calls": [{"call": CALL, "own_capabilities": ["mute-users"]}] * 2,
    "next": "token",
    "participants": [PERSON],
    "users": [USER],
    "call": CALL,
    "channels": [{"channel": {"cid": "messaging:one"}, "messages": [MESSAGE]}],
    "code": 17,
    "message": "no",
    "StatusCode": 403,
} | CHECKED
"""Every field that any answer has."""

KINDS = (*OF_SOCKETS, *OF_CALLS)
CHAT = OF_CHATS

TEXTS = {"name", "text", "role", "reason", "message", "language", "closed_caption_mode", "status"}

DEEP = "⟦deep⟧"
HUGE = "⟦huge⟧"
_RAW = {
    json.dumps(DEEP).encode(): b"[" * 1500 + b'{"a":1}' + b"]" * 1500,
    json.dumps(HUGE).encode(): b"1" * 400,
}

Place: TypeAlias = tuple[str | int, ...]

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 0, -1, 2**63, -(2**70), 1e308, -0.0, "", [], {}, [[]], [None], DEEP, HUGE),
        *("x" * 70_000, "\u0000", "\ud800", "\u202e\u2066", "ａ" * 600, "1e999", "9" * 30),
        *("2026-99-99T99:99:99Z", "9999-12-31T23:59:59.999999999+00:00", "0001-01-01T00:00:00Z"),
        *({"id": "x" * 5000}, {"name": ["x"]}, ["x"] * 300, "\U000e0041" * 300, "\u0301" * 3000),
    ]
)


def _places(value: Any, place: Place = ()) -> list[Place]:
    found = [place] if place else []
    if isinstance(value, dict):
        for key, child in value.items():
            found += _places(child, (*place, key))
    elif isinstance(value, list):
        for at, child in enumerate(value):
            found += _places(child, (*place, at))
    return found


def _put(value: Any, place: Place, odd: Any, *, gone: bool) -> Any:
    if not isinstance(value, dict | list):
        return value  # an earlier change took the place away
    items: Any = value.copy()
    key, *rest = place
    try:
        if rest:
            items[key] = _put(items[key], tuple(rest), odd, gone=gone)
        elif gone:
            del items[key]
        else:
            items[key] = odd
    except (TypeError, KeyError, IndexError):
        return value  # an earlier change took the place away
    return items


def _lengthened(value: Any) -> Any:
    """``value`` with very much in each text but the ids."""
    if isinstance(value, dict):
        return {
            key: child + "x" * 70_000
            if isinstance(child, str) and key in TEXTS
            else _lengthened(child)
            for key, child in value.items()
        }
    return [_lengthened(child) for child in value] if isinstance(value, list) else value


def written(value: Any) -> bytes:
    """``value`` as bytes of JSON, with what no encoder would write."""
    text = json.dumps(value).encode()
    for mark, raw in _RAW.items():
        text = text.replace(mark, raw)
    return text


class Written(bytes):
    """Bytes that are shown shortened when a test fails."""

    def __repr__(self) -> str:
        return f"<{len(self):,} bytes: {bytes(self[:3000])!r}>"


@st.composite
def spoiled(draw: st.DrawFn, whole: dict[str, Any]) -> bytes:
    """``whole`` with up to four parts replaced or missing, or its bytes cut or changed."""
    places = _places(whole)
    value: Any = whole
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.sampled_from(places))
        value = _put(value, place, draw(ODD), gone=draw(st.booleans()))
    if draw(st.integers(0, 5)) == 0:
        value = _lengthened(value)
    data = written(value)
    match draw(st.integers(0, 9)):
        case 0:
            data = data[: draw(st.integers(0, len(data)))]
        case 1:
            at = draw(st.integers(0, len(data)))
            data = data[:at] + draw(st.binary(max_size=4)) + data[at:]
        case 2:
            data = draw(st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"[", b"{", b" \n"])) + data
    return Written(data)
