"""Ring, accept, reject, delete; reactions, pins, feedback."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.timestamps import Stamp


class Delete(Struct):
    hard: bool | None = None


class Reject(Struct):
    reason: str | None = None


class Ring(Struct):
    video: bool | None = None
    members_ids: list[str] | None = None


class Reaction(Struct):
    type: str
    emoji_code: str | None = None
    custom: dict[str, Any] | None = None


class Pin(Struct):
    user_id: str
    session_id: str


class Feedback(Struct):
    rating: Annotated[int, Meta(ge=1, le=5)]
    sdk: str
    sdk_version: str
    reason: str | None = None
    user_session_id: str | None = None
    custom: dict[str, Any] | None = None


async def delete(asked: Asked, wanted: Delete) -> dict[str, Any]:
    """Soft: it is no longer found. Hard: it is deleted by a task."""
    call = asked.call
    asked.world.attendance.end_session(call)
    call.deleted_at = asked.world.state.now()
    asked.world.state.emit_call("call.deleted", call, actor=asked.who.user_id)
    if not wanted.hard:
        return {"call": wire.call(call)}
    del asked.world.state.calls[call.cid]
    task = asked.world.accounts.task({call.cid: {"status": "ok"}})
    return {"call": wire.call(call), "task_id": task.id}


async def ring(asked: Asked, wanted: Ring) -> dict[str, Any]:
    call = asked.call
    caller = asked.caller or call.created_by
    chosen = wanted.members_ids or [one for one in call.members if one != caller.id]
    unknown = [user_id for user_id in chosen if user_id not in call.members]
    if unknown:
        raise input_error(f"{unknown[0]} is not a member of this call")
    if not chosen:
        raise input_error("no users to ring")
    reached = asked.world.control.ring(call, caller, chosen, "call.ring", video=bool(wanted.video))
    return {"members_ids": reached}


async def accept(asked: Asked) -> None:
    call, user_id = asked.call, asked.who.user_id
    if call.running is not None:
        call.running.accepted_by[user_id] = Stamp(asked.world.state.now())
    asked.world.state.emit_call("call.accepted", call, actor=user_id, user=asked.caller)


async def reject(asked: Asked, wanted: Reject) -> None:
    call, user_id = asked.call, asked.who.user_id
    if call.running is not None:
        call.running.rejected_by[user_id] = Stamp(asked.world.state.now())
    why = {"reason": wanted.reason} if wanted.reason else {}
    asked.world.state.emit_call("call.rejected", call, actor=user_id, user=asked.caller, **why)


async def react(asked: Asked, wanted: Reaction) -> dict[str, Any]:
    reaction = {
        "type": wanted.type,
        "emoji_code": wanted.emoji_code,
        "custom": wanted.custom or {},
        "user": asked.caller,
    }
    asked.world.state.emit(
        "call.reaction_new",
        cid=asked.call.cid,
        payload={"reaction": reaction},
        actor=asked.who.user_id,
    )
    return {"reaction": reaction}


async def pin(asked: Asked) -> None:
    """Media clients get pins from the SFU; the coordinator emits no event (STREAM.md 5.4)."""
    asked.body(Pin)


async def unpin(asked: Asked) -> None:
    asked.body(Pin)


async def feedback(asked: Asked, wanted: Feedback) -> None:
    call = asked.call
    asked.world.state.emit(
        "call.user_feedback_submitted",
        cid=call.cid,
        payload={
            "user": asked.caller or call.created_by,
            "session_id": call.session.id if call.session else "",
            "rating": wanted.rating,
            "reason": wanted.reason,
            "sdk": wanted.sdk,
            "sdk_version": wanted.sdk_version,
            "custom": wanted.custom or {},
        },
        actor=asked.who.user_id,
    )
