"""Patterns written by moderators, in linear time (RE2, https://github.com/google/re2)."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

import re2

from console.policy.model import Blocklist, Hit

_SURROGATE = re.compile("[\ud800-\udfff]")

MAX_PER_PATTERN = 100
"""Places noted for one pattern in one text."""


PATTERN_MEMORY = 4 << 20
"""Bytes for one pattern; a pattern that needs more runs more slowly."""

SET_MEMORY = 64 << 20
"""Bytes for the set of all patterns. A set that runs out finds nothing and does not say so."""


class PatternError(ValueError):
    """RE2 refused a pattern; the text of the error says why."""


class Span(Protocol):
    """Where a pattern matched."""

    def span(self) -> tuple[int, int]:
        """Start and end in code points."""


class Pattern(Protocol):
    """What is used of a compiled pattern."""

    pattern: str

    def finditer(self, text: str) -> Iterator[Span]:
        """Every match from left to right, none overlapping."""


def _options(memory: int) -> "re2.Options":
    options = re2.Options()
    options.log_errors = False
    options.max_mem = memory
    return options


def compile_pattern(pattern: str) -> Pattern:
    """``pattern`` as RE2 understands it; case counts unless it says ``(?i)``.

    Raises:
        PatternError: RE2 refused it (look-around and back-references are not linear).
    """
    try:
        return cast(Pattern, re2.compile(pattern, _options(PATTERN_MEMORY)))  # type: ignore[no-untyped-call]  # re2 has no types
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        if isinstance(reason, bytes):
            reason = reason.decode("utf-8", "replace")
        raise PatternError(str(reason)) from error
    except UnicodeEncodeError as error:
        raise PatternError("it holds half of a surrogate pair") from error


class PatternMatcher:
    """Finds the patterns of several lists. Immutable once made, so any thread may use it."""

    def __init__(self, lists: Sequence[tuple[int, Blocklist]]) -> None:
        """``lists`` are regex lists; raises PatternError when a pattern is refused."""
        self._patterns = [
            (at, entry, compile_pattern(pattern))
            for at, blocklist in lists
            for entry, pattern in enumerate(blocklist.words)
        ]
        self._set = re2.Set.SearchSet(_options(SET_MEMORY))  # type: ignore[no-untyped-call]  # as above
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
