"""``moderator-console media-check``: what this machine can hear and see, with no network."""

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

import msgspec

from console.base.errors import WorldError
from console.base.paths import resources
from console.base.plain_file import read_bytes
from console.base.plain_text import visible
from console.doctor.media_parts import Part, look_at_parts
from console.models.picture_registry import load_eyes
from console.models.speech_registry import load_speech, voice_detector
from console.models.speech_weights import ADVICE, EXTRA_MISSING

MAX_IMAGE_BYTES = 20 << 20


def main(options: argparse.Namespace) -> int:
    """Exit code 0; 1 where a file could not be looked at, or nothing is ready.

    Raises:
        WorldError: the file cannot be read, or a model is missing.
    """
    if options.file is not None:
        _print(hear(options.file, options.model))
        return 0
    if options.image is not None:
        _print(see(options.image))
        return 0
    parts = look_at_parts(options.home)
    if options.json:
        _print({"parts": parts})
    else:
        sys.stdout.write(report(parts))
    return 0 if any(part.ready for part in parts) else 1


def hear(path: Path, model: str) -> Any:
    """What is said in the file: ``{"text", "seconds", "cpu_seconds", "segments"}``.

    Raises:
        WorldError: the file cannot be read, or the model is missing.
    """
    try:
        files = importlib.import_module("console.models.speech_file")
        transcripts = importlib.import_module("console.models.speech_transcript")
    except ModuleNotFoundError as error:
        raise WorldError(EXTRA_MISSING.format(error.name), ADVICE) from error
    file = files.SpeechFile(path)
    heard = transcripts.write_down(file.pieces(), load_speech(model), voice_detector())
    if file.damaged:
        sys.stderr.write(f"{file.damaged} damaged pieces of {path} were left out.\n")
    return heard


def see(path: Path) -> Any:
    """What a picture shows: ``{"labels": [{"label", "score"}], "text", "qr"}``.

    Raises:
        WorldError: the file is no picture that can be read, or a model is missing.
    """
    image = read_bytes(path, MAX_IMAGE_BYTES)
    seen = load_eyes(resources() / "models").look(image)
    labels = [{"label": label, "score": score} for label, score in seen.labels]
    return {"labels": labels, "text": seen.text, "qr": seen.qr}


def report(parts: list[Part]) -> str:
    """The parts as text for a terminal."""
    width = max(len(part.part) for part in parts)
    lines = []
    for part in parts:
        mark = "ready  " if part.ready else "MISSING"
        what = f"{part.name} {part.version}".strip()
        lines.append(f"  {mark}  {part.part:<{width}}  {what}, licence {part.licence}")
        if part.reason:
            lines.append(f"{'':9}  {'':{width}}  → {visible(part.reason)}")
    return "\n".join(lines) + "\n"


def _print(value: Any) -> None:
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
