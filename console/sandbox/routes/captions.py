"""Closed captions: on, off, sent by the app's server."""

from typing import Annotated

from msgspec import Meta, Struct

from console.sandbox.api_errors import input_error
from console.sandbox.operation import Asked
from console.sandbox.timestamps import read_time


class Start(Struct):
    language: str | None = None
    enable_transcription: bool | None = None


class Stop(Struct):
    stop_transcription: bool | None = None


class Send(Struct):
    speaker_id: Annotated[str, Meta(max_length=256)]
    text: Annotated[str, Meta(max_length=32_768)]
    start_time: str | int | float | None = None
    end_time: str | int | float | None = None
    language: str | None = None


async def start(asked: Asked, wanted: Start) -> None:
    asked.world.control.captions(asked.cid, True, asked.who.user_id, wanted.language or "")
    if wanted.enable_transcription:
        _transcribe(asked, True)


async def stop(asked: Asked, wanted: Stop) -> None:
    asked.world.control.captions(asked.cid, False, asked.who.user_id)
    if wanted.stop_transcription:
        _transcribe(asked, False)


def _transcribe(asked: Asked, on: bool) -> None:
    call = asked.call
    if call.transcribing is not on:
        call.transcribing = on
        kind = "call.transcription_started" if on else "call.transcription_stopped"
        asked.world.state.emit(kind, cid=call.cid, payload={"egress_id": call.id})


async def send(asked: Asked, wanted: Send) -> None:
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
