"""The signalling socket of a client: it joins, is told what changes, and leaves."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from google.protobuf.message import DecodeError
from starlette.websockets import WebSocket, WebSocketDisconnect

from console.sandbox.faults import Faults
from console.sandbox.sfu.messages import DISCONNECT, ErrorCode, TrackType, event, message
from console.sandbox.sfu.room import MOST_CLIENTS, Room

if TYPE_CHECKING:  # it makes this socket
    from console.sandbox.sfu.media_server import MediaServer
    from console.sandbox.sfu.member import Member

log = logging.getLogger(__name__)

FIRST_FRAME_S = 5.0
SILENCE_S = 60.0
"""A client sends a health check each 5 s; one that is silent for so long is gone."""

MOST_BYTES = 256 * 1024
RECONNECT_S = 20


class SignalSocket:
    """Serves ``ws_endpoint``."""

    def __init__(self, server: MediaServer) -> None:
        self._server = server

    async def serve(self, socket: WebSocket) -> None:
        """One client, from its join request to its end."""
        await socket.accept()
        member: Member | None = None
        room: Room | None = None
        with contextlib.suppress(WebSocketDisconnect, RuntimeError, TimeoutError, DecodeError):
            request = await _next(socket, FIRST_FRAME_S)
            fault = self._server.world.state.faults.take(socket.url.path)
            if fault is not None and fault.kind in ("slow", "hang"):
                await Faults.hold(fault)
            found = self._found(request)
            if isinstance(found, ErrorCode):
                await _refuse(socket, found)
                return
            room, presence, session_id = found
            member = await room.join(presence, session_id, socket)
            await member.send(
                "join_response",
                call_state=room.state(),
                reconnected=False,
                fast_reconnect_deadline_seconds=RECONNECT_S,
                publish_options=_publish_options(),
            )
            await room.arrived(member)
            await self._listen(socket, room, member)
        if member is not None and room is not None:
            await room.leave(member)
            self._gone(room, member)
            await self._server.left(room)

    def _found(self, request: Any) -> tuple[Room, Any, str] | ErrorCode:
        if request.WhichOneof("payload") != "join_request":
            return ErrorCode.REQUEST_VALIDATION_FAILED
        join = request.join_request
        presence = self._server.presence_of(join.token)
        if presence is None:
            return ErrorCode.UNAUTHENTICATED
        room = self._server.room(presence.cid)
        if isinstance(room, ErrorCode):
            return room
        if len(room.clients) >= MOST_CLIENTS:
            return ErrorCode.SFU_FULL
        return room, presence, join.session_id or presence.user_session_id

    async def _listen(self, socket: WebSocket, room: Room, member: Member) -> None:
        while True:
            request = await _next(socket, SILENCE_S)
            kind = request.WhichOneof("payload")
            if kind == "health_check_request":
                await member.send("health_check_response", participant_count=room.count())
            elif kind == "leave_call_request":
                return

    def _gone(self, room: Room, member: Member) -> None:
        """What they sent is off, and they are not in the call: nobody hears them any more.

        Unless they made another connection meanwhile.
        """
        presence, attendance = member.presence, self._server.world.attendance
        if any(each.presence is presence for each in room.clients.values()):
            return
        attendance.leave(presence.cid, presence.user_session_id)


async def _next(socket: WebSocket, limit: float) -> Any:
    async with asyncio.timeout(limit):
        frame = await socket.receive_bytes()
    if len(frame) > MOST_BYTES:
        raise DecodeError(f"a frame of {len(frame)} bytes")
    return message("SfuRequest").FromString(frame)


async def _refuse(socket: WebSocket, code: ErrorCode) -> None:
    words = code.name.lower().replace("_", " ")
    error = message("Error")(code=code, message=words, should_retry=False)
    await socket.send_bytes(event("error", error=error, reconnect_strategy=DISCONNECT))
    await socket.close(1000, words)


def _publish_options() -> list[Any]:
    option, codec, size = message("PublishOption"), message("Codec"), message("VideoDimension")
    vp8 = codec(name="vp8", clock_rate=90_000, payload_type=96)
    opus = codec(name="opus", clock_rate=48_000, payload_type=111, encoding_parameters="2")
    small, large = size(width=320, height=180), size(width=640, height=360)
    return [
        option(track_type=TrackType.AUDIO, codec=opus, bitrate=64_000, id=1),
        option(
            track_type=TrackType.VIDEO,
            codec=vp8,
            bitrate=500_000,
            fps=15,
            id=2,
            max_spatial_layers=1,
            video_dimension=small,
        ),
        option(
            track_type=TrackType.SCREEN_SHARE,
            codec=vp8,
            bitrate=800_000,
            fps=10,
            id=3,
            max_spatial_layers=1,
            video_dimension=large,
        ),
    ]
