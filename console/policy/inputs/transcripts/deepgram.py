"""Deepgram's answer to a recording: utterances, paragraphs or one transcript a channel."""

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
    channels = objects(table(document.get("results")).get("channels"))
    return bool(channels) and "alternatives" in channels[0]


def _spoken(document: Document) -> Iterator[Piece]:
    results = table(document.get("results"))
    if utterances := objects(results.get("utterances")):
        for each in utterances:
            yield from piece(each.get("transcript"), each.get("start"), speaker=each.get("speaker"))
        return
    for channel in objects(results.get("channels")):
        language = channel.get("detected_language")
        for best in objects(channel.get("alternatives"))[:1]:
            yield from _of(best, language)


def _of(best: Document, language: object) -> Iterator[Piece]:
    paragraphs = objects(table(best.get("paragraphs")).get("paragraphs"))
    words = objects(best.get("words"))
    if paragraphs:
        for each in paragraphs:
            for sentence in objects(each.get("sentences")):
                text, at = sentence.get("text"), sentence.get("start")
                yield from piece(text, at, 1.0, each.get("speaker"), language)
    elif words:
        yield from sentences(
            [
                (str(each.get("punctuated_word") or each.get("word") or ""), *_when(each))
                for each in words
            ]
        )
    else:
        yield from piece(best.get("transcript"), language=language)


def _when(word: Document) -> tuple[object, object]:
    return word.get("start"), word.get("speaker")


DEEPGRAM = Transcript("Deepgram JSON", _fits, _spoken)
