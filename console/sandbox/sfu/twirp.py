"""The methods that a client calls beside its socket: Twirp, protobuf or JSON over HTTP.

Their path is ``.../stream.video.sfu.signal.SignalServer/METHOD``; the native client puts no
``/twirp`` before it, others do. Every method is answered: a 404 makes a client connect anew.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from aiortc.exceptions import InvalidAccessError, InvalidStateError
from google.protobuf.json_format import MessageToDict, Parse, ParseError
from google.protobuf.message import DecodeError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.sandbox.sfu.member import NAMES
from console.sandbox.sfu.messages import REJOIN, SUBSCRIBER, ErrorCode, TrackType, message
from console.sandbox.sfu.peers import add_candidate

if TYPE_CHECKING:  # it makes this
    from aiortc import MediaStreamTrack

    from console.sandbox.sfu.media_server import MediaServer
    from console.sandbox.sfu.member import Member
    from console.sandbox.sfu.room import Room

log = logging.getLogger(__name__)

SERVICE = "stream.video.sfu.signal.SignalServer"
MOST_BYTES = 256 * 1024
PROTOBUF = "application/protobuf"
_TYPES = frozenset(TrackType)

_REQUESTS = {
    "SetPublisher": "SetPublisherRequest",
    "SendAnswer": "SendAnswerRequest",
    "IceTrickle": "ICETrickle",
    "UpdateSubscriptions": "UpdateSubscriptionsRequest",
    "UpdateMuteStates": "UpdateMuteStatesRequest",
    "IceRestart": "ICERestartRequest",
}
_IDLE = frozenset({"SendStats", "SendMetrics", "StartNoiseCancellation", "StopNoiseCancellation"})


class Twirp:
    """Serves the methods."""

    def __init__(self, server: MediaServer) -> None:
        self._server = server

    async def serve(self, request: Request) -> Response:
        """One call of a method."""
        *_, service, method = ("", *request.url.path.split("/"))
        if service != SERVICE or method not in {*_REQUESTS, *_IDLE}:
            return JSONResponse(
                {"code": "bad_route", "msg": f"no handler for path {request.url.path}"},
                status_code=404,
            )
        body = await request.body()
        if len(body) > MOST_BYTES:
            return JSONResponse({"code": "malformed", "msg": "too long"}, status_code=400)
        as_json = request.headers.get("content-type", "").startswith("application/json")
        if method in _IDLE:
            return _response(message("Failed")(), as_json)
        asked = message(_REQUESTS[method])()
        try:
            if as_json:  # as the browser client does
                Parse(body, asked, ignore_unknown_fields=True)
            else:
                asked.ParseFromString(body)
        except (DecodeError, ParseError):
            return JSONResponse({"code": "malformed", "msg": "no such message"}, status_code=400)
        found = self._find(asked.session_id)
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if found is not None and bearer != found[1].presence.user_session_id:
            words = "the token is not of this session"
            return JSONResponse({"code": "unauthenticated", "msg": words}, status_code=401)
        return _response(await self._answer(method, asked, found), as_json)

    async def _answer(self, method: str, asked: Any, found: tuple[Room, Member] | None) -> Any:
        if found is None:
            return _failed(method, ErrorCode.PARTICIPANT_NOT_FOUND)
        room, member = found
        try:
            if method == "SetPublisher":
                return await self._publish(room, member, asked)
            if method == "SendAnswer" and member.subscriber is not None:
                await member.subscriber.answer(asked.sdp)
            elif method == "IceTrickle":
                await _trickle(member, asked)
            elif method == "UpdateSubscriptions":
                member.wanted = {
                    (each.session_id, TrackType(each.track_type))
                    for each in asked.tracks
                    if each.track_type in _TYPES
                }
                room.supply_later(member)
            elif method == "UpdateMuteStates":
                return self._mute(member, asked)
            elif method == "IceRestart":
                await _join_again(member)
        except (ValueError, InvalidStateError, InvalidAccessError) as error:
            log.info("%s of %s: %s", method, member.user_id, error)
            return _failed(method, ErrorCode.REQUEST_VALIDATION_FAILED)
        return message("Failed")()

    def _find(self, session_id: str) -> tuple[Room, Member] | None:
        for room in self._server.rooms.values():
            member = room.clients.get(session_id)
            if member is not None:
                return room, member
        return None

    async def _publish(self, room: Room, member: Member, asked: Any) -> Any:
        types = {
            each.mid: TrackType(each.track_type)
            for each in asked.tracks
            if each.track_type in _TYPES
        }
        for each in asked.tracks:
            if not each.muted and not self._on(member, types.get(each.mid)):
                return _failed("SetPublisher", ErrorCode.PERMISSION_DENIED)

        def arrived(kind: TrackType, track: MediaStreamTrack) -> None:
            room.published(member, kind, track)

        sdp = await member.publish_through(arrived).offer(asked.sdp, types)
        return message("SetPublisherResponse")(sdp=sdp, session_id=member.session_id)

    def _mute(self, member: Member, asked: Any) -> Any:
        attendance, presence = self._server.world.attendance, member.presence
        for each in asked.mute_states:
            if each.track_type not in _TYPES:
                continue
            kind = TrackType(each.track_type)
            if each.muted:
                attendance.unpublish(presence.cid, presence.user_session_id, NAMES[kind])
            elif not self._on(member, kind):
                return _failed("UpdateMuteStates", ErrorCode.PERMISSION_DENIED)
        return message("Failed")()

    def _on(self, member: Member, kind: TrackType | None) -> bool:
        """Whether the world lets them turn this on."""
        presence = member.presence
        return kind is not None and self._server.world.attendance.publish(
            presence.cid, presence.user_session_id, NAMES[kind]
        )


def _response(answer: Any, as_json: bool) -> Response:
    if as_json:
        return JSONResponse(MessageToDict(answer))
    return Response(answer.SerializeToString(), media_type=PROTOBUF)


async def _trickle(member: Member, asked: Any) -> None:
    receives = asked.peer_type == SUBSCRIBER
    peer = member.subscriber if receives else member.publisher
    if peer is not None:
        await add_candidate(peer.connection, asked.ice_candidate)


async def _join_again(member: Member) -> None:
    """aiortc cannot restart the ICE of a connection, so the client is asked to make another."""
    code = ErrorCode.PARTICIPANT_MEDIA_TRANSPORT_FAILURE
    words = "a new connection is needed"
    error = message("Error")(code=code, message=words, should_retry=True)
    await member.send("error", error=error, reconnect_strategy=REJOIN)


def _failed(method: str, code: ErrorCode) -> Any:
    error = message("Error")(code=code, message=code.name.lower().replace("_", " "))
    kind = "SetPublisherResponse" if method == "SetPublisher" else "Failed"
    return message(kind)(error=error)
