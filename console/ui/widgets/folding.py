"""How texts are compared when somebody searches."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """``text`` without case, accents and width differences, so that "jose" finds "José"."""
    decomposed = unicodedata.normalize("NFKD", text[:4096])
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def folded_words(typed: str) -> list[str]:
    """The words that somebody searches for."""
    return fold(typed).split()


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether ``text`` has all ``words``, which are folded; any has none of them."""
    if not words:
        return True
    folded = fold(text)
    return all(word in folded for word in words)
