"""Words of a line: which ones, in what order, and how long it takes to say them. Pure."""

import re
from random import Random

CHOICE = re.compile(r"\{([^{}|]*(?:\|[^{}|]*)+)\}")
"""Alternatives in a line, as in ``{a|b|c}``."""

_WORD = re.compile(r"\w+")

WORDS_PER_SECOND = 2.9
SHORTEST = 0.7
LONGEST = 12.0


def drawn(line: str, dice: Random) -> str:
    """``line`` with one alternative of each ``{a|b|c}``."""
    return CHOICE.sub(lambda match: dice.choice(match.group(1).split("|")), line)


def spoken_seconds(text: str) -> float:
    """How long a person takes to say ``text``.

    Scripts that do not put spaces between words are counted by letters.
    """
    words = sum(max(1.0, len(word) / 6) for word in _WORD.findall(text))
    return min(LONGEST, max(SHORTEST, words / WORDS_PER_SECOND))


class Deck:
    """Draws from lines without repeating one before all were drawn."""

    def __init__(self, lines: tuple[str, ...], *, shuffled: bool) -> None:
        self._lines = lines
        self._shuffled = shuffled
        self._left: list[str] = []

    def draw(self, dice: Random) -> str:
        """The next line, its choices drawn."""
        if not self._left:
            self._left = list(reversed(self._lines))
            if self._shuffled:
                dice.shuffle(self._left)
        return drawn(self._left.pop(), dice)
