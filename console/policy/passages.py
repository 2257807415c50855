"""The passages of a text that are compared by meaning: nothing may drown in a long one."""

import re

WORDS = 24
"""A passage of a long text; a caption is rarely longer."""
STEP = 12
MAX_PASSAGES = 32
"""Of one text, the first ones; with STEP words between them that is a page."""

_WORD = re.compile(r"\S+")


def passages(text: str) -> list[tuple[int, int]]:
    """Code points from and to: the whole text when it is short, else windows that overlap by half.

    Empty when there is no word in it.
    """
    words = [found.span() for found in _WORD.finditer(text)]
    if not words:
        return []
    if len(words) <= WORDS:
        return [(words[0][0], words[-1][1])]
    starts = range(0, len(words) - STEP, STEP)
    return [
        (words[at][0], words[min(at + WORDS, len(words)) - 1][1]) for at in starts[:MAX_PASSAGES]
    ]
