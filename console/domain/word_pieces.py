"""Long lists cut into pieces that each fit into one word of the team. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

One = TypeVar("One")


def in_pieces(
    every: Sequence[One], size_of: Callable[[One], int], room: int, most: int
) -> Iterator[tuple[One, ...]]:
    """``every`` in its order: at most ``most`` and ``room`` characters a piece, at least one."""
    some: list[One] = []
    left = room
    for one in every:
        size = size_of(one)
        if some and (size > left or len(some) == most):
            yield tuple(some)
            some, left = [], room
        some.append(one)
        left -= size
    if some:
        yield tuple(some)
