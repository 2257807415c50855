"""Google Speech-to-Text: results with alternatives."""

from collections.abc import Iterator

from console.policy.inputs.transcripts.spoken import Document, Piece, Transcript, objects, piece


def _fits(document: Document) -> bool:
    results = objects(document.get("results"))
    alternatives = objects(results[0].get("alternatives")) if results else []
    return bool(alternatives) and "transcript" in alternatives[0]


def _spoken(document: Document) -> Iterator[Piece]:
    for result in objects(document.get("results")):
        for best in objects(result.get("alternatives"))[:1]:
            words = objects(best.get("words"))
            first = words[0] if words else {}
            at = first.get("startTime") or first.get("startOffset") or result.get("resultEndTime")
            speaker = first.get("speakerTag") or first.get("speakerLabel")
            yield from piece(best.get("transcript"), at, 1.0, speaker, result.get("languageCode"))


GOOGLE = Transcript("Google Speech-to-Text JSON", _fits, _spoken)
