"""Chat messages: what is written in the channel of a call (STREAM.md 12).

They come over a socket of their own, because no client of Stream is known to receive calls and chat
over one (STREAM.md 12.3). Which channel belongs to a call is a convention (STREAM.md 12.11): one
with the call's id, of one of a few types.
"""

import asyncio
import math
from collections.abc import Sequence
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from console.domain.call import Call
from console.domain.item import MESSAGE, Item, Text, identify
from console.domain.sign_in import socket_url
from console.engine.services.directory import Directory
from console.engine.services.service import SessionContext
from console.engine.sources.source import Source, Take, check_of_text
from console.engine.wire.bounded import Bounded, Id
from console.engine.wire.check import CheckRequest
from console.engine.wire.coordinator import Coordinator
from console.engine.wire.decode import FrameDecoder, convert_untrusted
from console.engine.wire.events import ConnectionOk, Event, MalformedEvent, User
from console.engine.wire.limits import MAX_TEXT, MAX_WORD
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.engine.wire.retry import UNKNOWN_CONNECTION, Refusal
from console.engine.wire.timestamps import Moment

ENTITY_TYPE = "stream:chat:v1:message"
CHANNEL_TYPES = ("videocall", "livestream", "messaging")
CONTENT = ("regular", "reply")
"""Types of messages that a person wrote to others."""

CHANNELS = "/api/v2/chat/channels"
CALLS_A_QUERY = 30
MESSAGES_A_CHANNEL = 100
LOOK_S = 1.0
ASK_AGAIN_S = 30.0
"""A channel may be made long after its call."""


class Message(Bounded, frozen=True, kw_only=True):
    """MessageResponse (STREAM.md 12.4)."""

    texts: ClassVar = (("text", MAX_TEXT, "Messages"), ("type", MAX_WORD, "Types"))

    id: Id
    text: str = ""
    type: str = "regular"
    user: User
    created_at: Moment
    updated_at: Moment | None = None


class MessageNew(Event, frozen=True, kw_only=True, tag="message.new"):
    cid: Id
    message: Message


class MessageUpdated(MessageNew, frozen=True, kw_only=True, tag="message.updated"):
    pass


class _Channel(Struct):
    cid: Id


class _State(Struct):
    channel: _Channel
    messages: list[Any] = []


class _Channels(Struct):
    channels: list[Any]


def _call_of(channel_cid: str, directory: Directory) -> Call | None:
    _, _, channel_id = channel_cid.partition(":")
    return next((call for call in directory.calls() if call.id == channel_id), None)


def _read(event: MessageNew, directory: Directory, now: float) -> Item | None:
    message = event.message
    call = _call_of(event.cid, directory)
    if call is None or message.type not in CONTENT:
        return None
    return Item(
        item_id=identify("m", event.cid, message.id),
        kind=MESSAGE,
        cid=call.cid,
        session_id=call.session_id,
        author_id=message.user.id,
        author_name=message.user.shown_name,
        body=Text(message.text),
        start_time=message.created_at.seconds,
        end_time=(message.updated_at or message.created_at).seconds,
        received_at=now,
        source_id=message.id,
    )


def _check(item: Item) -> CheckRequest:
    return check_of_text(item, ENTITY_TYPE, item.source_id)


