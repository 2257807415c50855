"""Watches the chat channels of all calls, and reads again what their socket did not bring."""

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from console.domain.call import Call
from console.domain.item import FOR_GOOD, MESSAGE, SOFTLY
from console.domain.sign_in import socket_url
from console.engine.services.service import SessionContext
from console.engine.sources.attached_pictures import AttachedPictures
from console.engine.sources.call_channels import CallChannels
from console.engine.sources.missed_messages import MissedMessages
from console.engine.sources.recent_messages import RecentMessages
from console.engine.sources.source import Take
from console.engine.sources.written import Written
from console.engine.wire.channel_events import ChannelEvent
from console.engine.wire.channel_pages import A_PAGE, messages_of
from console.engine.wire.chat import (
    CHANNELS,
    OF_CHATS,
    Channel,
    Message,
    MessageDeleted,
    MessageNew,
    Muter,
    MutesUpdated,
    UserMessagesDeleted,
)
from console.engine.wire.coordinator import Coordinator
from console.engine.wire.decode import FrameDecoder, convert_untrusted
from console.engine.wire.events import ConnectionOk, Event, MalformedEvent
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.engine.wire.retry import UNKNOWN_CONNECTION, Refusal

CALLS_A_QUERY = 30
CHANNELS_A_PAGE = 30
"""Stream gives no more in one answer (STREAM.md 12.4)."""
LOOK_S = 1.0
READ_AGAIN_S = 20.0
"""A channel in which something was written is read again: Stream delivers about five messages a
second to a client, and loses the rest (STREAM.md 12.1)."""
QUERIES_AT_ONCE = 30
"""So many go out without a pause, then one a second: Stream takes 60 a minute of one user."""

NO_ACCESS = (17, 70)
"""Codes that mean that a channel may be there, and not for this user (STREAM.md 12.9)."""


class _State(Struct):
    channel: Channel
    messages: list[Any] = []


class _Channels(Struct):
    channels: list[Any]


