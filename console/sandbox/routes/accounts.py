"""Users as accounts, tasks, guests."""

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Meta, Struct

from console.sandbox import user_fields
from console.sandbox.api_errors import ApiError, input_error, not_allowed
from console.sandbox.operation import Asked
from console.sandbox.routes.users import UserRequest
from console.sandbox.timestamps import Stamp, encode
from console.sandbox.wire import FullUser

MAX_IN_FLIGHT = 100


class Deactivate(Struct):
    created_by_id: str | None = None
    mark_messages_deleted: bool | None = None
    name: str | None = None


class Several(Struct):
    user_ids: Annotated[list[str], Meta(min_length=1, max_length=MAX_IN_FLIGHT)]
    created_by_id: str | None = None
    user: str | None = None
    messages: str | None = None
    mark_messages_deleted: bool | None = None


class Partial(Struct):
    id: str
    set: dict[str, Any] | None = None
    unset: list[str] | None = None


class PartialUpdate(Struct):
    users: list[Partial]


class Block(Struct):
    blocked_user_id: str
    user_id: str | None = None


class ByIds(Struct):
    user_ids: Annotated[list[str], Meta(min_length=1, max_length=MAX_IN_FLIGHT)]


class Guest(Struct):
    user: UserRequest


_BY_SERVER = frozenset({"role", "teams", "teams_role", "revoke_tokens_issued_before"})


async def update_partial(asked: Asked, wanted: PartialUpdate) -> dict[str, Any]:
    for one in wanted.users:
        asked.world.state.users[one.id]
        user_fields.check(one.set or {})
        if asked.who.server:
            continue
        if one.id != asked.who.user_id or _BY_SERVER & {*(one.set or ()), *(one.unset or ())}:
            raise not_allowed("a user may change only their own user object, and not its role")
    changed = [
        asked.world.accounts.change(one.id, one.set or {}, one.unset or []) for one in wanted.users
    ]
    return {
        "users": {user.id: FullUser(user) for user in changed},
        "membership_deletion_task_id": "",
    }


async def deactivate(asked: Asked, wanted: Deactivate) -> dict[str, Any]:
    by = asked.actor(wanted.created_by_id)
    user = asked.world.accounts.deactivate(asked.path["user_id"], by)
    if wanted.mark_messages_deleted:
        asked.world.chat.delete_all_of(user.id, by)
    return {"user": user}


async def reactivate(asked: Asked, wanted: Deactivate) -> dict[str, Any]:
    by = asked.actor(wanted.created_by_id)
    return {"user": asked.world.accounts.reactivate(asked.path["user_id"], by, wanted.name or "")}


async def deactivate_several(asked: Asked) -> dict[str, Any]:
    marks = asked.body(Several).mark_messages_deleted

    def act(user_id: str, by: str) -> None:
        asked.world.accounts.deactivate(user_id, by)
        if marks:
            asked.world.chat.delete_all_of(user_id, by)

    return _in_bulk(asked, act)


async def reactivate_several(asked: Asked) -> dict[str, Any]:
    return _in_bulk(asked, asked.world.accounts.reactivate)


async def delete_several(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(Several)

    def act(user_id: str, by: str) -> None:
        asked.world.accounts.delete(user_id, hard=wanted.user == "hard", by=by)
        if wanted.messages:
            asked.world.chat.delete_all_of(user_id, by, hard=wanted.messages == "hard")

    return _in_bulk(asked, act)


async def restore(asked: Asked, wanted: ByIds) -> None:
    for user_id in wanted.user_ids:
        asked.world.accounts.restore(user_id)


async def export(asked: Asked) -> dict[str, Any]:
    return _exported(asked, asked.path["user_id"])


async def export_several(asked: Asked, wanted: ByIds) -> dict[str, Any]:
    """A task whose result names a file with all of them."""
    state = asked.world.state
    everything = {"users": [_exported(asked, user_id) for user_id in wanted.user_ids]}
    content = encode(everything, asked.form.of_server())
    url = asked.world.egresses.products.keep_file(f"users_{state.new_id()}.json", content)
    return {"task_id": asked.world.accounts.task({"url": url}).id}


def _exported(asked: Asked, user_id: str) -> dict[str, Any]:
    user = asked.world.state.users[user_id]
    written = asked.world.chat.messages.values()
    messages = [message.wire() for message in written if message.user is user]
    return {"user": user, "messages": messages, "reactions": []}


async def get_task(asked: Asked) -> dict[str, Any]:
    return asked.world.accounts.tasks[asked.path["id"]].wire(asked.world.state.now())


async def block(asked: Asked, wanted: Block) -> dict[str, Any]:
    by = asked.named_actor(wanted.user_id)
    since = asked.world.accounts.block(by, wanted.blocked_user_id)
    return {
        "blocked_by_user_id": by,
        "blocked_user_id": wanted.blocked_user_id,
        "created_at": Stamp(since),
    }


async def unblock(asked: Asked, wanted: Block) -> None:
    by = asked.named_actor(wanted.user_id)
    asked.world.accounts.unblock(by, wanted.blocked_user_id)


async def blocked(asked: Asked) -> dict[str, Any]:
    users = asked.world.state.users
    by = users[asked.named_actor(asked.query.get("user_id"))]
    return {
        "blocks": [
            {
                "user_id": by.id,
                "user": by,
                "blocked_user_id": other,
                "blocked_user": users[other],
                "created_at": Stamp(since),
            }
            for other, since in by.blocks.items()
        ]
    }


async def guest(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(Guest).user
    if wanted.id in asked.world.state.users:
        raise input_error(f"user {wanted.id} exists already")
    user = asked.world.add_user(
        f"guest-{asked.world.state.new_id()}-{wanted.id}",
        wanted.name or wanted.id,
        role="guest",
        custom=wanted.custom or {},
        image=wanted.image or "",
    )
    return {"user": user, "access_token": asked.keys.user_token(user.id)}


def _in_bulk(asked: Asked, act: Callable[[str, str], object]) -> dict[str, Any]:
    wanted = asked.body(Several)
    by = asked.actor(wanted.created_by_id)
    results: dict[str, Any] = {}
    for user_id in wanted.user_ids:
        try:
            act(user_id, by)
        except ApiError as error:
            results[user_id] = {"status": "error", "error": error.reason}
        else:
            results[user_id] = {"status": "ok"}
    return {"task_id": asked.world.accounts.task(results).id}