class _Feed:
    """Watches the channels of all calls (coordinator.Listener).

    A channel that is new to a socket hands on those of its last messages that were written since
    the sign-in: nothing else would bring what was written while there was no socket.
    """

    def __init__(self, context: SessionContext, take: Take) -> None:
        self._context = context
        self._take = take
        self._began = context.clock.now()
        self._connection_id = ""
        self._socket: Coordinator | None = None
        self._ask_at: dict[str, float] = {}
        """When to ask for the channel of a call again (monotonic): never, once it is watched."""

    async def run(self) -> None:
        """Watch until the sign-in ends."""
        url = socket_url(self._context.profile.base_url)
        decode = FrameDecoder((MessageNew, MessageUpdated))
        self._socket = self._context.open_socket(url, "chat", decode, self)
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._socket.run())
            parts.create_task(self._watch())

    def on_connecting(self) -> None:
        """Only the socket of the calls is shown to connect."""

    async def on_live(self, ok: ConnectionOk) -> None:
        self._context.unfed.pop(MESSAGE, None)
        self._ask_at.clear()
        self._connection_id = ok.connection_id

    async def on_event(self, event: Event) -> None:
        if isinstance(event, MessageNew):
            await self._take(event)
        elif isinstance(event, MalformedEvent):
            self._context.channel.problem(event.place, event.sentence)

    def on_silent(self, sentence: str) -> None:
        self._starve()
        self._context.channel.problem("chat", sentence)

    def on_answered(self) -> None:
        self._context.unfed.pop(MESSAGE, None)

    def on_lost(self, sentence: str, retry_at: float) -> None:
        self._starve()
        self._connection_id = ""
        self._context.channel.problem("chat", sentence)

    def on_refused(self, refusal: Refusal) -> None:
        self._starve()
        self._connection_id = ""
        self._context.channel.problem("chat", refusal.sentence)

    def _starve(self) -> None:
        self._context.unfed.setdefault(MESSAGE, self._context.clock.now())

    async def _watch(self) -> None:
        clock = self._context.clock
        while True:
            calls = self._context.directory.calls() if self._connection_id else ()
            due = [call for call in calls if self._ask_at.get(call.cid, 0.0) <= clock.monotonic()]
            for first in range(0, len(due), CALLS_A_QUERY):
                await self._watch_channels(due[first : first + CALLS_A_QUERY])
            await clock.sleep(LOOK_S)

    async def _watch_channels(self, calls: Sequence[Call]) -> None:
        context, connection_id = self._context, self._connection_id
        again_at = context.clock.monotonic() + ASK_AGAIN_S
        self._ask_at |= {call.cid: again_at for call in calls}
        cids = [f"{kind}:{call.id}" for call in calls for kind in {*CHANNEL_TYPES, call.type}]
        body = {
            "filter_conditions": {"cid": {"$in": cids}},
            "limit": CALLS_A_QUERY,
            "message_limit": MESSAGES_A_CHANNEL,
            "state": True,
            "watch": True,
        }
        query = {"connection_id": connection_id}
        try:
            answer = await context.gateway.ask("POST", CHANNELS, body, query, as_user=True)
            states = convert_untrusted(answer, _Channels).channels
        except (StreamRefusedError, msgspec.ValidationError) as error:
            context.channel.problem("chat", str(error))
            forgotten = isinstance(error, RefusedError) and error.code == UNKNOWN_CONNECTION
            if forgotten and connection_id == self._connection_id and self._socket is not None:
                self._connection_id = ""
                self._socket.drop("Stream does not know this connection any more.")
            return
        for untrusted_state in states:
            state = self._read_state(untrusted_state)
            if state is None:
                continue
            call = _call_of(state.channel.cid, context.directory)
            if call is not None and connection_id == self._connection_id:
                self._ask_at[call.cid] = math.inf
            for untrusted in state.messages:
                await self._take_missed(state.channel.cid, untrusted)

    def _read_state(self, untrusted: Any) -> _State | None:
        try:
            return convert_untrusted(untrusted, _State)
        except msgspec.ValidationError as error:
            self._context.channel.problem("chat", str(error))
            return None

    async def _take_missed(self, cid: str, untrusted: Any) -> None:
        try:
            message = convert_untrusted(untrusted, Message)
        except msgspec.ValidationError as error:
            self._context.channel.problem("chat", str(error))
            return
        if (message.updated_at or message.created_at).seconds >= self._began:
            await self._take(MessageNew(cid=cid, message=message))


async def _feed(context: SessionContext, take: Take) -> None:
    await _Feed(context, take).run()


MESSAGES = Source(
    kind=MESSAGE,
    events=(MessageNew, MessageUpdated),
    read=_read,
    check=_check,
    feed=_feed,
)
