"""The door: every frame becomes an event, every page what can be read of it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.engine.wire import events as e
from console.engine.wire.decode import (
    MalformedAnswerError,
    decode_frame,
    read_call,
    read_calls_page,
    read_participants,
)
from console.engine.wire.known_events import OF_CALLS, OF_SOCKETS
from console.engine.wire.timestamps import Moment

CALL = {"cid": "default:a", "type": "default", "id": "a", "custom": {"name": "A"}}


def test_a_caption_with_rfc_3339_and_with_nanoseconds_is_the_same():
    def frame(created, start):
        caption = {"text": "hi", "speaker_id": "ann", "start_time": start, "id": "c1"}
        event = {"type": "call.closed_caption", "call_cid": "default:a", "created_at": created}
        return msgspec.json.encode(event | {"closed_caption": caption})

    ns = 1_786_968_000_123_456_789
    text = "2026-08-17T12:00:00.123456789Z"
    assert decode_frame(frame(ns, ns)) == decode_frame(frame(text, text))
    event = decode_frame(frame(ns, ns))
    assert isinstance(event, e.ClosedCaption)
    assert event.closed_caption.start_time == Moment(ns)


def test_nulls_where_stream_sends_them():
    frame = (
        b'{"type":"call.blocked_user","call_cid":"default:a","created_at":1,'
        b'"user":{"id":"ann","name":null},"blocked_by_user":null,"unknown_field":[1]}'
    )
    event = decode_frame(frame)
    assert event == e.BlockedUser(
        call_cid="default:a", created_at=Moment(1), user=e.User(id="ann"), blocked_by_user=None
    )
    assert event.user.shown_name == "ann"


def test_health_checks_as_object_and_as_array():
    check = b'{"type":"health.check","connection_id":"c","created_at":5}'
    assert decode_frame(check) == e.HealthCheck(created_at=Moment(5))
    assert decode_frame(b"[" + check + b"]") == e.HealthCheck(created_at=Moment(5))


def test_unknown_types_are_no_error():
    event = decode_frame(b'{"type":"call.dtmf","call_cid":"default:a","digit":"5"}')
    assert event == e.Unknown(name="call.dtmf", call_cid="default:a")


def test_what_is_malformed_says_where_without_the_content():
    frame = (
        b'{"type":"call.kicked_user","call_cid":"default:a","user":{"id":"<b>evil</b>","role":3}}'
    )
    event = decode_frame(frame)
    assert isinstance(event, e.MalformedEvent)
    assert event.name == "call.kicked_user"
    assert event.place == "event call.kicked_user"
    assert "role" in event.sentence
    assert "evil" not in event.sentence


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_bytes_ever_raise(frame):
    assert isinstance(decode_frame(frame), e.MalformedEvent | e.Unknown)


KEYS = [
    *("call_cid", "created_at", "user", "call", "session_id", "participant"),
    *("closed_caption", "muted_user_ids", "own_capabilities", "error", "me"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_known_type_with_any_fields_ever_raises(fields):
    for kind in (*OF_SOCKETS, *OF_CALLS):
        event = decode_frame(msgspec.json.encode(fields | {"type": kind.__struct_config__.tag}))
        assert isinstance(event, kind | e.MalformedEvent)


def test_a_malformed_call_costs_only_itself_and_a_malformed_person_only_that_person():
    people = [
        {"user": {"id": "ann"}, "user_session_id": "s1", "role": "user", "joined_at": 1},
        {"user": "nobody"},
    ]
    with_people = CALL | {
        "cid": "default:b",
        "id": "b",
        "session": {"id": "s", "participants": people},
    }
    page = read_calls_page(
        msgspec.json.encode(
            {
                "calls": [
                    {"call": CALL, "own_capabilities": ["mute-users"]},
                    {"call": {"cid": 7}},
                    "no call",
                    {"call": with_people},
                ],
                "next": "token",
            }
        )
    )
    assert [watched.call.cid for watched in page.calls] == ["default:a", "default:b"]
    assert page.calls[0].own_capabilities == {"mute-users"}
    session = page.calls[1].call.session
    assert session is not None
    assert [p.user.id for p in session.participants] == ["ann"]
    assert (len(page.malformed), page.next) == (3, "token")


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b'{"calls":{}}', b'{"calls":[1', b"\xff"])
def test_no_page_is_an_error(answer):
    with pytest.raises(MalformedAnswerError):
        read_calls_page(answer)


def test_other_answers():
    person = {"user": {"id": "ann"}, "user_session_id": "s1"}
    assert [p.user.id for p in read_participants({"participants": [person, 3]})] == ["ann"]
    assert read_call({"call": CALL}).id == "a"
    for broken in (None, {}, {"participants": 1}):
        with pytest.raises(MalformedAnswerError):
            read_participants(broken)
        with pytest.raises(MalformedAnswerError):
            read_call(broken)
    with pytest.raises(MalformedAnswerError):
        read_call({"call": {"cid": "x"}})
