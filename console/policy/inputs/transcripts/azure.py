"""Azure's batch transcription: recognized phrases; its ticks are 100 nanoseconds."""

from collections.abc import Iterator

from console.policy.inputs.transcripts.spoken import Document, Piece, Transcript, objects, piece


def _spoken(document: Document) -> Iterator[Piece]:
    for phrase in objects(document.get("recognizedPhrases")):
        for best in objects(phrase.get("nBest"))[:1]:
            text = best.get("display") or best.get("lexical")
            ticks, speaker = phrase.get("offsetInTicks"), phrase.get("speaker")
            yield from piece(text, ticks, 1e-7, speaker, phrase.get("locale"))


AZURE = Transcript(
    "Azure transcription JSON", lambda document: "recognizedPhrases" in document, _spoken
)
