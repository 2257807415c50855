"""The chat: one channel for each call, those that are made for members, and what is written there.

A call's channel has the type ``videocall`` and the id of the call, as in Stream's sample apps
(STREAM.md 12.11). It is there as long as the call is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from console.sandbox.api_errors import ApiError, input_error, not_allowed
from console.sandbox.channels import Channel
from console.sandbox.chat_messages import Message
from console.sandbox.collection import Collection
from console.sandbox.records import CallRecord, User
from console.sandbox.state import State

CHANNEL_TYPE = "videocall"
MAX_TEXT = 5_000
MAX_COOLDOWN = 120
MAX_CUSTOM = 5 * 1024
"""Bytes of JSON of what a message or an event carries besides its text (STREAM.md 12.9)."""


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
        self._made: dict[str, Channel] = {}
        self.messages: Collection[Message] = Collection("Message with id {} doesn't exist")

    def channels(self) -> Iterator[Channel]:
        """The channels of all calls that are not deleted, then those that were made."""
        for call in self._state.calls.values():
            if not call.deleted_at:
                cid = channel_cid(call.cid)
                if cid not in self._channels:
                    self._channels[cid] = _channel_of(call)
                yield self._channels[cid]
        yield from self._made.values()

    def channel(self, cid: str) -> Channel:
        """The channel ``cid``.

        Raises:
            ApiError: 404 code 16, there is none.
        """
        for channel in self.channels():
            if channel.cid == cid:
                return channel
        raise ApiError(16, 404, f"Can't find channel with id {cid}")

    def make(self, kind: str, channel_id: str, by: User, members: Iterable[str]) -> Channel:
        """A new channel of these members, its maker among them.

        Raises:
            ApiError: 404, a member is no user.
        """
        users, now = self._state.users, self._state.now()
        channel = Channel(kind, channel_id, by, now, now)
        channel.add([by.id, *(users[user_id].id for user_id in members)], now)
        self._made[channel.cid] = channel
        return channel

    def enter(self, cid: str, user: User | None) -> Channel:
        """The channel ``cid``, for somebody who reads or writes there.

        Raises:
            ApiError: 404 code 16, there is none; 403 code 17, it does not let them in.
        """
        channel = self.channel(cid)
        if not channel.lets_in(user):
            who = user.id if user is not None else ""
            raise not_allowed(f"User '{who}' is not allowed to perform action ReadChannel")
        return channel

    def tell(self, cid: str, kind: str, by: User, custom: dict[str, Any]) -> None:
        """An event of an app's own kind, which nobody keeps. Raises ApiError."""
        channel = self.enter(cid, by)
        if not kind or "." in kind:
            raise input_error("the type of a custom event must not contain a dot")
        _check_custom(custom)
        self._state.emit(
            kind,
            channel=cid,
            payload={
                "cid": cid,
                "channel_type": channel.type,
                "channel_id": channel.id,
                "user": by,
                "custom": custom,
            },
            actor=by.id,
        )

    def write(
        self,
        cid: str,
        user_id: str,
        text: str,
        message_id: str = "",
        custom: dict[str, Any] | None = None,
        attachments: list[dict[str, Any]] | None = None,
    ) -> Message:
        """A new message in the channel ``cid``, which nobody judges. Raises as :meth:`prepare`."""
        return self.publish(self.prepare(cid, user_id, text, message_id, custom, attachments))

    def prepare(
        self,
        cid: str,
        user_id: str,
        text: str,
        message_id: str = "",
        custom: dict[str, Any] | None = None,
        attachments: list[dict[str, Any]] | None = None,
        *,
        paced: bool = True,
    ) -> Message:
        """A message that could be published now. ``paced``: slow mode holds for its author.

        Raises:
            ApiError: no such channel or user, a banned user, one who is no member or writes again
                too soon, a text that is too long or empty, too much besides it, an id that is
                taken.
        """
        state = self._state
        user = state.users[user_id]
        channel = self.enter(cid, user)
        if state.banned(user, cid):
            raise not_allowed(f"user {user_id} is suspended from chat")
        if paced:
            self._check_pace(channel, user)
        if text or not attachments:
            _check_text(text)
        _check_custom({**(custom or {}), "attachments": attachments or []})
        if message_id in self.messages and not self.messages[message_id].error:
            raise input_error(f"a message with ID {message_id} already exists")
        now = state.now()
        made = message_id or state.new_id("message")
        shadow = state.bans.get((user.id, cid))
        shadowed = user.shadow_banned or bool(shadow and shadow.shadow)
        message = Message(made, cid, user, text, now, now, shadowed)
        message.custom = custom or {}
        message.attachments = attachments or []
        return message

    def hold(self, message: Message) -> None:
        """Remember a message that nobody gets to see, so that it can be published after all."""
        self.messages[message.id] = message

    def publish(self, message: Message) -> Message:
        """Show a message to all who watch its channel."""
        state, user, channel = self._state, message.user, self.channel(message.cid)
        channel.wrote[user.id] = state.now()
        channel.messages[message.id] = self.messages[message.id] = message
        state.counters.written += 1
        self._emit("message.new", message, user, {"watcher_count": 0})
        return message

    def edit(self, message_id: str, text: str, by: User) -> Message:
        """Another text of a message. Raises ApiError."""
        message = self.messages[message_id]
        _check_text(text)
        message.text = text
        message.updated_at = message.text_updated_at = self._state.now()
        self._emit("message.updated", message, by)
        return message

    def delete(self, message_id: str, by: User, *, hard: bool = False) -> Message:
        """Take a message away: softly, so that its text can be read back, or for good.

        Raises:
            ApiError: there is no such message.
        """
        message = self.messages[message_id]
        message.deleted_at = message.updated_at = self._state.now()
        self._emit("message.deleted", message, by, {"hard_delete": hard})
        if hard:
            del self.messages[message_id]
            self.channel(message.cid).messages.pop(message_id, None)
        return message

    def undelete(self, message_id: str, by: User) -> Message:
        """Put back a message that was taken away softly.

        Raises:
            ApiError: there is no such message.
        """
        message = self.messages[message_id]
        message.deleted_at, message.updated_at = None, self._state.now()
        self._emit("message.undeleted", message, by)
        return message

    def change(
        self, cid: str, by: User, *, cooldown: int | None = None, frozen: bool | None = None
    ) -> Channel:
        """Make a channel slow, or as fast as before; freeze it, or thaw it.

        Raises:
            ApiError: there is no such channel; 400, a cooldown of more than two minutes.
        """
        channel = self.channel(cid)
        if cooldown is not None:
            if not 0 <= cooldown <= MAX_COOLDOWN:
                raise input_error(f"cooldown must be between 0 and {MAX_COOLDOWN} seconds")
            channel.cooldown = cooldown
        channel.frozen = channel.frozen if frozen is None else frozen
        channel.updated_at = self._state.now()
        self._state.emit(
            "channel.updated",
            channel=cid,
            payload={
                "cid": cid,
                "channel_type": channel.type,
                "channel_id": channel.id,
                "channel": channel.wire(),
                "user": by,
                "custom": {},
            },
            actor=by.id,
        )
        return channel

    def _check_pace(self, channel: Channel, user: User) -> None:
        """Slow mode, which staff is exempt from."""
        if user.role in ("admin", "moderator") or not channel.cooldown:
            return
        since = self._state.now() - channel.wrote.get(user.id, float("-inf"))
        if since < channel.cooldown:
            raise ApiError(60, 403, f"Channel is in slow mode, wait {channel.cooldown} seconds")

    def delete_all_of(self, user_id: str, by: str = "", *, hard: bool = False) -> None:
        """Take away what somebody wrote; ``hard`` for good, so that nothing can be read back."""
        users = self._state.users
        for message in [
            one for one in self.messages.values() if one.user.id == user_id and not one.error
        ]:
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


def _check_custom(custom: dict[str, Any]) -> None:
    if len(msgspec.json.encode(custom)) > MAX_CUSTOM:
        raise input_error(f"custom data is larger than {MAX_CUSTOM} bytes")


def _channel_of(call: CallRecord) -> Channel:
    kind, _, channel_id = channel_cid(call.cid).partition(":")
    changed = call.updated_at or call.created_at
    return Channel(kind, channel_id, call.created_by, call.created_at, changed)
