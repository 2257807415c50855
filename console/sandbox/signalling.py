"""The signalling endpoint that joins point to. It has no media behind it and answers so.

A client that opens its socket gets one ``SfuEvent`` with an error that asks it not to try again;
its Twirp requests get ``unimplemented``.
"""

import asyncio
import contextlib
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from console.sandbox.faults import Faults

PATH = "/sfu"
NO_MEDIA = "the sandbox serves no media yet: events and REST work, audio and video do not"

_FIRST_FRAME = 5.0
_INTERNAL_SERVER_ERROR = 500
_DISCONNECT = 1
_VARINT, _LENGTH = 0, 2


def routes(faults: Faults) -> list[BaseRoute]:
    """To be put into an application before the API's request handler."""
    return [
        WebSocketRoute(f"{PATH}/ws", partial(signal, faults)),
        Route(f"{PATH}/{{rest:path}}", twirp, methods=["GET", "POST"]),
    ]


async def signal(faults: Faults, socket: WebSocket) -> None:
    """Wait for the join request, answer that there is no media, close.

    A fault that is slow or hangs holds the answer back.
    """
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, TimeoutError, KeyError):
        async with asyncio.timeout(_FIRST_FRAME):
            await socket.receive()
        fault = faults.take(socket.url.path)
        if fault is not None and fault.kind in ("slow", "hang"):
            await Faults.hold(fault)
        await socket.send_bytes(no_media_event())
        await socket.close(1000, NO_MEDIA)


async def twirp(request: Request) -> JSONResponse:
    """Any request of the signalling service, in Twirp's error form."""
    return JSONResponse({"code": "unimplemented", "msg": NO_MEDIA}, status_code=501)


def no_media_event() -> bytes:
    """``SfuEvent.error`` (field 18) with reconnect strategy DISCONNECT, as protobuf."""
    error = (
        _key(1, _VARINT)
        + _varint(_INTERNAL_SERVER_ERROR)
        + _bytes(2, NO_MEDIA.encode())
        + _key(3, _VARINT)
        + _varint(0)
    )
    event = _bytes(4, error) + _key(5, _VARINT) + _varint(_DISCONNECT)
    return _bytes(18, event)


def _key(field: int, wire_type: int) -> bytes:
    return _varint(field << 3 | wire_type)


def _bytes(field: int, content: bytes) -> bytes:
    return _key(field, _LENGTH) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)
