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


class Broadcasts(Struct):
    broadcasts: list[Broadcast]


def starts(what: Egress) -> Handler:
    """The handler that starts one thing beside a call."""

    async def start(asked: Asked) -> dict[str, Any]:
        extra = _extra(asked, what)
        if what is BROADCAST:
            extra["hls_playlist_url"] = wire.HLS_PLAYLIST
        asked.world.egresses.start(asked.cid, what, asked.who.user_id, **extra)
        return {"playlist_url": wire.HLS_PLAYLIST} if what is BROADCAST else {}

    return start


def stops(what: Egress) -> Handler:
    """The handler that stops it."""

    async def stop(asked: Asked) -> None:
        asked.world.egresses.stop(asked.cid, what, asked.who.user_id, **_extra(asked, what))

    return stop


async def start_rtmp(asked: Asked) -> None:
    wanted = asked.body(Broadcasts).broadcasts
    asked.world.egresses.start_rtmp(
        asked.cid, [msgspec.structs.asdict(one) for one in wanted], asked.who.user_id
    )


async def stop_rtmp(asked: Asked) -> None:
    """Stop one broadcast, or all where the path names none."""
    asked.world.egresses.stop_rtmp(asked.cid, asked.path.get("name", ""), asked.who.user_id)


def lists(kind: str) -> Handler:
    """The handler that lists recordings or transcriptions; ``kind`` is the word for one."""

    async def listed(asked: Asked) -> dict[str, Any]:
        return {f"{kind}s": asked.world.egresses.products.of_call(kind, asked.call.cid)}

    return listed


def deletes(kind: str) -> Handler:
    """The handler that deletes one."""

    async def delete(asked: Asked) -> None:
        asked.world.egresses.products.drop(kind, asked.call.cid, asked.path["filename"])

    return delete


def _extra(asked: Asked, what: Egress) -> dict[str, Any]:
    """What the events of a recording say besides: its type, which the path names."""
    if what is not RECORDING:
        return {}
    kind = asked.path["recording_type"]
    if kind not in RECORDING_TYPES:
        raise input_error(f"recording type must be one of {', '.join(RECORDING_TYPES)}")
    return {"recording_type": kind}
