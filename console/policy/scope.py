"""Which policy applies where: the most specific key wins.

Stream's sources name the keys but not their order (STREAM.md 6.2); most specific first is the
natural reading, and the one that the sandbox uses too.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


def fallback_keys(key: str) -> Iterator[str]:
    """``key`` and then ever wider ones: ``chat:messaging:general``, ``chat:messaging``, ``chat``.

    ``custom`` alone is no key at Stream, so ``custom:<id>`` has no wider one.
    """
    while key:
        yield key
        wider, _, _ = key.rpartition(":")
        key = "" if wider == "custom" else wider


def policy_for(key: str, policies: Mapping[str, T]) -> T | None:
    """What ``policies`` holds for ``key`` or for the nearest wider key; None when nothing does."""
    return next((policies[each] for each in fallback_keys(key) if each in policies), None)
