"""The chat of calls: one channel for each, and the messages in it (STREAM.md 12).

A call's channel has the type ``videocall`` and the id of the call, as in Stream's sample apps
(STREAM.md 12.11). It is there as long as the call is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from console.sandbox.api_errors import ApiError, input_error, not_allowed
from console.sandbox.collection import Collection
from console.sandbox.records import CallRecord, User
from console.sandbox.rendering import fields
from console.sandbox.state import State
from console.sandbox.timestamps import Stamp

CHANNEL_TYPE = "videocall"
MAX_TEXT = 5_000


@dataclass(slots=True)
class Message:
    """One message. Times are unix seconds; ``deleted_at`` is None while it is there.

    ``shadowed``: its author was shadow banned, so only they are to see it.
    """

    id: str
    cid: str
    user: User
    text: str
    created_at: float
    updated_at: float
    shadowed: bool = False
    deleted_at: float | None = None

    def wire(self) -> dict[str, Any]:
        """MessageResponse."""
        counts = ("reply_count", "deleted_reply_count")
        lists = (
            "attachments",
            "latest_reactions",
            "own_reactions",
            "mentioned_users",
            "restricted_visibility",
        )
        flags = ("pinned", "silent", "mentioned_channel", "mentioned_here")
        return {
            **fields(self, "deleted_at"),
            "html": "",
            "type": "regular" if self.deleted_at is None else "deleted",
            **({} if self.deleted_at is None else {"deleted_at": Stamp(self.deleted_at)}),
            **dict.fromkeys(counts, 0),
            **{name: [] for name in lists},
            **dict.fromkeys(flags, False),
            "reaction_counts": {},
            "reaction_scores": {},
            "custom": {},
        }


@dataclass(slots=True)
class Channel:
    """The channel of ``call``; messages by id, oldest first."""

    call: CallRecord
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def cid(self) -> str:
        return channel_cid(self.call.cid)

    @property
    def last_message_at(self) -> float | None:
        """Unix seconds; None before the first message."""
        return max((message.created_at for message in self.messages.values()), default=None)

    def wire(self) -> dict[str, Any]:
        """ChannelResponse."""
        last = self.last_message_at
        return {
            "id": self.call.id,
            "type": CHANNEL_TYPE,
            "cid": self.cid,
            "created_at": Stamp(self.call.created_at),
            "updated_at": Stamp(self.call.updated_at or self.call.created_at),
            "created_by": self.call.created_by,
            "frozen": False,
            "disabled": False,
            **({} if last is None else {"last_message_at": Stamp(last)}),
            "custom": {},
        }


def channel_cid(call_cid: str) -> str:
    """The cid of a call's channel."""
    return f"{CHANNEL_TYPE}:{call_cid.partition(':')[2]}"


class Chat:
    """Stores the channels of all calls and emits an event for every message.

    Attributes:
        messages: those of all channels by id, deleted ones too.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._channels: dict[str, Channel] = {}
        self.messages: Collection[Message] = Collection("Message with id {} doesn't exist")

    def channels(self) -> Iterator[Channel]:
        """The channels of all calls that are not deleted."""
        for call in self._state.calls.values():
            if not call.deleted_at:
                cid = channel_cid(call.cid)
                if cid not in self._channels:
                    self._channels[cid] = Channel(call)
                yield self._channels[cid]

    def channel(self, cid: str) -> Channel:
        """The channel ``cid``.

        Raises:
            ApiError: 404 code 16, there is none.
        """
        for channel in self.channels():
            if channel.cid == cid:
                return channel
        raise ApiError(16, 404, f"Can't find channel with id {cid}")

    def write(self, cid: str, user_id: str, text: str, message_id: str = "") -> Message:
        """A new message in the channel ``cid``.

        Raises:
            ApiError: no such channel or user, a banned user, a text that is too long or empty, an
                id that is taken.
        """
        state, channel = self._state, self.channel(cid)
        user = state.users[user_id]
        if state.banned(user):
            raise not_allowed(f"user {user_id} is suspended from chat")
        _check_text(text)
        if message_id in self.messages:
            raise input_error(f"a message with ID {message_id} already exists")
        now = state.now()
        made = message_id or state.new_id("message")
        message = Message(made, cid, user, text, now, now, user.shadow_banned)
        channel.messages[message.id] = self.messages[message.id] = message
        state.counters.written += 1
        self._emit("message.new", message, user, {"watcher_count": 0})
        return message

    def edit(self, message_id: str, text: str, by: User) -> Message:
        """Another text of a message. Raises ApiError."""
        message = self.messages[message_id]
        _check_text(text)
        message.text, message.updated_at = text, self._state.now()
        self._emit("message.updated", message, by)
        return message

    def delete(self, message_id: str, by: User) -> Message:
        """Take a message away softly: its text can still be read back. Raises ApiError."""
        message = self.messages[message_id]
        message.deleted_at = message.updated_at = self._state.now()
        self._emit("message.deleted", message, by, {"hard_delete": False})
        return message

    def delete_all_of(self, user_id: str, by: str = "", *, hard: bool = False) -> None:
        """Take away what somebody wrote; ``hard`` for good, so that nothing can be read back."""
        users = self._state.users
        for message in [one for one in self.messages.values() if one.user.id == user_id]:
            if message.deleted_at is None:
                self.delete(message.id, users[by or user_id])
            if hard:
                del self.messages[message.id]
                self.channel(message.cid).messages.pop(message.id, None)

    def _emit(
        self, kind: str, message: Message, by: User, more: dict[str, Any] | None = None
    ) -> None:
        channel_type, _, channel_id = message.cid.partition(":")
        self._state.emit(
            kind,
            channel=message.cid,
            payload={
                "cid": message.cid,
                "channel_type": channel_type,
                "channel_id": channel_id,
                "message_id": message.id,
                "message": message.wire(),
                "user": by,
                "custom": {},
                **(more or {}),
            },
            actor=by.id,
        )


def _check_text(text: str) -> None:
    if not text:
        raise input_error("message text is empty")
    if len(text) > MAX_TEXT:
        raise ApiError(20, 400, f"message text is longer than {MAX_TEXT} characters")
