"""The services whose transcripts are known, in the order in which they are tried."""

from typing import Any

from msgspec.structs import replace

from console.policy.inputs.transcripts.amazon import AMAZON
from console.policy.inputs.transcripts.assemblyai import ASSEMBLYAI
from console.policy.inputs.transcripts.azure import AZURE
from console.policy.inputs.transcripts.deepgram import DEEPGRAM
from console.policy.inputs.transcripts.google import GOOGLE
from console.policy.inputs.transcripts.rev import REV
from console.policy.inputs.transcripts.spoken import Piece, Transcript
from console.policy.inputs.transcripts.whisper import WHISPER, WHISPER_CPP

TRANSCRIPTS = (DEEPGRAM, AMAZON, GOOGLE, AZURE, REV, WHISPER_CPP, WHISPER, ASSEMBLYAI)


def is_transcript(document: Any) -> bool:
    """Whether a service is known that writes such a document."""
    return isinstance(document, dict) and any(each.fits(document) for each in TRANSCRIPTS)


def transcript_of(document: Any) -> tuple[Transcript, list[Piece]] | None:
    """The service that wrote ``document``, and the texts, numbered from 1; None for another."""
    if not isinstance(document, dict):
        return None
    for each in TRANSCRIPTS:
        if each.fits(document):
            rows = enumerate(each.spoken(document), 1)
            return each, [replace(row, line=number) for number, row in rows]
    return None
