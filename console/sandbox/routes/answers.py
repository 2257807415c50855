"""Answers that several subjects share."""

from typing import Any

from console.sandbox import wire
from console.sandbox.operation import Asked
from console.sandbox.records import CallRecord


def call_state(asked: Asked, call: CallRecord, members_limit: int = 100) -> dict[str, Any]:
    """CallStateResponseFields: the call, its members, and what the caller may do there."""
    state: dict[str, Any] = {
        "call": wire.call(call),
        "members": wire.members(call, members_limit),
        "own_capabilities": asked.own_capabilities(call),
    }
    user_id = asked.who.user_id
    if user_id and user_id in call.members:
        state["membership"] = call.members[user_id].wire()
    return state


def watch_if_connected(asked: Asked, *cids: str) -> None:
    """Bind calls to the socket the request names; only user tokens can (STREAM.md 2.5)."""
    connection_id = asked.query.get("connection_id", "")
    if connection_id and not asked.who.server:
        asked.sockets.watch(connection_id, asked.who.user_id, cids)


def stored_part(document: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a document: all but nulls and who sends it."""
    senders = ("user", "user_id")
    return {key: each for key, each in document.items() if each is not None and key not in senders}
