"""Cuts a text into the pieces of a vocabulary, those that are likeliest together. Pure.

SentencePiece's unigram model (Kudo 2018). Written out here because a tokenizer of the library
``tokenizers`` takes 220 MB for a vocabulary of a quarter of a million pieces, and this a fifth.
"""

import re
from collections.abc import Mapping, Sequence

SPACE = "\u2581"
"""Stands for a space, also before the first word."""
UNKNOWN = 3
MUCH_WORSE = 10.0
"""By how much a character that is in no piece is worse than the worst piece."""
SPECIAL = 4
"""The first pieces mark beginning, end, padding and the unknown: no text is cut into them."""
_SPACES = re.compile(" {2,}")
_NEVER = float("-inf")


class Pieces:
    """A vocabulary, ready to cut. Safe in several threads."""

    def __init__(self, pieces: Sequence[tuple[str, float]], written: Mapping[int, str]) -> None:
        """``pieces``: with scores. ``written``: what stands for a character, by code point."""
        self._scores = [score for _, score in pieces]
        self._numbers = {piece: at for at, (piece, _) in enumerate(pieces) if at >= SPECIAL}
        self._longest = max(map(len, self._numbers), default=1)
        self._unknown = min(self._scores, default=0.0) - MUCH_WORSE
        self._written = dict(written)

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces of ``text``, in their order."""
        plain = _SPACES.sub(" ", text.translate(self._written)).replace(" ", SPACE)
        if not plain.startswith(SPACE):
            plain = SPACE + plain
        best, back = [0.0] + [_NEVER] * len(plain), [(0, UNKNOWN)] * (len(plain) + 1)
        numbers, scores = self._numbers, self._scores
        for start in range(len(plain)):
            so_far = best[start]
            for end in range(start + 1, min(start + self._longest, len(plain)) + 1):
                number = numbers.get(plain[start:end])
                if number is not None and so_far + scores[number] > best[end]:
                    best[end], back[end] = so_far + scores[number], (start, number)
            if so_far + self._unknown > best[start + 1]:
                best[start + 1], back[start + 1] = so_far + self._unknown, (start, UNKNOWN)
        found, end = [], len(plain)
        while end:
            end, number = back[end]
            found.append(number)
        return found[::-1]
