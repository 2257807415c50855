"""An order that does not flicker: who is ahead stays ahead until clearly overtaken. Pure."""

from collections.abc import Mapping, Sequence

MARGIN = 1.25
"""How many times hotter a row must be to overtake the one before it."""

STEP = 0.5
"""And how much hotter at least, so that cold rows do not swap for small differences."""


def overtakes(challenger: float, leader: float) -> bool:
    """Whether the challenger is clearly ahead."""
    return challenger > leader * MARGIN and challenger > leader + STEP


def settle(previous: Sequence[str], heat: Mapping[str, float]) -> list[str]:
    """The keys of ``heat`` in the order of ``previous``, changed only by clear overtaking.

    Keys that are not in ``previous`` begin at the end, hottest first, else as ``heat`` has them.
    """
    order = [key for key in previous if key in heat]
    known = set(order)
    order += sorted((key for key in heat if key not in known), key=lambda key: -heat[key])
    for start in range(1, len(order)):
        key = order[start]
        place = start
        while place > 0 and overtakes(heat[key], heat[order[place - 1]]):
            order[place] = order[place - 1]
            place -= 1
        order[place] = key
    return order
