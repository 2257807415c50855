"""Rev AI: monologues of elements."""

from collections.abc import Iterator

from console.policy.inputs.transcripts.spoken import Document, Piece, Transcript, objects, piece


def _spoken(document: Document) -> Iterator[Piece]:
    for monologue in objects(document.get("monologues")):
        elements = objects(monologue.get("elements"))
        text = "".join(str(each.get("value") or "") for each in elements)
        at = next((each["ts"] for each in elements if "ts" in each), None)
        yield from piece(text, at, speaker=monologue.get("speaker"))


REV = Transcript("Rev AI JSON", lambda document: "monologues" in document, _spoken)
