"""People who are alike: whose names or lines could come from one hand. Pure.

A raid is many accounts of one hand. What is found here is only shown and chosen from; nobody is
judged by it.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from console.base.look_alikes import likeness

LEAST = 3
"""So many people make a group."""

STEM = 8
"""Names that begin with so many equal letters are alike."""

LEAST_WORDS = 3
"""Shorter lines are said by many who have nothing to do with each other."""

OVERLAP = 0.6
"""The share of their words that two lines have in common when they are alike."""

MOST_LINES = 500
"""So many of the newest lines are compared."""

_NO_LETTERS = re.compile(r"[\W\d_]+")
_WORD = re.compile(r"\w+")


class Alike(Struct, frozen=True):
    """Several people. ``example``: the name or line of the first of them; hostile text."""

    example: str
    user_ids: tuple[str, ...]


def _stem(name: str) -> str:
    letters = _NO_LETTERS.sub("", name)
    return likeness(letters or name)[:STEM]


def names_alike(people: Iterable[tuple[str, str]]) -> tuple[Alike, ...]:
    """Groups among people (id, name) whose names differ in numbers, signs or endings alone.

    The largest group comes first.
    """
    groups: dict[str, dict[str, str]] = {}
    for user_id, name in people:
        stem = _stem(name)
        if stem:
            groups.setdefault(stem, {})[user_id] = name
    return _largest_first(groups.values())


def lines_alike(lines: Iterable[tuple[str, str]]) -> tuple[Alike, ...]:
    """Groups among lines (author's id, text) of different people that say nearly the same.

    The largest group comes first.
    """
    groups: list[tuple[frozenset[str], dict[str, str]]] = []
    for author_id, text in list(lines)[-MOST_LINES:]:
        words = frozenset(likeness(word) for word in _WORD.findall(text))
        if len(words) < LEAST_WORDS:
            continue
        near = next((people for known, people in groups if _near(known, words)), None)
        if near is None:
            groups.append((words, {author_id: text}))
        else:
            near.setdefault(author_id, text)
    return _largest_first(people for _, people in groups)


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= OVERLAP * len(one | other)


def _largest_first(groups: Iterable[dict[str, str]]) -> tuple[Alike, ...]:
    found = [Alike(next(iter(g.values())), tuple(g)) for g in groups if len(g) >= LEAST]
    return tuple(sorted(found, key=lambda each: -len(each.user_ids)))
