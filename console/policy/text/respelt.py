"""How a listed word is misspelt and still read: letters swapped, left out, replaced. Pure."""

import re
from collections.abc import Iterator
from typing import Final

_SHORTEST: Final = 4
_VOWELS: Final = "aeiou"
_SHORTEST_WITHOUT_VOWEL: Final = 6
_SHORTEST_WITHOUT_CONSONANT: Final = 7
_SHORTEST_BARE: Final = 3
_LATER_VOWELS = re.compile(f"(?<=.)[{_VOWELS}]")


def misspellings(word: str) -> Iterator[str]:
    """Spellings of ``word`` (folded, one word) with one thing wrong inside; ends stay as they are.

    Two letters swapped ("fcuk"), a letter left out ("bastrd"), every vowel left out ("bstrd"), or
    an x in place of a vowel ("fxck").
    """
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return
    for at in range(1, len(word) - 1):
        before, char, after = word[:at], word[at], word[at + 1 :]
        if char != after[0]:
            yield before + after[0] + char + after[1:]
        shortest = _SHORTEST_WITHOUT_VOWEL if char in _VOWELS else _SHORTEST_WITHOUT_CONSONANT
        if len(word) >= shortest:
            yield before + after
        if char in _VOWELS:
            yield f"{before}x{after}"
    bare = _LATER_VOWELS.sub("", word)
    if len(bare) >= _SHORTEST_BARE and bare != word:
        yield bare


def parts_of(word: str) -> Iterator[str]:
    """How ``word`` is written within a longer one, first as it is: with k for c, zz for ss."""
    yield word
    for written, instead in (("ck", "k"), ("ck", "kk"), ("c", "k"), ("ss", "zz"), ("ph", "f")):
        if written in word:
            yield word.replace(written, instead)
