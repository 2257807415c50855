"""Texts that look alike, by Unicode's table of confusable characters (Technical Standard 39).

Coarser than its skeletons: case, accents of Latin, Greek and Cyrillic letters, white space and what
shows nothing do not count either. Too much likeness costs a glance, too little a wrong person.
"""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from json import loads

from console.base.invisible import INVISIBLE

LONGEST = 256
"""Of longer texts the beginning is compared."""


_MORE = {"i": "l", "\u0131": "l"}
"""An "i" looks like an "l" only as a capital; which case a name has does not count here."""


@cache
def _prototypes() -> dict[int, str]:
    """What each character is drawn like, where it is drawn like another."""
    file = files("confusable_homoglyphs").joinpath("confusables.json")
    alike: dict[str, list[dict[str, str]]] = loads(file.read_text(encoding="utf-8"))
    found: dict[int, str] = {}
    for text, others in alike.items():
        # The file has both directions; a character has one prototype, a prototype many characters.
        prototype = others[0]["c"].strip("\u200e")
        if len(text) == 1 and len(others) == 1:
            pair = len(alike.get(prototype, others)) == 1
            if not (pair and prototype > text):
                found[ord(text)] = prototype
    return found


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(part for part in parts if not "\u0300" <= part <= "\u036f")


@lru_cache(maxsize=65_536)
def likeness(text: str) -> str:
    """Equal for texts that a reader can take for each other; empty for those that show nothing."""
    seen = "".join(INVISIBLE.sub("", text[:LONGEST]).split())
    for _ in range(2):  # a letter may look like another only without its accent, or as a capital
        drawn = _without_accents(seen.translate(_prototypes()))
        seen = _without_accents(drawn.translate(_prototypes())).casefold()
    return "".join(_MORE.get(char, char) for char in seen)
