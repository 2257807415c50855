"""The last words of a speaker, so that a phrase cut over two captions is still one phrase. Pure.

Captions are cut by time and breath, not by meaning: "you should kill" and "yourself" come as two
lines. Each line is therefore also read behind the words that the same speaker said just before.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from console.domain.verdict import EarlierWords, Match

MAX_WORDS = 12
"""Of a speaker, before the line that is judged."""
MAX_SECONDS = 15.0
"""From the beginning of one line to that of the next; later it is another thought."""
_MAX_BEFORE, _MAX_LINE = 200, 200
"""Characters of what was said before, and of the line itself, that are read together."""
_CUT = "~"
"""Stands where words were left off, so that no pattern takes the place for a line's edge.

In ASCII, as a text with one other character takes several times as long to read.
"""


class Piece(Struct, frozen=True):
    """The end of one line.

    Attributes:
        item: what the caller calls the line.
        text: the words that are kept; the line's text from ``start`` on.
        at: when the line began, in seconds.
        matches: the line's own, and those that a later line found to end in it.
    """

    item: str
    text: str
    start: int
    at: float
    matches: tuple[Match, ...] = ()


LastWords = tuple[Piece, ...]
"""Of one speaker, oldest first."""


def still_heard(words: LastWords, at: float) -> LastWords:
    """Those of ``words`` that a line begun at ``at`` may go on from; none when it is older."""
    if not words or not 0.0 <= at - words[-1].at <= MAX_SECONDS:
        return ()
    return tuple(piece for piece in words if at - piece.at <= 2 * MAX_SECONDS)


def with_line(words: LastWords, item: str, text: str, at: float, own: Iterable[Match]) -> LastWords:
    """``words`` followed by a line; only the last MAX_WORDS are kept."""
    kept: list[Piece] = []
    left = MAX_WORDS
    for piece in (Piece(item, text, 0, at, tuple(own)), *reversed(words)):
        first, count = _last(piece.text, left)
        if count:
            kept.append(
                replace(piece, text=piece.text[first:], start=piece.start + first)
                if first
                else piece
            )
        left -= count
        if left <= 0:
            break
    return tuple(reversed(kept))


def _last(text: str, most: int) -> tuple[int, int]:
    """Where the last words of ``text`` begin, at most so many, and how many they are."""
    far = len(text) - _MAX_BEFORE
    start = text.rfind(" ", 0, far) + 1 if far > 0 else 0  # a long word is not cut
    parts = (text[start:] if start else text).rsplit(None, most)
    if len(parts) <= most:
        return start, len(parts)
    start += len(parts[0])
    return start + len(text[start:]) - len(text[start:].lstrip()), most


class Window:
    """A line behind the last words of its speaker.

    Attributes:
        text: both, with a space between the lines.
    """

    def __init__(self, words: LastWords, line: str) -> None:
        """``words``: not empty."""
        parts = [_CUT] if words[0].start else []
        self._pieces: list[tuple[int, Piece]] = []
        length = len(parts[0]) + 1 if parts else 0
        for piece in words:
            self._pieces.append((length, piece))
            parts.append(piece.text)
            length += len(piece.text) + 1
        self._line = length
        end = len(line) if len(line) <= _MAX_LINE else max(line.rfind(" ", 0, _MAX_LINE), 0)
        parts.append(line[:end])
        if end < len(line):
            parts.append(_CUT)
        self._end = length + end
        self.text = " ".join(parts)

    def crosses(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` begins in an earlier line and ends in this one."""
        return bool(self.text[start : self._line].strip(f" {_CUT}")) and bool(
            self.text[self._line : min(end, self._end)].strip()
        )

    def placed(self, match: Match, own: Iterable[Match]) -> Match | None:
        """``match``, which crosses, in the places of the lines; None when it counts already.

        ``own``: what was found in the line by itself.
        """
        start, end = 0, min(match.end, self._end) - self._line
        earlier = [
            (piece, piece.start + max(0, match.start - at), piece.start + stop)
            for at, piece in self._pieces
            if (stop := min(match.end - at, len(piece.text))) > max(0, match.start - at)
        ]
        if _counted(match, start, end, own) or any(
            _counted(match, first, last, piece.matches) for piece, first, last in earlier
        ):
            return None
        places = tuple(EarlierWords(piece.item, first, last) for piece, first, last in earlier)
        return replace(match, start=start, end=end, earlier=places)


def _counted(match: Match, start: int, end: int, known: Iterable[Match]) -> bool:
    """Whether the rule of ``match`` has a match of its own at ``start`` to ``end``."""
    return any(each.rule == match.rule and each.start < end and start < each.end for each in known)


def marked(words: LastWords, matches: Iterable[Match]) -> LastWords:
    """``words`` with the places that ``matches`` of a later line have in them."""
    places = [
        (each.item, replace(match, start=each.start, end=each.end, earlier=()))
        for match in matches
        for each in match.earlier
    ]
    return tuple(
        replace(
            piece,
            matches=(*piece.matches, *(place for item, place in places if item == piece.item)),
        )
        for piece in words
    )
