"""Recording, transcription, broadcasting and frame recording."""

from typing import Any

import msgspec
from msgspec import Struct

from console.sandbox import wire
from console.sandbox.api_errors import input_error
from console.sandbox.fidelity.egress import BROADCAST, RECORDING, Egress
from console.sandbox.operation import Asked, Handler

RECORDING_TYPES = ("composite", "individual", "raw")


class Broadcast(Struct):
    name: str
    stream_url: str
    stream_key: str | None = None
    quality: str | None = None


class Broadcasts(Struct):
    broadcasts: list[Broadcast]


def starts(what: Egress) -> Handler:
    """The handler that starts one thing beside a call."""

    async def start(asked: Asked) -> None:
        asked.world.egresses.start(asked.cid, what, asked.who.user_id)

    return start


def stops(what: Egress) -> Handler:
    """The handler that stops it."""

    async def stop(asked: Asked) -> None:
        asked.world.egresses.stop(asked.cid, what, asked.who.user_id)

    return stop


async def start_hls(asked: Asked) -> dict[str, Any]:
    playlist = wire.HLS_PLAYLIST
    asked.world.egresses.start(asked.cid, BROADCAST, asked.who.user_id, hls_playlist_url=playlist)
    return {"playlist_url": playlist}


async def start_recording(asked: Asked) -> None:
    asked.world.egresses.start(
        asked.cid, RECORDING, asked.who.user_id, recording_type=_recording_type(asked)
    )


async def stop_recording(asked: Asked) -> None:
    asked.world.egresses.stop(
        asked.cid, RECORDING, asked.who.user_id, recording_type=_recording_type(asked)
    )


async def start_rtmp(asked: Asked) -> None:
    wanted = asked.body(Broadcasts).broadcasts
    asked.world.egresses.start_rtmp(
        asked.cid, [msgspec.structs.asdict(one) for one in wanted], asked.who.user_id
    )


async def stop_all_rtmp(asked: Asked) -> None:
    asked.world.egresses.stop_rtmp(asked.cid, "", asked.who.user_id)


async def stop_rtmp(asked: Asked) -> None:
    asked.world.egresses.stop_rtmp(asked.cid, asked.path["name"], asked.who.user_id)


async def list_recordings(asked: Asked) -> dict[str, Any]:
    """Names without media behind them."""
    return {"recordings": asked.world.egresses.products.recordings(asked.call.cid)}


async def list_transcriptions(asked: Asked) -> dict[str, Any]:
    return {"transcriptions": asked.world.egresses.products.transcriptions(asked.call.cid)}


async def delete_recording(asked: Asked) -> None:
    asked.world.egresses.products.drop_recording(asked.call.cid, asked.path["filename"])


async def delete_transcription(asked: Asked) -> None:
    asked.world.egresses.products.drop_transcription(asked.call.cid, asked.path["filename"])


def _recording_type(asked: Asked) -> str:
    kind = asked.path["recording_type"]
    if kind not in RECORDING_TYPES:
        raise input_error(f"recording type must be one of {', '.join(RECORDING_TYPES)}")
    return kind
