"""Amazon Transcribe: audio segments, or words with the labels of speakers."""

from collections.abc import Iterator

from console.policy.inputs.transcripts.spoken import (
    Document,
    Piece,
    Transcript,
    objects,
    piece,
    sentences,
    table,
)


def _fits(document: Document) -> bool:
    results = table(document.get("results"))
    return "transcripts" in results and "items" in results


def _spoken(document: Document) -> Iterator[Piece]:
    results = table(document.get("results"))
    language = results.get("language_code")
    if segments := objects(results.get("audio_segments")):
        for each in segments:
            text, at = each.get("transcript"), each.get("start_time")
            yield from piece(text, at, 1.0, each.get("speaker_label"), language)
        return
    words: list[tuple[str, object, object]] = []
    for item in objects(results.get("items")):
        best = objects(item.get("alternatives"))[:1]
        word = str(best[0].get("content") or "") if best else ""
        if item.get("type") == "punctuation" and words:
            words[-1] = words[-1][0] + word, *words[-1][1:]
        else:
            words.append((word, item.get("start_time"), item.get("speaker_label")))
    yield from sentences(words)


AMAZON = Transcript("Amazon Transcribe JSON", _fits, _spoken)
