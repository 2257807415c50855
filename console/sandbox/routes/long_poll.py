"""Events by requests, for clients that can open no socket (STREAM.md 12.4)."""

import asyncio
from typing import Any

import msgspec

from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.sockets import Connection, Sockets
from console.sandbox.timestamps import Stamp
from console.sandbox.wire import own_user

HELD = 20.0
"""Seconds a request waits for events before it is answered with none (?)."""

FORGOTTEN = 60.0
"""Seconds after which a connection is over that nobody asks about (?)."""

AT_ONCE = 500


async def poll(asked: Asked) -> dict[str, Any]:
    """Without a connection id a new connection, with one its events; ``close`` ends it."""
    user_id, connection_id = asked.who.user_id, asked.query.get("connection_id", "")
    if not connection_id:
        return {"event": _opened(asked)}
    connection = asked.sockets.find(connection_id, user_id)
    if connection is None or connection.closing.done():
        error = input_error("connection id not found")
        error.code = 46
        raise error
    if asked.query.get("close") == "true":
        _over(asked.sockets, connection)
        return {"events": []}
    _keep(asked.sockets, connection)
    frames = await _frames(asked, connection)
    if connection.closing.done():
        asked.sockets.forget(connection)
    return {"events": [msgspec.Raw(frame.encode()) for frame in frames]}


def _opened(asked: Asked) -> dict[str, Any]:
    user = asked.world.state.users[asked.who.user_id]
    connection = asked.sockets.open(user, asked.form)
    _keep(asked.sockets, connection)
    user.online, user.last_active = True, asked.world.state.now()
    user.touch()
    return {
        "type": "connection.ok",
        "connection_id": connection.id,
        "created_at": Stamp(asked.world.state.now()),
        "me": own_user(user, asked.world.accounts.mutes_of(user.id)),
    }


async def _frames(asked: Asked, connection: Connection) -> list[str]:
    """What waits for the connection; what comes first where nothing waits."""
    try:
        async with asked.world.state.clock.timeout(HELD):
            frames = [await connection.frames.get()]
    except TimeoutError:
        return []
    while not connection.frames.empty() and len(frames) < AT_ONCE:
        frames.append(connection.frames.get_nowait())
    return frames


def _keep(sockets: Sockets, connection: Connection) -> None:
    """Let the connection live for another while."""
    if connection.expiry is not None:
        connection.expiry.cancel()
    loop = asyncio.get_running_loop()
    connection.expiry = loop.call_later(FORGOTTEN + HELD, _over, sockets, connection)


def _over(sockets: Sockets, connection: Connection) -> None:
    if connection.expiry is not None:
        connection.expiry.cancel()
    connection.close(1000)
    sockets.forget(connection)
