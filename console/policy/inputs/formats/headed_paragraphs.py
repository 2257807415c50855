"""Transcripts as Otter, Rev and Teams save them as text: a line with name and time, then the text.

``Ann Creep  0:05``, ``Speaker 1 (00:05)`` or ``[00:00:05] Ann Creep`` stands above what was said.
"""

import re
from collections.abc import Iterator

from console.policy.inputs.formats.format import Format, Head
from console.policy.inputs.text_row import BadRow, TextRow
from console.policy.inputs.times import clock_seconds
from console.policy.inputs.understood import Asked, Reading, Understood

_CLOCK = r"(?P<time>(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?)"
_NAME = r"(?P<name>[^\s\d\[(][^\n:]{0,79}?)"
_HEADS = (
    re.compile(rf"{_NAME}\s+[\[(]?{_CLOCK}[\])]?:?"),
    re.compile(rf"[\[(]?{_CLOCK}[\])]?\s+[-–]?\s*{_NAME}:?"),
)
_FOOT = re.compile(r"Transcribed by https?://\S+", re.IGNORECASE)
MOST_WORDS = 6


def _headed(line: str) -> tuple[str, float] | None:
    for form in _HEADS:
        match = form.fullmatch(line.strip())
        if match and len(match["name"].split()) <= MOST_WORDS:
            return match["name"].strip(), clock_seconds(match["time"])
    return None


def _recognizes(head: Head) -> bool:
    if head.suffix not in ("", ".txt", ".text", ".md"):
        return False
    heads = texts = 0
    after_head = False
    for line in head.said:
        if _headed(line):
            heads += not after_head
            after_head = True
        else:
            texts += after_head
            after_head = False
    # Nearly each paragraph has its own line with a name; a text may go on for some lines.
    return texts > 0 and texts * 2 >= heads and heads * 6 >= len(head.said)


def _read(lines: Iterator[str], _head: Head, _asked: Asked) -> Reading:
    understood = Understood(
        form="a transcript with a name and a time above each text (as Otter saves it)",
        speakers_told=True,
        times_told=True,
    )
    return Reading(understood, _rows(lines))


def _rows(lines: Iterator[str]) -> Iterator[TextRow | BadRow]:
    speaker, at = "", 0.0
    said: list[str] = []
    begin = 0
    for number, line in enumerate(lines, 1):
        text = line.strip()
        head = _headed(text)
        if said and (head or not text or len(said) >= 200):
            yield TextRow(" ".join(said), begin, speaker=speaker, at=at)
            said = []
        if head:
            speaker, at = head
        elif text and not _FOOT.fullmatch(text):
            begin = begin if said else number
            said.append(text)
    if said:
        yield TextRow(" ".join(said), begin, speaker=speaker, at=at)


HEADED_PARAGRAPHS = Format(_recognizes, _read)
