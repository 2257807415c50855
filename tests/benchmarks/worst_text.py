"""A search for the text that is slowest to judge: mutation of what was slow so far."""

import random
import time

from msgspec import Struct

from console.policy.evaluator import Evaluator

PIECES = (
    *"aiosAб1@$!*-_.+(#%é漢あกß💥 ",
    "ass",
    "1d10t",
    "idiot ",
    "a s s ",
    "aaa",
    "\u0301",
    "\u00ad",
    "x.com ",
    " dot com",
    "a@b.co ",
    "１",
    "ﷺ",
    "\ud800",
)
"""What the engine treats in its own way: disguises, addresses, scripts, marks, half a pair."""

LENGTH = 2_000
FACTOR = 10
KEPT = 12


class Slow(Struct, frozen=True):
    """A unit that is slow when repeated: microseconds a character of LENGTH of them."""

    unit: str
    cost: float


def cost(evaluator: Evaluator, unit: str, length: int = LENGTH, times: int = 1) -> float:
    """Microseconds a character of ``unit`` again and again, the best of ``times``."""
    text = (unit * (length // len(unit) + 1))[:length]
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        evaluator.judge(text)
        best = min(best, time.perf_counter() - began)
    return best / length * 1e6


def _changed(rng: random.Random, unit: str) -> str:
    at = rng.randint(0, len(unit))
    piece: str = rng.choice(PIECES)
    how = rng.randrange(3)
    if how == 0:
        return (unit[:at] + piece + unit[at:])[:60]
    if how == 1:
        return unit[:at] + piece + unit[at + len(piece) :]
    return unit[:at] + unit[at + 1 :] or piece


def worst(evaluator: Evaluator, seconds: float, seed: int) -> Slow:
    """The slowest found in ``seconds``: random units first, then changes to the slowest."""
    rng = random.Random(seed)
    began = time.perf_counter()
    kept: list[Slow] = []
    while not kept or (spent := time.perf_counter() - began) < seconds:
        if len(kept) < KEPT or spent < seconds / 3:
            unit = "".join(rng.choices(PIECES, k=rng.randint(1, 5)))
        else:
            unit = _changed(rng, rng.choice(kept).unit)
        kept.append(Slow(unit, cost(evaluator, unit)))
        kept = sorted(kept, key=lambda slow: -slow.cost)[:KEPT]
    # Another program may have been at work: only what is slow every time counts.
    again = [Slow(each.unit, cost(evaluator, each.unit, times=5)) for each in kept]
    return max(again, key=lambda slow: slow.cost)
