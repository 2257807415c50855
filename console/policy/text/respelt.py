"""How a listed word is misspelt and still read: letters swapped, left out, replaced. Pure."""

import re
from collections.abc import Iterator
from typing import Final

from console.policy.text.common_words import CommonWords

_SHORTEST: Final = 4
_VOWELS: Final = "aeiou"
_SHORTEST_WITHOUT_VOWEL: Final = 7
_SHORTEST_WITHOUT_CONSONANT: Final = 8
_SHORTEST_BARE: Final = 3
_SHORTEST_CUT: Final = 4
_LONG_CUT: Final = 6
"""From so many letters on one of the two parts may be a common word."""
_SHORT_WORDS = frozenset(
    [
        "a",
        "i",
        "u",
        "r",
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "ex",
        "go",
        "ha",
        "he",
        "hi",
        "hm",
        "id",
        "if",
        "in",
        "is",
        "it",
        "me",
        "mr",
        "ms",
        "my",
        "no",
        "of",
        "oh",
        "ok",
        "on",
        "or",
        "ox",
        "pa",
        "re",
        "sh",
        "so",
        "to",
        "tv",
        "uh",
        "uk",
        "um",
        "up",
        "us",
        "we",
        "ll",
        "ve",
        "nt",
    ]
)
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
    if len(set(bare)) >= _SHORTEST_BARE and bare != word:
        yield bare


def parts_of(word: str) -> Iterator[str]:
    """How ``word`` is written within a longer one, first as it is: with k for c, zz for ss."""
    yield word
    for written, instead in (("ck", "k"), ("ck", "kk"), ("c", "k"), ("ss", "zz"), ("ph", "f")):
        if written in word:
            yield word.replace(written, instead)


def cuts(word: str, common: CommonWords) -> Iterator[tuple[str, str]]:
    """Where a space may cut ``word`` so that the two parts are no words of their own: "fu ck".

    A letter alone is a part at the end only: "model S hit the road".
    """
    if len(word) < _SHORTEST_CUT:
        return
    for at in range(2, len(word)):
        first, second = word[:at], word[at:]
        usual = _is_usual(first, common) + _is_usual(second, common)
        if not usual or (usual == 1 and len(word) >= _LONG_CUT and min(at, len(second)) > 2):
            yield first, second


def _is_usual(part: str, common: CommonWords) -> bool:
    return part in _SHORT_WORDS if len(part) <= 2 else common.has(part)
