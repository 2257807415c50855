"""Members of calls."""

from typing import Any

from msgspec import Struct

from console.sandbox.filters import Field
from console.sandbox.operation import Asked
from console.sandbox.query import VideoQuery, find
from console.sandbox.records import Member
from console.sandbox.routes.calls import MemberRequest


class UpdateMembers(Struct):
    update_members: list[MemberRequest] | None = None
    remove_members: list[str] | None = None


class QueryMembers(VideoQuery, kw_only=True):
    id: str
    type: str


def _fields(cid: str) -> dict[str, Field[Member]]:
    return {
        "call_cid": Field(lambda member: cid),
        "user_id": Field(lambda member: member.user.id),
        "role": Field(lambda member: member.role),
        "created_at": Field(lambda member: member.created_at, "date"),
        "updated_at": Field(lambda member: member.updated_at or member.created_at, "date"),
    }


async def update_members(asked: Asked, wanted: UpdateMembers) -> dict[str, Any]:
    if wanted.update_members:
        asked.need("update-call-member")
    if wanted.remove_members:
        asked.need("remove-call-member")
    put = [
        {"user_id": one.user_id, "role": one.role, "custom": one.custom}
        for one in wanted.update_members or ()
    ]
    changed = asked.world.control.change_members(
        asked.cid, put=put, remove=wanted.remove_members or (), by=asked.who.user_id
    )
    return {"members": [member.wire() for member in changed]}


async def query_members(asked: Asked, wanted: QueryMembers) -> dict[str, Any]:
    asked.path.update(type=wanted.type, id=wanted.id)
    asked.need("read-call")
    call = asked.call
    found = find(
        call.members.values(),
        wanted,
        _fields(call.cid),
        lambda member: member.user.id,
        ("created_at", "user_id"),
    )
    return found.answer("members", Member.wire)
