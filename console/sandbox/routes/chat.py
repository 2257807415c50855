"""Channels and the messages in them (STREAM.md 12.4, 12.5)."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.channel_capabilities import own_capabilities
from console.sandbox.channels import Channel
from console.sandbox.chat_messages import Message
from console.sandbox.filters import Field, compiled
from console.sandbox.operation import Asked
from console.sandbox.query import OffsetQuery, ordered
from console.sandbox.records import User

FIELDS: dict[str, Field[Channel]] = {
    "cid": Field(lambda channel: channel.cid),
    "id": Field(lambda channel: channel.id),
    "type": Field(lambda channel: channel.type),
    "members": Field(lambda channel: list(channel.members)),
    "created_at": Field(lambda channel: channel.created_at, "date"),
    "last_message_at": Field(lambda channel: channel.last_message_at, "date"),
}

_SORTS = {
    "created_at": lambda channel: channel.created_at,
    "last_message_at": lambda channel: channel.last_message_at or 0.0,
}


class QueryChannels(OffsetQuery):
    limit: Annotated[int, Meta(ge=0, le=30)] | None = None
    message_limit: Annotated[int, Meta(ge=0, le=300)] | None = None
    watch: bool | None = None


class MessageText(Struct):
    text: str = ""
    id: str | None = None
    user_id: str | None = None
    custom: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] | None = None


class SendMessage(Struct):
    message: MessageText
    force_moderation: bool | None = None


class Undelete(Struct):
    undeleted_by: str


async def query_channels(asked: Asked, wanted: QueryChannels) -> dict[str, Any]:
    limit = 10 if wanted.limit is None else wanted.limit
    messages = 25 if wanted.message_limit is None else wanted.message_limit
    fits = compiled(wanted.filter_conditions, FIELDS)
    caller = None if asked.who.server else asked.caller
    found = [one for one in asked.world.chat.channels() if one.lets_in(caller) and fits(one)]
    rows = ordered(found, wanted.sort, _SORTS, "last_message_at", lambda channel: channel.cid)
    chosen = rows[wanted.offset or 0 :][:limit]
    connection_id = asked.query.get("connection_id", "")
    if wanted.watch and not connection_id:
        raise input_error("Watch or Presence requires an active websocket connection")
    if wanted.watch:
        cids = [channel.cid for channel in chosen]
        asked.sockets.watch_channels(connection_id, asked.who.user_id, cids)
    return {"channels": [channel_state(asked, channel, messages) for channel in chosen]}


async def send_message(asked: Asked) -> dict[str, Any]:
    sent = asked.body(SendMessage)
    wanted = sent.message
    user_id = asked.actor(wanted.user_id)
    if not user_id:
        raise input_error("either user or user_id must be provided when using server side auth")
    message = asked.world.gate.send(
        asked.cid,
        user_id,
        wanted.text,
        wanted.id or "",
        wanted.custom,
        wanted.attachments,
        by_server=asked.who.server,
        moderated=not asked.who.server or bool(sent.force_moderation),
    )
    return {"message": message.wire()}


async def get_message(asked: Asked) -> dict[str, Any]:
    message = asked.world.chat.messages[asked.path["message_id"]]
    channel = asked.world.chat.channel(message.cid)
    return {"message": {**message.wire(), "channel": channel.wire()}}


async def update_message(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(SendMessage).message
    message, by = _own(asked, wanted.user_id)
    return {"message": asked.world.chat.edit(message.id, wanted.text, by).wire()}


async def delete_message(asked: Asked) -> dict[str, Any]:
    message, by = _own(asked, asked.query.get("deleted_by"))
    hard = asked.query.get("hard") == "true"
    return {"message": asked.world.chat.delete(message.id, by, hard=hard).wire()}


async def undelete_message(asked: Asked, wanted: Undelete) -> dict[str, Any]:
    message = asked.world.chat.messages[asked.path["message_id"]]
    by = asked.world.state.users[wanted.undeleted_by]
    if message.deleted_at is None:
        raise input_error(f"message {message.id} is not deleted")
    return {"message": asked.world.chat.undelete(message.id, by).wire()}


def _own(asked: Asked, claimed: str | None) -> tuple[Message, User]:
    """The message of the path, and who changes it: its author, or with a role for all messages."""
    message = asked.world.chat.messages[asked.path["message_id"]]
    by = asked.world.state.users[asked.actor(claimed) or message.user.id]
    if not asked.who.server and by.id != message.user.id and by.role not in ("admin", "moderator"):
        raise not_allowed(f"User '{by.id}' is not allowed to change the message of somebody else")
    return message, by


def channel_state(
    asked: Asked, channel: Channel, messages: int, before: str = ""
) -> dict[str, Any]:
    """ChannelStateResponse, with the newest messages, or those before the one with the id
    ``before``. Deleted messages are left out (?).
    """
    there = [message for message in channel.messages.values() if message.deleted_at is None]
    if before in channel.messages:
        first = list(channel.messages).index(before)
        older = set(list(channel.messages)[:first])
        there = [message for message in there if message.id in older]
    return {
        "channel": answered(asked, channel),
        "messages": [message.wire() for message in there[-messages:]] if messages else [],
        "members": channel.members_wire(asked.world.state.users),
        "pinned_messages": [],
        "threads": [],
    }


def answered(asked: Asked, channel: Channel) -> dict[str, Any]:
    """ChannelResponse for who asks, with what they may do there."""
    caller = None if asked.who.server else asked.caller
    if caller is None:
        return channel.wire()
    return {**channel.wire(), "own_capabilities": sorted(own_capabilities(channel, caller))}
