"""One pattern written by a moderator, in linear time (RE2, https://github.com/google/re2)."""

from collections.abc import Iterator
from typing import Protocol, cast

import re2

PATTERN_MEMORY = 4 << 20
"""Bytes for one pattern; a pattern that needs more runs more slowly."""


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


def re2_options(memory: int) -> "re2.Options":
    """For something that may take ``memory`` bytes."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = memory
    # Only whole matches are asked for, and groups that are noted make a search 1,000 times slower.
    options.never_capture = True
    return options


def compile_pattern(pattern: str) -> Pattern:
    """``pattern`` as RE2 understands it; case counts unless it says ``(?i)``.

    Raises:
        PatternError: RE2 refused it (look-around and back-references are not linear).
    """
    try:
        return cast(Pattern, re2.compile(pattern, re2_options(PATTERN_MEMORY)))  # type: ignore[no-untyped-call]  # re2 has no types
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        if isinstance(reason, bytes):
            reason = reason.decode("utf-8", "replace")
        raise PatternError(str(reason)) from error
    except UnicodeEncodeError as error:
        raise PatternError("it holds half of a surrogate pair") from error
