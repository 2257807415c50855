"""Queries of calls and of who is in one."""

from typing import Any

from msgspec import Struct

from console.sandbox.api_errors import input_error
from console.sandbox.filters import EQ_IN, ONLY_EQ, RANGE, TEXT, Field, compiled
from console.sandbox.operation import Asked
from console.sandbox.query import VideoQuery, find
from console.sandbox.records import CallRecord, Presence
from console.sandbox.routes.answers import call_state, watch_if_connected

MAX_SORT_KEYS = 2


class QueryCalls(VideoQuery):
    watch: bool | None = None


class QueryParticipants(Struct):
    filter_conditions: dict[str, Any] | None = None


_IN_ONLY = frozenset({"$in"})

CALL_FIELDS: dict[str, Field[CallRecord]] = {
    "backstage": Field(lambda call: call.backstage, "bool", ONLY_EQ),
    "ongoing": Field(lambda call: call.running is not None, "bool", ONLY_EQ),
    "cid": Field(lambda call: call.cid),
    "id": Field(lambda call: call.id),
    "type": Field(lambda call: call.type),
    "team": Field(lambda call: call.team),
    "created_by_user_id": Field(lambda call: call.created_by.id),
    "parent_call_cid": Field(lambda call: ""),
    "created_at": Field(lambda call: call.created_at, "date"),
    "updated_at": Field(lambda call: call.updated_at or call.created_at, "date"),
    "starts_at": Field(lambda call: call.starts_at, "date"),
    "ended_at": Field(lambda call: call.ended_at, "date"),
    "members": Field(lambda call: list(call.members), "list", _IN_ONLY),
}

_SORTS = ("created_at", "starts_at", "updated_at", "ended_at", "type", "id", "cid")

PARTICIPANT_FIELDS: dict[str, Field[Presence]] = {
    "user_id": Field(lambda presence: presence.user.id, "str", RANGE),
    "published_tracks": Field(lambda presence: presence.live, "list", EQ_IN),
}


def _custom(name: str) -> Field[CallRecord] | None:
    prefix, _, key = name.partition(".")
    if prefix != "custom" or not key:
        return None
    return Field(lambda call: call.custom.get(key), "any", TEXT)


async def query_calls(asked: Asked, wanted: QueryCalls) -> dict[str, Any]:
    if len(wanted.sort or ()) > MAX_SORT_KEYS:
        raise input_error("at most 2 sort fields are supported")
    visible = [
        call
        for call in asked.world.state.calls.values()
        if not call.deleted_at and (asked.who.server or _readable(asked, call))
    ]
    found = find(visible, wanted, CALL_FIELDS, lambda call: call.cid, _SORTS, _custom)
    if wanted.watch:
        if asked.who.server or not asked.query.get("connection_id"):
            raise input_error("watch needs a connection_id")
        watch_if_connected(asked, *(call.cid for call in found.rows))
    return found.answer("calls", lambda call: call_state(asked, call))


async def query_participants(asked: Asked, wanted: QueryParticipants) -> dict[str, Any]:
    limit = asked.number("limit", 100, 100)
    fits = compiled(wanted.filter_conditions, PARTICIPANT_FIELDS)
    session = asked.call.running
    present = [one for one in (session.presences.values() if session else ()) if fits(one)]
    return {
        **call_state(asked, asked.call),
        "participants": present[:limit],
        "total_participants": len(present),
    }


def _readable(asked: Asked, call: CallRecord) -> bool:
    return "read-call" in asked.own_capabilities(call)
