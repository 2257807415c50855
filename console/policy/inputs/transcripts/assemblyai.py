"""AssemblyAI: utterances with speakers, or words; its times are in milliseconds."""

from collections.abc import Iterator

from console.policy.inputs.transcripts.spoken import (
    Document,
    Piece,
    Transcript,
    objects,
    piece,
    sentences,
)


def _fits(document: Document) -> bool:
    for key in ("utterances", "words"):
        found = objects(document.get(key))
        if found and {"text", "start", "end"} <= found[0].keys():
            return True
    return False


def _spoken(document: Document) -> Iterator[Piece]:
    language = document.get("language_code")
    utterances = objects(document.get("utterances"))
    for each in utterances:
        yield from piece(each.get("text"), each.get("start"), 0.001, each.get("speaker"), language)
    if not utterances:
        words = [
            (str(each.get("text") or ""), _seconds(each.get("start")), each.get("speaker"))
            for each in objects(document.get("words"))
        ]
        yield from sentences(words)


def _seconds(at: object) -> float | None:
    return at / 1000 if isinstance(at, int | float) else None


ASSEMBLYAI = Transcript("AssemblyAI JSON", _fits, _spoken)
