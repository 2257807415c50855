"""Patterns written by moderators, in linear time (RE2, https://github.com/google/re2)."""

import re
from collections.abc import Sequence

import re2

from console.base.pattern import compile_pattern, re2_options
from console.policy.model import Blocklist, Hit

_SURROGATE = re.compile("[\ud800-\udfff]")

MAX_PER_PATTERN = 100
"""Places noted for one pattern in one text."""


SET_MEMORY = 64 << 20
"""Bytes for the set of all patterns. A set that runs out finds nothing and does not say so."""


class PatternMatcher:
    """Finds the patterns of several lists. Immutable once made, so any thread may use it."""

    def __init__(self, lists: Sequence[tuple[int, Blocklist]]) -> None:
        """``lists`` are regex lists; raises PatternError when a pattern is refused."""
        self._patterns = [
            (at, entry, compile_pattern(pattern))
            for at, blocklist in lists
            for entry, pattern in enumerate(blocklist.words)
        ]
        self._set = re2.Set.SearchSet(re2_options(SET_MEMORY))  # type: ignore[no-untyped-call]  # as above
        for _, _, pattern in self._patterns:
            self._set.Add(pattern.pattern)
        if self._patterns:
            self._set.Compile()

    def find(self, text: str) -> set[Hit]:
        """Every place where a pattern matches at least one character."""
        if not self._patterns:
            return set()
        clean = text if text.isascii() else _without_surrogates(text)
        hits: set[Hit] = set()
        for number in self._set.Match(clean) or ():
            at, entry, pattern = self._patterns[number]
            for count, match in enumerate(pattern.finditer(clean)):
                if count == MAX_PER_PATTERN:
                    break
                start, end = match.span()
                if end > start:
                    hits.add(Hit(at, entry, start, end))
        return hits


def _without_surrogates(text: str) -> str:
    """``text`` that UTF-8 can carry, code point for code point."""
    return _SURROGATE.sub("\ufffd", text)
