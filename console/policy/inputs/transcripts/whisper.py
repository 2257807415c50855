"""Whisper and its kin (openai-whisper, faster-whisper, WhisperX, whisper.cpp)."""

from collections.abc import Iterator

from console.policy.inputs.transcripts.spoken import (
    Document,
    Piece,
    Transcript,
    objects,
    piece,
    table,
)


def _fits(document: Document) -> bool:
    segments = objects(document.get("segments"))
    return bool(segments) and "text" in segments[0]


def _spoken(document: Document) -> Iterator[Piece]:
    language = document.get("language")
    for each in objects(document.get("segments")):
        speaker = each.get("speaker")
        yield from piece(each.get("text"), each.get("start"), 1.0, speaker, language)


def _fits_cpp(document: Document) -> bool:
    parts = objects(document.get("transcription"))
    return bool(parts) and "offsets" in parts[0]


def _spoken_cpp(document: Document) -> Iterator[Piece]:
    language = table(document.get("result")).get("language")
    for each in objects(document.get("transcription")):
        begin = table(each.get("offsets")).get("from")
        speaker = each.get("speaker")
        yield from piece(each.get("text"), begin, 0.001, speaker, language)


WHISPER = Transcript("Whisper JSON", _fits, _spoken)
WHISPER_CPP = Transcript("whisper.cpp JSON", _fits_cpp, _spoken_cpp)
