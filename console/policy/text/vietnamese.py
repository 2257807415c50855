"""Words of Vietnamese, whose accents are no disguise: "Đông" is no "dong". Pure."""

import re
import unicodedata

_ONLY_VIETNAMESE = re.compile("[đĐơƠưƯ\u1ea0-\u1ef9]")
_SYLLABLE = re.compile(
    "(?:ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
"""A syllable without its accents: what may begin it, its vowels, what may end it."""


def is_vietnamese(word: str, text: str) -> bool:
    """Whether ``word`` of ``text`` is a syllable of Vietnamese, written with its accents.

    ``text`` holds letters that no other language has, so that an accent alone does not tell.
    """
    if word.isascii() or _ONLY_VIETNAMESE.search(text) is None:
        return False
    letters = "".join(
        char
        for char in unicodedata.normalize("NFD", word.casefold())
        if not unicodedata.combining(char)
    )
    return all(_SYLLABLE.fullmatch(each) for each in letters.split())
