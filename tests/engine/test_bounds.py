"""Texts, lists and numbers from outside have an end, which is told; ids are whole or refused."""

import typing
from typing import get_args, get_origin

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from console.engine.services.directory import Directory
from console.engine.wire import channel_events, chat
from console.engine.wire import events as e
from console.engine.wire.bounded import CUT, believable, cut_text
from console.engine.wire.decode import calls_page_in_parts, decode_frame, read_calls_page
from console.engine.wire.limits import MAX_COUNT, MAX_ID, MAX_NAME, MAX_PEOPLE, MAX_TEXT
from console.protocol.to_window import Problem

OURS = (e.Unknown, e.MalformedEvent, e.Event, e.CallEvent, channel_events.ChannelEvent)
LONG = "x" * 65_536


@pytest.fixture(autouse=True)
def _nothing_cut_before():
    CUT.take()


def structs():
    for module in (e, channel_events, chat):
        for kind in vars(module).values():
            is_struct = isinstance(kind, type) and issubclass(kind, Struct) and kind not in OURS
            if is_struct and kind.__module__ == module.__name__:
                yield kind


def unbounded(kind) -> bool:
    """Whether a text of this type may have any length."""
    if kind is str:
        return True
    if any(
        isinstance(meta, Meta) and meta.max_length for meta in getattr(kind, "__metadata__", ())
    ):
        return False
    if get_origin(kind) is typing.ClassVar:
        return False
    return any(map(unbounded, get_args(kind)))


def test_no_text_of_the_wire_is_without_a_bound():
    found = list(structs())
    assert len(found) > 30
    for struct in found:
        hints = typing.get_type_hints(struct, include_extras=True)
        cut = {field for field, _, _ in getattr(struct, "texts", ())}
        endless = {field for field in struct.__struct_fields__ if unbounded(hints[field])}
        assert endless - cut <= {"participants_count_by_role"}, struct.__name__


def call(people=(), **more):
    session = {"id": "s", "participants": list(people)}
    return {"cid": "default:a", "type": "default", "id": "a", "session": session} | more


def person(number: int, **user):
    return {"user": {"id": f"u{number}"} | user, "user_session_id": f"s{number}"}


def frame(kind: str, **fields) -> bytes:
    return msgspec.json.encode({"type": kind, "call_cid": "default:a"} | fields)


def test_a_name_is_cut_with_a_mark_and_counted():
    joined = frame(
        "call.session_participant_joined", session_id="s", participant=person(1, name=LONG)
    )
    for _ in range(3):
        event = decode_frame(joined)
    assert isinstance(event, e.ParticipantJoined)
    assert event.participant.user.name == "x" * MAX_NAME + "…⟦+65,336⟧"
    assert CUT.take() == {"Names longer than 200 characters were cut.": 3}
    assert CUT.take() == {}


def test_what_was_said_is_cut_where_no_message_of_stream_ends():
    caption = {"text": LONG * 2, "speaker_id": "ann", "start_time": 1}
    event = decode_frame(frame("call.closed_caption", closed_caption=caption))
    assert isinstance(event, e.ClosedCaption)
    assert event.closed_caption.text.startswith("x" * MAX_TEXT + "…")
    assert len(event.closed_caption.text) < MAX_TEXT + 20


def test_half_an_id_would_be_another_s():
    whole, long = "i" * MAX_ID, "i" * (MAX_ID + 1)
    for given_id, kind in ((whole, e.KickedUser), (long, e.MalformedEvent)):
        assert isinstance(decode_frame(frame("call.kicked_user", user={"id": given_id})), kind)


def test_a_name_of_a_call_is_cut_or_none():
    for name, shown in ((LONG, "x" * MAX_NAME + "…⟦+65,336⟧"), (["x"], "a"), ("", "a")):
        page = read_calls_page(
            msgspec.json.encode({"calls": [{"call": call(custom={"name": name})}]})
        )
        directory = Directory()
        directory.fold_page(page, asked_at=1.0, now=1.0)
        found = directory.call("default:a")
        assert found is not None
        assert found.name == shown


@pytest.mark.parametrize("count", [-5, 10**9, 10**300])
def test_counts_of_people_are_believable(count):
    session = {"participants_count_by_role": {"user": count, "host": 1}}
    state = call(session={"id": "s", "anonymous_participant_count": count} | session)
    event = decode_frame(frame("call.updated", call=state | {"current_session_id": "s"}))
    directory = Directory()
    directory.apply(event, 1.0)
    found = directory.call("default:a")
    assert found is not None
    assert 0 <= found.people <= 2 * MAX_COUNT
    assert found.people == believable(count) + (1 if count < 0 else MAX_COUNT)


def test_of_more_people_than_can_be_listed_the_rest_is_counted():
    more = MAX_PEOPLE + 50
    state = call([person(n, name="{[é]}") for n in range(more)], current_session_id="s")
    state["session"]["participants_count_by_role"] = {"user": more}
    written = frame("call.updated", call=state)
    directory = Directory()
    directory.apply(decode_frame(written), 1.0)
    found = directory.call("default:a")
    assert found is not None
    assert (found.people, len(directory.everyone("default:a"))) == (more, MAX_PEOPLE)
    assert CUT.take() == {"People of one call beyond 5,000 were left out.": 50}
    joined = frame(
        "call.session_participant_joined", session_id="s", participant=person(more, name="Late")
    )
    directory.apply(decode_frame(joined), 2.0)
    assert len(directory.everyone("default:a")) == MAX_PEOPLE
    assert CUT.take() == {"People of one call beyond 5,000 were left out.": 1}

    page = msgspec.json.encode(
        {"calls": [{"call": state}, {"call": call(cid="default:b", id="b")}]}
    )
    parts = list(calls_page_in_parts(page))
    assert [len(part.calls) for part in parts] == [1, 1, 0]


def test_a_call_that_cannot_be_read_is_not_over():
    page = read_calls_page(msgspec.json.encode({"calls": [{"call": call(type=5)}, {"call": 3}]}))
    assert (page.calls, page.unread, len(page.malformed)) == ((), ("default:a",), 2)


@given(st.text(), st.integers(1, 20))
def test_a_cut_text_begins_as_it_did(text, most):
    cut = cut_text(text, most, "Texts")
    assert cut[:most] == text[:most]
    assert (cut == text) == (len(text) <= most)


async def test_hostile_names_are_told_on_screen(sandbox, console):
    sandbox.call("one", "ann")
    sandbox.world.add_user("bob", LONG)
    sandbox.call("one", "bob")
    console.router.answer(sandbox.sign_in())
    await console.live("default:one")
    console.focus("default:one")
    await console.until(lambda: console.person("bob"))
    assert len(console.person("bob").name) < MAX_NAME + 20
    await console.until(lambda: any("Names longer" in p.sentence for p in console.of(Problem)))
