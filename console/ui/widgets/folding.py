"""How texts are compared when somebody searches."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """``text`` without case, accents and width differences, so that "jose" finds "José"."""
    decomposed = unicodedata.normalize("NFKD", text[:4096])
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
