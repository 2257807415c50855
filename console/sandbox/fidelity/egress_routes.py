"""Recording, transcription, broadcasting and frame recording."""

from typing import Any

import msgspec
from msgspec import Struct

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.fidelity.egress import BROADCAST, FRAMES, RECORDING, TRANSCRIPTION, Egress
from console.sandbox.operation import Asked, Operations

operations = Operations()
_CALL = "/call/{type}/{id}"
RECORDING_TYPES = ("composite", "individual", "raw")


class Broadcast(Struct):
    name: str
    stream_url: str
    stream_key: str | None = None
    quality: str | None = None


class Broadcasts(Struct):
    broadcasts: list[Broadcast]


def _switch(name: str, path: str, what: Egress, capability: str) -> None:
    """Both endpoints of one thing that can run."""

    async def start(asked: Asked) -> dict[str, Any]:
        if what is not BROADCAST:
            asked.world.egresses.start(asked.cid, what, asked.who.user_id)
            return {}
        playlist = wire.HLS_PLAYLIST
        asked.world.egresses.start(asked.cid, what, asked.who.user_id, hls_playlist_url=playlist)
        return {"playlist_url": playlist}

    async def stop(asked: Asked) -> dict[str, Any]:
        asked.world.egresses.stop(asked.cid, what, asked.who.user_id)
        return {}

    for verb, handle in (("Start", start), ("Stop", stop)):
        operations.add(
            f"{verb}{name}",
            "POST",
            f"{_CALL}/{verb.lower()}_{path}",
            capability=f"{verb.lower()}-{capability}-call",
        )(handle)


_switch("Transcription", "transcription", TRANSCRIPTION, "transcription")
_switch("FrameRecording", "frame_recording", FRAMES, "frame-record")
_switch("HLSBroadcasting", "broadcasting", BROADCAST, "broadcast")


@operations.add(
    "StartRecording",
    "POST",
    _CALL + "/recordings/{recording_type}/start",
    capability="start-record-call",
)
async def start_recording(asked: Asked) -> dict[str, Any]:
    asked.world.egresses.start(
        asked.cid, RECORDING, asked.who.user_id, recording_type=_recording_type(asked)
    )
    return {}


@operations.add(
    "StopRecording",
    "POST",
    _CALL + "/recordings/{recording_type}/stop",
    capability="stop-record-call",
)
async def stop_recording(asked: Asked) -> dict[str, Any]:
    asked.world.egresses.stop(
        asked.cid, RECORDING, asked.who.user_id, recording_type=_recording_type(asked)
    )
    return {}


@operations.add(
    "StartRTMPBroadcasts", "POST", _CALL + "/rtmp_broadcasts", capability="start-broadcast-call"
)
async def start_rtmp(asked: Asked) -> dict[str, Any]:
    wanted = asked.body(Broadcasts).broadcasts
    asked.world.egresses.start_rtmp(
        asked.cid, [msgspec.structs.asdict(one) for one in wanted], asked.who.user_id
    )
    return {}


@operations.add(
    "StopAllRTMPBroadcasts",
    "POST",
    _CALL + "/rtmp_broadcasts/stop",
    capability="stop-broadcast-call",
)
async def stop_all_rtmp(asked: Asked) -> dict[str, Any]:
    asked.world.egresses.stop_rtmp(asked.cid, "", asked.who.user_id)
    return {}


@operations.add(
    "StopRTMPBroadcast",
    "POST",
    _CALL + "/rtmp_broadcasts/{name}/stop",
    capability="stop-broadcast-call",
)
async def stop_rtmp(asked: Asked) -> dict[str, Any]:
    asked.world.egresses.stop_rtmp(asked.cid, asked.path["name"], asked.who.user_id)
    return {}


@operations.add("ListRecordings", "GET", _CALL + "/recordings", capability="read-call")
async def list_recordings(asked: Asked) -> dict[str, Any]:
    """Names without media behind them."""
    return {"recordings": asked.world.egresses.products.recordings(asked.call.cid)}


@operations.add("ListTranscriptions", "GET", _CALL + "/transcriptions", capability="read-call")
async def list_transcriptions(asked: Asked) -> dict[str, Any]:
    return {"transcriptions": asked.world.egresses.products.transcriptions(asked.call.cid)}


@operations.add(
    "DeleteRecording",
    "DELETE",
    _CALL + "/{session}/recordings/{filename}",
    capability="stop-record-call",
)
async def delete_recording(asked: Asked) -> dict[str, Any]:
    asked.world.egresses.products.drop_recording(asked.call.cid, asked.path["filename"])
    return {}


@operations.add(
    "DeleteTranscription",
    "DELETE",
    _CALL + "/{session}/transcriptions/{filename}",
    capability="stop-transcription-call",
)
async def delete_transcription(asked: Asked) -> dict[str, Any]:
    asked.world.egresses.products.drop_transcription(asked.call.cid, asked.path["filename"])
    return {}


def _recording_type(asked: Asked) -> str:
    kind = asked.path["recording_type"]
    if kind not in RECORDING_TYPES:
        raise input_error(f"recording type must be one of {', '.join(RECORDING_TYPES)}")
    return kind