class MessagesFeed:
    """Hands on what is written in the chats of calls (coordinator.Listener).

    A channel that is new to a socket hands on those of its last messages that were written since
    the sign-in: nothing else would bring what was written while there was no socket.
    """

    def __init__(self, context: SessionContext, take: Take) -> None:
        self._context = context
        self._take = take
        self._began = context.clock.now()
        self._connection_id = ""
        self._socket: Coordinator | None = None
        self._channels = CallChannels(context.directory, context.profile.chat_rule)
        self._recent = RecentMessages()
        self._missed = MissedMessages(context, self._recent, self._hand_on)
        self._pictures = AttachedPictures(context, take)
        self._lively: dict[str, float] = {}
        """Channels in which something was written, and when they are read again (monotonic)."""
        self._queries = 0
        self._told: set[str] = set()

    async def run(self) -> None:
        """Watch until the sign-in ends."""
        url = socket_url(self._context.profile.base_url)
        decode = FrameDecoder(OF_CHATS)
        self._socket = self._context.open_socket(url, "chat", decode, self)
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._socket.run())
            parts.create_task(self._watch())
            parts.create_task(self._pictures.run())

    # -- what the socket brings

    def on_connecting(self) -> None:
        """Only the socket of the calls is shown to connect."""

    async def on_live(self, ok: ConnectionOk) -> None:
        self._context.unfed.pop(MESSAGE, None)
        self._channels.forget_watched()
        self._missed.back()
        self._connection_id = ok.connection_id
        if ok.me.mutes is not None:
            await self._take_mutes(ok)

    async def _take_mutes(self, ok: ConnectionOk) -> None:
        """Whom the one who is signed in did not want to read before, or since another socket."""
        try:
            me = convert_untrusted({"mutes": ok.me.mutes}, Muter)
        except msgspec.ValidationError as error:
            self._context.channel.problem("chat", str(error))
            return
        await self._context.take_in(MutesUpdated(created_at=ok.created_at, me=me))

    async def on_event(self, event: Event) -> None:
        if isinstance(event, MalformedEvent):
            self._context.channel.problem(event.place, event.sentence)
            return
        if isinstance(event, MessageNew):
            await self._on_message(event)
        elif isinstance(event, UserMessagesDeleted):
            deleted = FOR_GOOD if event.hard_delete else SOFTLY
            for channel, message in self._recent.of_author(event.user.id, event.cid or ""):
                await self._hand_on(channel, message, deleted)
        if isinstance(event, ChannelEvent | UserMessagesDeleted | MutesUpdated):
            await self._context.take_in(event)

    async def _on_message(self, event: MessageNew) -> None:
        if isinstance(event, MessageDeleted) and event.deleted_for_me:
            return  # one person does not want to see it any more
        self._lively.setdefault(event.cid, self._context.clock.monotonic() + READ_AGAIN_S)
        await self._hand_on(event.cid, event.message, event.deleted)

    async def _hand_on(self, channel: str, message: Message, deleted: str) -> None:
        call = self._channels.call_of(channel)
        if call is None:
            return
        known = self._recent.knows(channel, message.id)
        if self._recent.is_news(channel, message, deleted):
            await self._take(Written(channel=channel, message=message, call=call, deleted=deleted))
            if not known and not deleted:
                self._pictures.offer(call, channel, message)

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
        self._missed.lost()
        self._context.unfed.setdefault(MESSAGE, self._context.clock.now())

    # -- reading

    async def _watch(self) -> None:
        clock = self._context.clock
        while True:
            calls = self._channels.due(clock.monotonic()) if self._connection_id else []
            for first in range(0, len(calls), CALLS_A_QUERY):
                await self._look_for(calls[first : first + CALLS_A_QUERY])
            await self._read_again()
            self._queries = max(0, self._queries - 1)
            await clock.sleep(LOOK_S)

    async def _look_for(self, calls: Sequence[Call]) -> None:
        connection_id = self._connection_id
        self._channels.asked(calls, self._context.clock.monotonic())
        cids = list(dict.fromkeys(p for call in calls for p in self._channels.places(call)))
        states = await self._read(cids, connection_id)
        if states is None or connection_id != self._connection_id:
            return
        there = {state.channel.cid: state for state in states}
        for call in self._channels.found(calls, there):
            if call.names_channel and call.cid not in self._told:
                self._told.add(call.cid)
                self._context.channel.problem(
                    f"chat of {call.cid}",
                    "The call names a chat channel that is not there, or that you may not read.",
                )
        for state in states:
            await self._take_state(state)

    async def _read_again(self) -> None:
        now = self._context.clock.monotonic()
        due = [cid for cid, at in self._lively.items() if at <= now][:CHANNELS_A_PAGE]
        if not due or not self._connection_id:
            return
        for cid in due:
            del self._lively[cid]
        for state in await self._read(due, self._connection_id) or ():
            await self._take_state(state)

    async def _read(self, cids: list[str], connection_id: str) -> list[_State] | None:
        """The channels of these that can be read, which are watched then; None where it failed."""
        found: list[_State] = []
        for offset in range(0, len(cids), CHANNELS_A_PAGE):
            await self._pace()
            page = await self._page(cids, connection_id, offset)
            if page is None:
                return None
            found += [state for each in page if (state := self._read_state(each)) is not None]
            if len(page) < CHANNELS_A_PAGE:
                break
        return found

    async def _pace(self) -> None:
        self._queries += 1
        if self._queries > QUERIES_AT_ONCE:
            await self._context.clock.sleep(LOOK_S)

    async def _page(self, cids: list[str], connection_id: str, offset: int) -> list[Any] | None:
        context = self._context
        body: dict[str, Any] = {
            "filter_conditions": {"cid": {"$in": cids}},
            "sort": [{"field": "created_at", "direction": 1}],
            "limit": CHANNELS_A_PAGE,
            "message_limit": A_PAGE,
            "state": True,
            "watch": True,
        }
        if offset:
            body["offset"] = offset
        query = {"connection_id": connection_id}
        try:
            answer = await context.gateway.ask("POST", CHANNELS, body, query, as_user=True)
            return convert_untrusted(answer, _Channels).channels
        except (StreamRefusedError, msgspec.ValidationError) as error:
            code = error.code if isinstance(error, RefusedError) else 0
            access = "You may not read the chats of calls. " if code in NO_ACCESS else ""
            context.channel.problem("chat", f"{access}{error}")
            if (
                code == UNKNOWN_CONNECTION
                and connection_id == self._connection_id
                and self._socket is not None
            ):
                self._connection_id = ""
                self._socket.drop("Stream does not know this connection any more.")
            return None

    def _read_state(self, untrusted: Any) -> _State | None:
        try:
            return convert_untrusted(untrusted, _State)
        except msgspec.ValidationError as error:
            self._context.channel.problem("chat", str(error))
            return None

    async def _take_state(self, state: _State) -> None:
        channel = state.channel
        for cid in self._channels.all_of(channel.cid):
            self._context.directory.hold(cid, chat_cooldown=max(0, channel.cooldown))
        self._context.publisher.publish_soon()
        messages = messages_of(state.messages, self._context.channel.problem)
        for message in messages:
            if (message.updated_at or message.created_at).seconds >= self._began:
                await self._hand_on(channel.cid, message, message.deleted)
        call = self._channels.call_of(channel.cid)
        if call is not None:
            await self._missed.compare(channel.cid, call, messages)
