"""Cues of subtitles: a line with two times, then the lines that are shown, then a blank line."""

import html
import re
from collections.abc import Iterator
from itertools import chain, islice

from msgspec import Struct

from console.policy.inputs.formats.format import MOST_AHEAD
from console.policy.inputs.named_lines import are_named, name_and_text
from console.policy.inputs.text_row import BadRow, TextRow
from console.policy.inputs.times import clock_seconds
from console.policy.inputs.understood import Reading, Understood

CLOCK = r"(?:\d{1,4}:)?\d{1,3}:\d{2}(?:[.,]\d{1,9})?"
ARROW = re.compile(rf"\s*({CLOCK})\s*--?>\s*({CLOCK})(?:\s.*)?")
COMMA = re.compile(rf"\s*({CLOCK})\s*,\s*({CLOCK})\s*")
"""The times of SubViewer and YouTube's SBV."""
MAX_CUE_LINES = 200

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|</?>|<[\d:.]+>|\{\\[^{}]{0,200}\}")
_WORD_TIME = re.compile(r"<\d{2}:\d{2}(?::\d{2})?\.\d{3}>")
"""The time of one word, which only captions that roll have."""
_DASH = re.compile(r"^[-–—]\s+")


class _Cue(Struct, frozen=True):
    line: int
    at: float
    shown: tuple[str, ...]


def read_cues(form: str, lines: Iterator[str], times: re.Pattern[str]) -> Reading:
    """The cues of a file; lines outside of cues are their numbers, and say nothing."""
    rows = _texts(_cues(lines, times))
    first = list(islice(rows, MOST_AHEAD))
    unnamed = [row.text for row in first if isinstance(row, TextRow) and not row.speaker]
    named = are_named(unnamed, cues=True)
    understood = Understood(
        form=f"{form} with a name before each text" if named else form,
        speakers_told=named or any(isinstance(row, TextRow) and row.speaker for row in first),
        times_told=True,
    )
    every = chain(first, rows)
    return Reading(understood, map(_with_name, every) if named else every)


def _with_name(row: TextRow | BadRow) -> TextRow | BadRow:
    if isinstance(row, BadRow) or row.speaker:
        return row
    name, text = name_and_text(row.text)
    return TextRow(text, row.line, speaker=name, at=row.at)


def _cues(lines: Iterator[str], times: re.Pattern[str]) -> Iterator[_Cue | BadRow]:
    """Cues as they are shown. A line between two cues is the name of the next one; where no cue
    follows it is text, parted from its cue by an empty line.
    """
    shown: list[str] = []
    at, begin, inside, note = 0.0, 0, False, True  # what stands before the first cue is a header
    waiting: _Cue | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip("\r\n\ufeff")
        if match := times.fullmatch(text):
            if shown and shown[-1].strip().isdigit():
                shown.pop()  # the number of this cue, with no empty line before it
            if shown:
                yield _Cue(begin, at, tuple(shown))
            shown, inside, note, waiting = [], True, False, None
            at, begin = clock_seconds(match[1]), number + 1
        elif not text or len(shown) >= MAX_CUE_LINES:
            if shown:
                yield _Cue(begin, at, tuple(shown))
            shown, inside, note = [], False, note and not at
        elif inside:
            if text.strip():
                shown.append(text)
        elif "-->" in text:
            yield BadRow(number, "the times of this cue cannot be read.")
            shown, inside, note, waiting = [], True, False, None
            at, begin = 0.0, number + 1
        elif re.match(r"(NOTE|STYLE|REGION|WEBVTT)\b", text):
            note = True
        elif not note and text.strip():
            if waiting is not None:
                yield waiting
            waiting = None if text.strip().isdigit() else _Cue(number, at, (text,))
    if shown:
        yield _Cue(begin, at, tuple(shown))
    if waiting is not None:
        yield waiting


def _texts(cues: Iterator[_Cue | BadRow]) -> Iterator[TextRow | BadRow]:
    last, rolls = "", False
    for cue in cues:
        if isinstance(cue, BadRow):
            yield cue
            continue
        rolls = rolls or any(_WORD_TIME.search(line) for line in cue.shown)
        lines = [_DASH.sub("", _tags_but_voice(line).strip()) for line in cue.shown]
        # Captions that roll show their last line once more above the new one.
        fresh = lines[1:] if rolls and lines and lines[0] == last else lines
        last = lines[-1] if lines else last
        # Before the first voice stands what nobody is named for.
        parts = _VOICE.split(" ".join(fresh))
        for name, text in zip(["", *parts[1::2]], parts[0::2], strict=True):
            said = _plain(text)
            if said:
                yield TextRow(said, cue.line, speaker=html.unescape(name).strip(), at=cue.at)


def _tags_but_voice(line: str) -> str:
    return _TAG.sub(lambda tag: tag[0] if _VOICE.match(tag[0]) else "", line)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
