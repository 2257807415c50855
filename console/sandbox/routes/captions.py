"""Closed captions: on, off, sent by the app's server."""

from msgspec import Struct

from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.timestamps import read_time


class Start(Struct):
    language: str | None = None
    enable_transcription: bool | None = None
    external_storage: str | None = None


class Stop(Struct):
    stop_transcription: bool | None = None


class Send(Struct):
    speaker_id: str
    text: str
    start_time: str | int | float | None = None
    end_time: str | int | float | None = None
    language: str | None = None
    translated: bool | None = None


async def start(asked: Asked, wanted: Start) -> None:
    call = asked.call
    asked.world.control.captions(call.cid, True, asked.who.user_id, wanted.language or "")
    if wanted.enable_transcription and not call.transcribing:
        call.transcribing = True
        asked.world.state.emit(
            "call.transcription_started", cid=call.cid, payload={"egress_id": call.id}
        )


async def stop(asked: Asked, wanted: Stop) -> None:
    call = asked.call
    asked.world.control.captions(call.cid, False, asked.who.user_id)
    if wanted.stop_transcription and call.transcribing:
        call.transcribing = False
        asked.world.state.emit(
            "call.transcription_stopped", cid=call.cid, payload={"egress_id": call.id}
        )


async def send(asked: Asked, wanted: Send) -> None:
    if len(wanted.speaker_id) > 256 or len(wanted.text) > 32_768:
        raise input_error("speaker_id or text is too long")
    try:
        start_time, end_time = read_time(wanted.start_time), read_time(wanted.end_time)
    except ValueError:
        raise input_error("start_time and end_time must be readable dates") from None
    asked.world.speech.send(
        asked.cid,
        wanted.speaker_id,
        wanted.text,
        start=start_time,
        end=end_time,
        language=wanted.language or "en",
    )
