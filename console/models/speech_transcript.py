"""A whole file written down: voice, segments and model, one after the other."""

import time
from collections.abc import Iterable

from msgspec import Struct

from console.domain.speech import (
    BYTES_A_SECOND,
    CHUNK_BYTES,
    SpeechModel,
    VoiceDetector,
    Written,
)
from console.models.speech_segments import Segment, Segmenter


class Passage(Struct, frozen=True):
    """One segment of a file. Times in seconds from its beginning."""

    start: float
    end: float
    text: str
    confidence: float
    language: str


class Transcript(Struct, frozen=True):
    """What is said in a file. ``seconds``: how long it is; ``cpu_seconds``: what it took."""

    text: str
    seconds: float
    cpu_seconds: float
    segments: tuple[Passage, ...]


def write_down(pieces: Iterable[bytes], model: SpeechModel, voice: VoiceDetector) -> Transcript:
    """Write down sound of any length; of it only a segment at a time is in memory."""
    began = time.process_time()
    segmenter = Segmenter()
    passages: list[Passage] = []

    def take(segment: Segment) -> None:
        if segment.final and segment.pcm:
            written = model.write_down(segment.pcm)
            if written.text:
                passages.append(_passage(segment, written))

    heard, rest = 0, b""
    for piece in pieces:
        heard += len(piece)
        rest += piece
        while len(rest) >= CHUNK_BYTES:
            chunk, rest = rest[:CHUNK_BYTES], rest[CHUNK_BYTES:]
            for segment in segmenter.feed(chunk, voice.voiced(chunk)):
                take(segment)
    for segment in segmenter.end():
        take(segment)
    return Transcript(
        text=" ".join(each.text for each in passages),
        seconds=round(heard / BYTES_A_SECOND, 3),
        cpu_seconds=round(time.process_time() - began, 3),
        segments=tuple(passages),
    )


def _passage(segment: Segment, written: Written) -> Passage:
    return Passage(
        start=round(segment.start, 2),
        end=round(segment.start + segment.seconds, 2),
        text=written.text,
        confidence=written.confidence,
        language=written.language,
    )
