"""The team's channel on a socket of its own: what comes in is read, and read again where some
was missed, because Stream does not deliver every event (STREAM.md 12.1).
"""

import asyncio
import contextlib
from typing import Any, ClassVar, Protocol

import msgspec
from msgspec import Struct

from console.domain.sign_in import socket_url
from console.domain.team import TeamMember
from console.engine.services.service import SessionContext
from console.engine.team.envelope import FIELD
from console.engine.wire.bounded import Bounded, Id
from console.engine.wire.coordinator import Coordinator
from console.engine.wire.decode import FrameDecoder, convert_untrusted
from console.engine.wire.events import ConnectionOk, Event, MalformedEvent, User
from console.engine.wire.limits import MAX_WORD
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.engine.wire.retry import UNKNOWN_CONNECTION, Refusal
from console.engine.wire.timestamps import Moment

CHANNELS = "/api/v2/chat/channels"
MOST_MESSAGES = 300
"""Words in so many last messages are read: what Stream gives in one answer (STREAM.md 12.4)."""
READ_EVERY_S = 60.0
ASK_AGAIN_S = 15.0
MAX_MEMBERS = 200


class TeamMessage(Bounded, frozen=True, kw_only=True):
    """MessageResponse, with what its console put beside the text."""

    texts: ClassVar = (("type", MAX_WORD, "Types"),)

    id: Id
    type: str = "regular"
    user: User
    created_at: Moment
    custom: Any = None


class TeamMessageNew(Event, frozen=True, kw_only=True, tag="message.new"):
    cid: Id
    message: TeamMessage


class TeamEvent(Event, frozen=True, kw_only=True, tag=FIELD):
    cid: Id
    user: User
    custom: Any = None


class _Member(Struct):
    user_id: Id | None = None
    user: User | None = None


class _ChannelId(Struct):
    cid: Id


class _State(Struct):
    channel: _ChannelId
    messages: list[Any] = []
    members: list[Any] = []


class _Channels(Struct):
    channels: list[Any]


class Reader(Protocol):
    """Who reads what is told. Called on the loop, in order."""

    async def on_history(self, messages: list[TeamMessage], members: list[TeamMember]) -> None:
        """The last messages, oldest first, and who can read the channel."""

    async def on_message(self, message: TeamMessage) -> None:
        """Somebody wrote a message."""

    async def on_told(self, event: TeamEvent) -> None:
        """A console sent an event."""

    def on_line(self, sentence: str) -> None:
        """Why nothing can be read now, in one sentence; "" where it can be again."""


class TeamLine:
    """Reads one channel until the sign-in ends (coordinator.Listener)."""

    def __init__(self, context: SessionContext, channel_cid: str, reader: Reader) -> None:
        self._context = context
        self._cid = channel_cid
        self._reader = reader
        self._connection_id = ""
        self._socket: Coordinator | None = None
        self._read_now = asyncio.Event()

    async def run(self) -> None:
        """Read for as long as this runs."""
        url = socket_url(self._context.profile.base_url)
        decode = FrameDecoder((TeamMessageNew, TeamEvent))
        self._socket = self._context.open_socket(url, "chat", decode, self)
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._socket.run())
            parts.create_task(self._read())

    def read_again(self) -> None:
        """Something was missed: read the last messages once more."""
        self._read_now.set()

    def on_connecting(self) -> None:
        """Only the socket of the calls is shown to connect."""

    async def on_live(self, ok: ConnectionOk) -> None:
        self._connection_id = ok.connection_id
        self._read_now.set()

    async def on_event(self, event: Event) -> None:
        if isinstance(event, TeamMessageNew) and event.cid == self._cid:
            await self._reader.on_message(event.message)
        elif isinstance(event, TeamEvent) and event.cid == self._cid:
            await self._reader.on_told(event)
        elif isinstance(event, MalformedEvent):
            self._context.channel.problem(event.place, event.sentence)

    def on_silent(self, sentence: str) -> None:
        self._reader.on_line(sentence)

    def on_answered(self) -> None:
        self._read_now.set()

    def on_lost(self, sentence: str, retry_at: float) -> None:
        self._connection_id = ""
        self._reader.on_line(sentence)

    def on_refused(self, refusal: Refusal) -> None:
        self._connection_id = ""
        self._reader.on_line(refusal.sentence)

    async def _read(self) -> None:
        wait = READ_EVERY_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with self._context.clock.timeout(wait):
                    await self._read_now.wait()
            self._read_now.clear()
            if self._connection_id:
                wait = READ_EVERY_S if await self._read_once() else ASK_AGAIN_S

    async def _read_once(self) -> bool:
        body = {
            "filter_conditions": {"cid": {"$in": [self._cid]}},
            "limit": 1,
            "message_limit": MOST_MESSAGES,
            "member_limit": 100,
            "state": True,
            "watch": True,
        }
        query = {"connection_id": self._connection_id}
        try:
            answer = await self._context.gateway.ask("POST", CHANNELS, body, query, as_user=True)
            states = convert_untrusted(answer, _Channels).channels
            state = convert_untrusted(states[0], _State) if states else None
        except (StreamRefusedError, msgspec.ValidationError) as error:
            self._reader.on_line(f"The team's channel cannot be read: {error}")
            forgotten = isinstance(error, RefusedError) and error.code == UNKNOWN_CONNECTION
            if forgotten and self._socket is not None:
                self._socket.drop("Stream does not know this connection any more.")
            return False
        if state is None or state.channel.cid != self._cid:
            self._reader.on_line(f"There is no channel {self._cid}, or you are no member of it.")
            return False
        messages = [one for each in state.messages if (one := self._message(each))]
        members = [who for each in state.members[:MAX_MEMBERS] if (who := _member(each))]
        messages.sort(key=lambda one: (one.created_at.seconds, one.id))
        await self._reader.on_history(messages, members)
        self._reader.on_line("")
        return True

    def _message(self, untrusted: Any) -> TeamMessage | None:
        try:
            return convert_untrusted(untrusted, TeamMessage)
        except msgspec.ValidationError as error:
            self._context.channel.problem("team", str(error))
            return None


def _member(untrusted: Any) -> TeamMember | None:
    try:
        member = convert_untrusted(untrusted, _Member)
    except msgspec.ValidationError:
        return None
    user = member.user
    if user is not None:
        return TeamMember(user_id=user.id, name=user.shown_name, role=user.role)
    return TeamMember(user_id=member.user_id, name="", role="") if member.user_id else None
