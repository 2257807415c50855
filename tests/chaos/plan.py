"""What a run does, drawn from its seed alone: episodes, each with strikes and orders. Pure.

Each strike and each order has a chance of its own, so that leaving one out changes no other: a
failure can be narrowed down by playing fewer of them.
"""

from collections.abc import Mapping
from random import Random

from msgspec import Struct

SECONDS = 90.0
"""How long faults strike in one episode, in seconds of its clock."""

FAULTS_AN_EPISODE, ACTS_AN_EPISODE = 250, 35
"""As many as there is time for, or fewer."""


class Strike(Struct, frozen=True, kw_only=True):
    """One fault. ``at``: seconds after the console is live; ``seed``: of what else it draws."""

    number: int
    at: float
    fault: str
    seed: str

    @property
    def chance(self) -> Random:
        """A new source of chance, the same each time."""
        return Random(self.seed)


class Order(Struct, frozen=True, kw_only=True):
    """One act of the moderator.

    Attributes:
        undo: it is taken back as soon as that is possible.
        contrary: after it was carried out, people put back what it did (they come back, a
            colleague lifts it), this many seconds later; None where nobody does.
    """

    number: int
    at: float
    kind: str
    undo: bool = False
    contrary: float | None = None


class Episode(Struct, frozen=True, kw_only=True):
    """A sign-in from its beginning to its end. ``secret``: with an app secret, or a user token."""

    run_seed: int
    number: int
    secret: bool
    strikes: tuple[Strike, ...]
    orders: tuple[Order, ...]


def episode(
    seed: int,
    number: int,
    *,
    faults: int,
    acts: int,
    weights: Mapping[str, int],
    kinds: Mapping[str, int],
) -> Episode:
    """The episode of this number.

    ``weights``: how often each fault is drawn. ``kinds``: the same of each kind of act; a kind
    with weight 0 is never asked for.
    """
    chance = Random(f"{seed}.{number}")
    seconds = SECONDS * min(1.0, max(0.2, faults / FAULTS_AN_EPISODE))
    names = chance.choices(list(weights), list(weights.values()), k=faults)
    times = sorted(chance.uniform(0.0, seconds) for _ in range(faults))
    strikes = tuple(
        Strike(number=index, at=at, fault=name, seed=f"{seed}.{number}.{index}")
        for index, (at, name) in enumerate(zip(times, names, strict=True))
    )
    secret = number % 4 != 3
    open_to_all = {
        kind: weight for kind, weight in kinds.items() if secret or "activate" not in kind
    }
    orders = []
    for index in range(acts):
        own = Random(f"{seed}.{number}.act.{index}")
        kind = own.choices(list(open_to_all), list(open_to_all.values()))[0]
        orders.append(
            Order(
                number=index,
                at=own.uniform(0.0, seconds),
                kind=kind,
                undo=own.random() < 0.25,
                contrary=own.uniform(0.05, 6.0) if own.random() < 0.4 else None,
            )
        )
    orders.sort(key=lambda order: order.at)
    return Episode(
        run_seed=seed, number=number, secret=secret, strikes=strikes, orders=tuple(orders)
    )
