"""Listed words of other alphabets, found where they are typed with Latin letters."""

import re
from collections.abc import Iterator
from typing import Final, Generic, TypeVar

from console.policy.text.common_words import common_words
from console.policy.text.romanized import (
    consonants,
    has_chat_digit,
    is_other_script,
    romanized,
    writes_no_vowels,
)

T = TypeVar("T")

_WITHOUT_SEMIVOWELS = re.compile("[wy]")

_SHORTEST: Final = 3
_LONGEST: Final = 32
_REMEMBERED: Final = 20_000


class Romanized(Generic[T]):
    """Words by how they are typed with Latin letters. Any thread may ask once all are added."""

    def __init__(self) -> None:
        self._spelt: dict[str, list[T]] = {}
        self._consonants: dict[str, list[T]] = {}
        self._known: dict[str, tuple[T, ...]] = {}

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to find."""
        return bool(self._spelt or self._consonants)

    def add(self, word: str, owner: T) -> None:
        """Let ``word`` (folded) be found for ``owner``; only one word, and of another alphabet."""
        if not is_other_script(word) or " " in word:
            return
        bare = writes_no_vowels(word)
        key = consonants(word) if bare else romanized(word)
        if len(key) >= _SHORTEST and (bare or len(key) > _SHORTEST):
            (self._consonants if bare else self._spelt).setdefault(key, []).append(owner)

    def find_in(self, text: str) -> Iterator[tuple[T, int, int]]:
        """The owners of words in a reading's ``text``, with start and end."""
        for token in text.split():
            found = self._known.get(token)
            if found is None:
                found = self._look(token)
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                self._known[token] = found
            if found:
                at = text.find(f" {token} ") + 1
                for owner in found:
                    yield owner, at, at + len(token)

    def _look(self, token: str) -> tuple[T, ...]:
        if not (_SHORTEST <= len(token) <= _LONGEST and token.isascii() and token.isalnum()):
            return ()
        if token.isdigit() or common_words().has(token):
            return ()
        found = list(self._spelt.get(romanized(token), ())) if token.isalpha() else []
        if token.isalpha() or has_chat_digit(token):
            # w and y are consonants in Hindi, and may be vowels in Arabic.
            for key in {consonants(token), consonants(_WITHOUT_SEMIVOWELS.sub("", token))}:
                found += self._consonants.get(key, ())
        return tuple(dict.fromkeys(found))
