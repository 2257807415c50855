"""How well a few typed letters fit a title. Pure."""

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq


def score(typed: str, title: str) -> int:
    """Higher fits better; 0 means not at all, 1 that nothing was typed.

    Letters must come in order. Beginnings of words and neighbours count more.
    """
    wanted = "".join(typed.lower().split())
    if not wanted:
        return 1
    words = title.lower().split()
    text = "".join(words)
    if LCSseq.similarity(wanted, text) < len(wanted):
        return 0
    initials = "".join(word[0] for word in words).startswith(wanted)
    begins = any(word.startswith(wanted) for word in words) or text.startswith(wanted)
    return 2 + round(fuzz.partial_ratio(wanted, text)) + 60 * initials + 40 * begins
