"""Words written, or captioned, with stars or other signs for letters: "f***", "sh*t", "f#ck"."""

import re
from collections.abc import Iterator
from typing import Generic, TypeVar

from console.policy.text.folding import PLAIN, words_of

T = TypeVar("T")

_MASKED = re.compile(r"(?<![\w*])[^\W\d_][^\W_]*\*[\w*]*[^\W_]|(?<![\w*])[^\W\d_][^\W_]*\*+(?!\w)")
# A sign inside a word; it may be an address, a hashtag or "AT&T" as well.
_SIGNED = re.compile(r"(?<![\w@#%&$])[^\W\d_][^\W_]*[@#%&$][^\W_@#%&$]+(?![\w@#%&$])")
_SIGNS = "@#%&$"
_MASKS = re.compile(f"[*{_SIGNS}]")
LONGEST = 24
SHORTEST_SIGNED = 4


class MaskedLetters(Generic[T]):
    """Listed words by first letter and length, to be compared with words that hold stars."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, int], list[tuple[str, T]]] = {}

    def add(self, word: str, owner: T) -> None:
        """Let ``word`` (folded, one word) be found for ``owner``; short ones are left out."""
        if 3 <= len(word) <= LONGEST:
            self._words.setdefault((word[0], len(word)), []).append((word, owner))

    def find(self, text: str) -> Iterator[tuple[T, int, int]]:
        """The owners of words that the stars may stand for, with the code points."""
        if _MASKS.search(text) is None:
            return
        for match in _MASKED.finditer(text):
            yield from self._alike(match, "*")
        for match in _SIGNED.finditer(text):
            if match.end() - match.start() >= SHORTEST_SIGNED:
                yield from self._alike(match, _SIGNS)

    def _alike(self, match: re.Match[str], masks: str) -> Iterator[tuple[T, int, int]]:
        """The owners of words that are ``match`` but for its ``masks``."""
        written = match.group().casefold()
        if len(written) > LONGEST or len(written) != len(match.group()):
            return
        first = words_of(written[0], PLAIN)
        for word, owner in self._words.get((first, len(written)), ()):
            if all(seen in masks or seen == true for seen, true in zip(written, word, strict=True)):
                yield owner, match.start(), match.end()
