"""Channels that are made for members, and events of an app's own in them (STREAM.md 12.4)."""

from typing import Any

from msgspec import Struct

from console.sandbox.api_errors import ApiError, input_error, not_allowed
from console.sandbox.operation import Asked
from console.sandbox.records import User
from console.sandbox.routes.chat import answered, channel_state
from console.sandbox.timestamps import Stamp


class Member(Struct):
    user_id: str


class ChannelData(Struct, frozen=True):
    created_by_id: str | None = None
    members: tuple[Member, ...] | None = None
    custom: dict[str, Any] | None = None


class Messages(Struct, frozen=True):
    limit: int | None = None
    id_lt: str | None = None


class GetOrCreate(Struct):
    data: ChannelData | None = None
    messages: Messages | None = None
    state: bool | None = None
    watch: bool | None = None


class Frozen(Struct):
    frozen: bool | None = None
    cooldown: int | None = None


class UpdateChannel(Struct):
    add_members: list[Member] | None = None
    remove_members: list[str] | None = None
    user_id: str | None = None
    cooldown: int | None = None
    data: Frozen | None = None


class Partial(Struct):
    set: Frozen | None = None
    unset: list[str] | None = None
    user_id: str | None = None


class OwnEvent(Struct):
    type: str
    custom: dict[str, Any] | None = None
    user_id: str | None = None


class SendEvent(Struct):
    event: OwnEvent


async def get_or_create(asked: Asked, wanted: GetOrCreate) -> dict[str, Any]:
    chat = asked.world.chat
    try:
        channel = chat.enter(asked.cid, None if asked.who.server else asked.caller)
    except ApiError as error:
        if error.code != 16:
            raise
        data = wanted.data or ChannelData()
        by = _named(asked, data.created_by_id)
        members = [one.user_id for one in data.members or ()]
        channel = chat.make(asked.path["type"], asked.path["id"], by, members)
        channel.custom = data.custom or {}
    if wanted.watch:
        connection_id = asked.query.get("connection_id", "")
        if not connection_id:
            raise input_error("Watch or Presence requires an active websocket connection")
        asked.sockets.watch_channels(connection_id, asked.who.user_id, [channel.cid])
    asked_for = wanted.messages or Messages()
    limit = 100 if asked_for.limit is None else asked_for.limit
    return channel_state(asked, channel, max(0, min(limit, 300)), asked_for.id_lt or "")


async def update(asked: Asked, wanted: UpdateChannel) -> dict[str, Any]:
    channel = asked.world.chat.channel(asked.cid)
    caller = asked.caller
    if not asked.is_staff and (caller is None or caller is not channel.created_by):
        raise not_allowed("only who made the channel, or staff, changes its members")
    state = asked.world.state
    new = [state.users[one.user_id] for one in wanted.add_members or ()]
    for user_id in channel.add([user.id for user in new], state.now()):
        _tell_member(asked, "member.added", channel.cid, state.users[user_id])
    for user_id in wanted.remove_members or ():
        if channel.members.pop(user_id, None) is not None:
            _tell_member(asked, "member.removed", channel.cid, state.users[user_id])
    frozen = wanted.data.frozen if wanted.data is not None else None
    if wanted.cooldown is not None or frozen is not None:
        by = _named(asked, wanted.user_id)
        asked.world.chat.change(channel.cid, by, cooldown=wanted.cooldown, frozen=frozen)
    return channel_state(asked, channel, 0)


async def update_partial(asked: Asked, wanted: Partial) -> dict[str, Any]:
    asked.need_staff("UpdateChannel")
    by, change = _named(asked, wanted.user_id), wanted.set or Frozen()
    frozen = False if "frozen" in (wanted.unset or ()) else change.frozen
    chat = asked.world.chat
    channel = chat.change(asked.cid, by, cooldown=change.cooldown, frozen=frozen)
    return {
        "channel": answered(asked, channel),
        "members": channel.members_wire(asked.world.state.users),
    }


async def send_event(asked: Asked, wanted: SendEvent) -> dict[str, Any]:
    by = _named(asked, wanted.event.user_id)
    event = wanted.event
    custom = event.custom or {}
    asked.world.chat.tell(asked.cid, event.type, by, custom)
    told = {"type": event.type, "cid": asked.cid, "user": by, "custom": custom}
    return {"event": {**told, "created_at": Stamp(asked.world.state.now())}}


def _named(asked: Asked, claimed: str | None) -> User:
    user_id = asked.actor(claimed)
    if not user_id:
        raise input_error("either user or user_id must be provided when using server side auth")
    return asked.world.state.users[user_id]


def _tell_member(asked: Asked, kind: str, cid: str, user: User) -> None:
    channel_type, _, channel_id = cid.partition(":")
    now = Stamp(asked.world.state.now())
    asked.world.state.emit(
        kind,
        channel=cid,
        payload={
            "cid": cid,
            "channel_type": channel_type,
            "channel_id": channel_id,
            "channel": asked.world.chat.channel(cid).wire(),
            "member": {"user_id": user.id, "user": user, "created_at": now, "updated_at": now},
            "user": user,
            "custom": {},
        },
        actor=user.id,
    )
