"""Which words, word pairs and letter groups a text has, as numbers of buckets. Pure.

A sentence vector blurs single words; these keep them, whatever the model knows of them.
"""

import re
from itertools import pairwise
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:['*][^\W_]+)*|[^\s\w]")
SHORTEST, LONGEST = 2, 4
"""Letters in a group."""


def word_buckets(text: str, count: int) -> list[int]:
    """The buckets, from 0 to ``count`` - 1, of the words of ``text`` and its pairs of words."""
    words = _WORD.findall(text.lower())
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return sorted({_bucket(each, count) for each in (*words, *pairs)})


def letter_buckets(text: str, count: int) -> list[int]:
    """The buckets of the groups of two to four letters in the words of ``text``.

    A word begins and ends with a space, which marks its beginning and its end.
    """
    groups: set[str] = set()
    for word in set(text.lower().split()):
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            groups.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return sorted({_bucket(group, count) for group in groups})


def _bucket(piece: str, count: int) -> int:
    # Half a character is no text that can be encoded, and still comes.
    return crc32(piece.encode(errors="replace")) % count
