"""Whatever comes from outside, nothing is raised but refusals, and nothing endless gets in.

``make fuzz`` draws forty times as many.
"""

import base64
import time

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import WorldError
from console.domain.call import Call
from console.domain.sign_in import Method, Profile
from console.engine.services.directory import Directory
from console.engine.services.notices import notices_of
from console.engine.sources.registry import SOURCES
from console.engine.sources.written import Written, read_written
from console.engine.wire import events as e
from console.engine.wire.answer import Answer, accept, read_object, refusal_of
from console.engine.wire.channel_events import ChannelBanned, ChannelUnbanned
from console.engine.wire.chat import MessageNew
from console.engine.wire.check import read_check
from console.engine.wire.decode import (
    FrameDecoder,
    MalformedAnswerError,
    calls_page_in_parts,
    decode_frame,
    read_call,
    read_participants,
    read_users,
)
from console.engine.wire.limits import MAX_NAME, MAX_TEXT
from console.engine.wire.refusals import RateLimitedError, RefusedError, StreamRefusedError
from console.engine.wire.sign_in_token import credentials
from console.protocol import codec
from console.protocol.to_window import CallsChanged, Noticed, ParticipantsChanged
from tests.engine.hostile import ANSWERS, CHAT, EVENT, KINDS, MESSAGE, spoiled

NOW = 1_800_000_000.0
LONGEST_LINE = 200_000
"""Bytes to the window for one event of these few people."""

TALK = Call(cid="default:one", type="default", id="one", name="One")
decode_chat = FrameDecoder(CHAT)
spoiled_events = st.sampled_from(KINDS).flatmap(
    lambda kind: spoiled(EVENT | {"type": kind.__struct_config__.tag})
)
spoiled_messages = st.sampled_from(CHAT).flatmap(
    lambda kind: spoiled(EVENT | {"type": kind.__struct_config__.tag, "message": MESSAGE})
)
headers = st.sampled_from(["", "7", "-1", "9" * 99, "soon", "Tue, 01 Jan 2065 00:00:00 GMT"])
answers = st.builds(
    Answer,
    status=st.sampled_from([200, 201, 204, 301, 400, 401, 403, 404, 408, 429, 500, 503, 999, 0]),
    body=spoiled(ANSWERS) | st.binary(max_size=50) | st.just(b"<html>"),
    whole=st.booleans(),
    retry_after=headers | st.text(max_size=50),
    date=headers,
)


def told(directory: Directory) -> int:
    """Bytes of everything that the window is told of a directory."""
    changes = directory.take_changes()
    calls = tuple(call for cid in changes.calls if (call := directory.call(cid)) is not None)
    lines = [codec.encode(CallsChanged(changed=calls, removed=tuple(changes.removed)))]
    for cid in directory.cids():
        people = directory.everyone(cid)
        for person in people:
            assert len(person.name) < MAX_NAME + 20
        lines.append(codec.encode(ParticipantsChanged(cid=cid, session_id="", changed=people)))
    reader = codec.window_reader()
    for line in lines:
        reader.decode(line.rstrip(b"\n"))
    return sum(map(len, lines))


@given(spoiled_events, spoiled_events)
def test_any_two_frames(first, second):
    directory = Directory()
    for frame in (first, second):
        event = decode_frame(frame)
        directory.apply(event, NOW)
        notices = notices_of(
            event,
            now=NOW,
            name_of=directory.called,
            calls_of=directory.calls_with,
            devices_of=lambda cid, user_id: len(directory.devices(cid, user_id)),
        )
        assert len(codec.encode(Noticed(notices=notices))) < LONGEST_LINE
        for source in SOURCES:
            if isinstance(event, source.events):
                item = source.read(event, directory, NOW)
                assert item is None or len(item.text) < MAX_TEXT + 20
        assert told(directory) < LONGEST_LINE


@given(spoiled_messages)
def test_any_frame_of_a_chat(frame):
    event = decode_chat(frame)
    others = (ChannelBanned, ChannelUnbanned, e.MalformedEvent, e.Unknown)
    assert isinstance(event, (*CHAT, *others))
    if isinstance(event, MessageNew):
        item = read_written(
            Written(channel=event.cid, message=event.message, call=TALK, deleted=event.deleted), NOW
        )
        assert item is None or len(item.text) < MAX_TEXT + 20


@given(answers)
def test_any_answer(answer):
    refusal = refusal_of(answer, NOW)
    if refusal is not None:
        assert isinstance(refusal, StreamRefusedError)
        assert len(str(refusal)) < 6_000  # a mark for each of a few hundred signs that deceive
        assert refusal.retryable or isinstance(refusal, RefusedError)
        if isinstance(refusal, RateLimitedError):
            assert 0 < refusal.retry_after <= 30
        return
    for read in (accept, read_object):
        try:
            read(answer)
        except StreamRefusedError as error:
            assert error.retryable  # noqa: PT017 - it may also be read


@given(spoiled(ANSWERS))
def test_what_is_in_an_answer(body):
    try:
        answer = read_object(Answer(status=200, body=body))
    except StreamRefusedError:
        return
    for read in (read_check, read_call, read_participants, read_users):
        try:
            found = read(answer)
        except MalformedAnswerError as error:
            assert len(str(error)) < 2_000  # noqa: PT017 - it may also be read
        else:
            assert len(msgspec.json.encode(found, enc_hook=repr)) < LONGEST_LINE


@given(spoiled(ANSWERS))
def test_any_page_of_calls(body):
    directory = Directory()
    try:
        for part in calls_page_in_parts(body):
            directory.fold_page(part, asked_at=NOW, now=NOW)
            assert all(len(sentence) < 2_000 for sentence in part.malformed)
            assert len(part.next) < 10_000
    except MalformedAnswerError:
        return
    assert told(directory) < LONGEST_LINE


@given(
    st.text(max_size=60)
    | spoiled({"user_id": "ann", "exp": NOW + 60, "iat": 1}).map(
        lambda claims: "h." + base64.urlsafe_b64encode(claims).decode() + ".s"
    )
)
def test_any_token(token):
    profile = Profile(name="p", api_key="k", method=Method.TOKEN)
    try:
        whose = credentials(profile, token, time.time())
    except WorldError:
        return
    assert whose.user_id
