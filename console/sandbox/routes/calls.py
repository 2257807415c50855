"""Get, create, change, end calls; live and backstage; custom events."""

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox import signalling, wire
from console.sandbox.api_errors import input_error, not_allowed
from console.sandbox.operation import Asked, time_of
from console.sandbox.records import CallRecord, Presence
from console.sandbox.routes.answers import call_state, watch_if_connected

Settings = dict[str, dict[str, Any] | None]


class MemberRequest(Struct):
    user_id: Annotated[str, Meta(min_length=1)]
    role: str | None = None
    custom: dict[str, Any] | None = None


class UserRef(Struct):
    id: Annotated[str, Meta(min_length=1)]
    name: str | None = None
    image: str | None = None
    language: str | None = None
    role: str | None = None
    custom: dict[str, Any] | None = None


class CallData(Struct):
    created_by_id: str | None = None
    created_by: UserRef | None = None
    custom: dict[str, Any] | None = None
    members: list[MemberRequest] | None = None
    settings_override: Settings | None = None
    starts_at: str | int | float | None = None
    team: str | None = None


class GetOrCreate(Struct):
    data: CallData | None = None
    members_limit: Annotated[int, Meta(ge=0, le=100)] | None = None
    ring: bool | None = None
    notify: bool | None = None
    video: bool | None = None


class Join(GetOrCreate):
    create: bool | None = None


class Update(Struct):
    custom: dict[str, Any] | None = None
    settings_override: Settings | None = None
    starts_at: str | int | float | None = None


class GoLive(Struct):
    start_closed_caption: bool | None = None


class StopLive(Struct):
    continue_closed_caption: bool | None = None


class CallEvent(Struct):
    custom: dict[str, Any] | None = None
    user_id: str | None = None
    user: UserRef | None = None


async def get_call(asked: Asked) -> dict[str, Any]:
    call = asked.call
    ring, notify, video = (asked.query.get(name) == "true" for name in ("ring", "notify", "video"))
    _ring(asked, call, GetOrCreate(ring=ring, notify=notify, video=video))
    watch_if_connected(asked, call.cid)
    return call_state(asked, call, asked.number("members_limit", 100, 100))


async def get_or_create(asked: Asked, wanted: GetOrCreate) -> dict[str, Any]:
    call, created = _found_or_created(asked, wanted.data or CallData())
    _ring(asked, call, wanted)
    watch_if_connected(asked, call.cid)
    return {**call_state(asked, call, _limit(wanted)), "created": created}


async def join(asked: Asked, wanted: Join) -> dict[str, Any]:
    """REST join: a presence, and credentials of the signalling endpoint."""
    exists = asked.cid in asked.world.state.calls
    if not exists and not wanted.create:
        asked.world.state.call(asked.cid)
    call, created = _found_or_created(asked, wanted.data or CallData())
    user_session_id = _present(asked, call)
    media = asked.base_url + signalling.PATH
    return {
        **call_state(asked, call, _limit(wanted)),
        "created": created,
        "credentials": {
            "server": {
                "url": media,
                "ws_endpoint": media.replace("http", "ws", 1) + "/ws",
                "edge_name": "sandbox",
            },
            "token": user_session_id,
            "ice_servers": [],
        },
        "stats_options": {"reporting_interval_ms": 0, "enable_rtc_stats": False},
    }


async def update(asked: Asked, wanted: Update) -> dict[str, Any]:
    if wanted.settings_override is not None:
        asked.need("update-call-settings")
    call = asked.world.control.update(
        asked.cid,
        custom=wanted.custom,
        settings_override=wanted.settings_override,
        starts_at=time_of("starts_at", wanted.starts_at),
        by=asked.who.user_id,
    )
    return call_state(asked, call)


async def mark_ended(asked: Asked) -> None:
    asked.world.control.end(asked.cid, by=asked.who.user_id)


async def go_live(asked: Asked, wanted: GoLive) -> dict[str, Any]:
    call = asked.world.control.go_live(asked.cid, asked.who.user_id)
    if wanted.start_closed_caption:
        asked.world.control.captions(call.cid, True, asked.who.user_id)
    return {"call": wire.call(call)}


async def stop_live(asked: Asked, wanted: StopLive) -> dict[str, Any]:
    call = asked.call
    if call.captioning and not wanted.continue_closed_caption:
        asked.world.control.captions(call.cid, False, asked.who.user_id)
    asked.world.control.stop_live(call.cid, asked.who.user_id)
    return {"call": wire.call(call)}


