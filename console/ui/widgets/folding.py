"""How texts are compared when somebody searches."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_NUMBERS = re.compile(r"([0-9]{1,18})")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """``text`` without case, accents and width differences, so that "jose" finds "José"."""
    decomposed = unicodedata.normalize("NFKD", text[:4096])
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def in_order(name: str) -> list[tuple[int, str]]:
    """What names are sorted by: as :func:`fold` has them, numbers in them by their value."""
    parts = _NUMBERS.split(fold(name))
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]


def folded_words(typed: str) -> list[str]:
    """The words that somebody searches for."""
    return fold(typed).split()


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether ``text`` has all ``words``, which are folded; any has none of them."""
    if not words:
        return True
    folded = fold(text)
    return all(word in folded for word in words)
