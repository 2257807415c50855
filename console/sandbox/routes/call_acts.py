"""What moderators do to people in a call."""

from msgspec import Struct

from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.operation import Asked

_TRACKS = ("audio", "video", "screenshare", "screenshare_audio")


class MuteUsers(Struct):
    user_ids: list[str] | None = None
    mute_all_users: bool | None = None
    audio: bool | None = None
    video: bool | None = None
    screenshare: bool | None = None
    screenshare_audio: bool | None = None
    muted_by_id: str | None = None


class OneUser(Struct):
    user_id: str


class Kick(Struct):
    user_id: str
    block: bool | None = None
    kicked_by_id: str | None = None


class Permissions(Struct):
    user_id: str
    grant_permissions: list[str] | None = None
    revoke_permissions: list[str] | None = None


class Request(Struct):
    permissions: list[str]


async def mute_users(asked: Asked, wanted: MuteUsers) -> None:
    tracks = [track for track in _TRACKS if getattr(wanted, track)]
    if not tracks:
        raise input_error("at least one of audio, video, screenshare must be true")
    by = asked.actor(wanted.muted_by_id)
    if wanted.mute_all_users:
        asked.world.sanctions.mute_all(asked.cid, tracks, by)
    elif wanted.user_ids:
        asked.world.sanctions.mute(asked.cid, wanted.user_ids, tracks, by)
    else:
        raise input_error("user_ids or mute_all_users is required")


async def block(asked: Asked) -> None:
    asked.world.sanctions.block(asked.cid, asked.body(OneUser).user_id, asked.who.user_id)


async def unblock(asked: Asked) -> None:
    asked.world.sanctions.unblock(asked.cid, asked.body(OneUser).user_id, asked.who.user_id)


async def kick(asked: Asked, wanted: Kick) -> None:
    if wanted.block:
        asked.need("block-users")
    asked.world.sanctions.kick(
        asked.cid, wanted.user_id, asked.actor(wanted.kicked_by_id), block=bool(wanted.block)
    )


async def user_permissions(asked: Asked, wanted: Permissions) -> None:
    if not wanted.grant_permissions and not wanted.revoke_permissions:
        raise input_error("grant_permissions or revoke_permissions is required")
    asked.world.sanctions.permissions(
        asked.cid,
        wanted.user_id,
        grant=wanted.grant_permissions or (),
        revoke=wanted.revoke_permissions or (),
        by=asked.who.user_id,
    )


async def request_permission(asked: Asked, wanted: Request) -> None:
    if not asked.world.sanctions.ask(asked.call.cid, asked.who.user_id, wanted.permissions):
        raise not_allowed("access requests are not enabled, or the permission is held already")