async def send_event(asked: Asked, wanted: CallEvent) -> None:
    if len(asked.raw) > 5_000:
        raise input_error("custom events may hold at most 5 KB")
    claimed = wanted.user_id or (wanted.user.id if wanted.user else None)
    by = asked.named_actor(claimed)
    asked.world.state.emit(
        "custom",
        cid=asked.call.cid,
        payload={"custom": wanted.custom or {}, "user": asked.world.state.users[by]},
        actor=by,
    )


def _present(asked: Asked, call: CallRecord) -> str:
    """The presence joined on this socket before (clients retry), or a new one."""
    user_id = asked.who.user_id
    connection = asked.sockets.find(asked.query.get("connection_id", ""), user_id)
    joined = connection.presences.get(call.cid, "") if connection else ""
    if call.running and joined in call.running.presences:
        return joined
    role = asked.who.call_roles.get(call.cid, "")
    refusal = asked.world.attendance.may_join(call.cid, user_id, role)
    if refusal is None:
        # Before the join, so that its event reaches the one who joins.
        watch_if_connected(asked, call.cid)
        outcome = asked.world.attendance.join(call.cid, user_id, role)
        if isinstance(outcome, Presence):
            if connection is not None:
                connection.presences[call.cid] = outcome.user_session_id
            return outcome.user_session_id
        refusal = outcome
    raise not_allowed(f"user '{user_id}' may not join this call: {refusal.reason}")


def _found_or_created(asked: Asked, data: CallData) -> tuple[CallRecord, bool]:
    world = asked.world
    found = world.state.calls.get(asked.cid)
    if found is not None:
        return world.state.call(asked.cid), False
    starts_at = time_of("starts_at", data.starts_at)
    world.state.types[asked.path["type"]]  # refused before anybody is created
    creator = _creator(asked, data)
    _know_members(asked, data.members or ())
    call = world.control.create(
        asked.path["type"],
        asked.path["id"],
        created_by=creator,
        custom=data.custom,
        members=[(one.user_id, one.role or "user") for one in data.members or ()],
        settings_override=data.settings_override,
        starts_at=starts_at,
        team=data.team or "",
    )
    return call, True


def _creator(asked: Asked, data: CallData) -> str:
    """Who creates: the token's user, or whom the app's server names, who is created if unknown.

    Raises:
        ApiError: 400, the app's server names nobody; 403, the user may not create calls.
    """
    world = asked.world
    if asked.who.server:
        named = UserRef(data.created_by_id) if data.created_by_id else data.created_by
        if named is None:
            raise input_error("created_by or created_by_id is required for server-side requests")
        if named.id not in world.state.users:
            world.add_user(
                named.id,
                named.name or "",
                named.role or "user",
                named.language or "en",
                named.custom,
                named.image or "",
            )
        return named.id
    user = world.state.users[asked.who.user_id]
    if world.state.banned(user):
        raise not_allowed(f"user '{user.id}' is banned")
    call_type = world.state.types.get(asked.path["type"])
    if call_type and "create-call" not in call_type.grants.get(user.role, frozenset()):
        raise not_allowed(
            f"User '{user.id}' with role '{user.role}' is not allowed to perform action "
            f"create-call in scope '{call_type.name}'"
        )
    return user.id


def _know_members(asked: Asked, members: Sequence[MemberRequest]) -> None:
    """Create the members that the app's server names and nobody knows yet (?).

    Raises:
        ApiError: 400, a user token names somebody unknown.
    """
    unknown = [one.user_id for one in members if one.user_id not in asked.world.state.users]
    if unknown and not asked.who.server:
        raise input_error(
            "The following users are involved in call create operation, but don't exist: "
            f"[{' '.join(unknown)}]. Please create the user objects before setting up the call."
        )
    for user_id in unknown:
        asked.world.add_user(user_id)


def _ring(asked: Asked, call: CallRecord, wanted: GetOrCreate) -> None:
    caller = asked.caller or call.created_by
    called = [user_id for user_id in call.members if user_id != caller.id]
    for asked_for, kind in ((wanted.ring, "call.ring"), (wanted.notify, "call.notification")):
        if asked_for:
            asked.world.control.ring(call, caller, called, kind, video=bool(wanted.video))


def _limit(wanted: GetOrCreate) -> int:
    return 100 if wanted.members_limit is None else wanted.members_limit
