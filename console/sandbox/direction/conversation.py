"""Plays exchanges: one turn after the other, by people who listen to each other."""

from collections.abc import Callable
from functools import partial
from random import Random

from console.sandbox.direction.actor import Actor
from console.sandbox.direction.casting import CallSheet, Company
from console.sandbox.direction.reactions import Say
from console.sandbox.direction.scenario import Exchanges
from console.sandbox.direction.stage import Stage
from console.sandbox.direction.wording import drawn

Turns = tuple[tuple[str, str], ...]

_GAP = (0.25, 0.9)
_NOBODY_FREE = 1.5


class Conversation:
    """The exchanges of one call, one at a time and without repeating one before all were heard."""

    def __init__(
        self,
        exchanges: Exchanges,
        sheet: CallSheet,
        company: Company,
        stage: Stage,
        *,
        now: Callable[[], float],
        later: Callable[[float, Callable[[], object]], None],
        say: Say,
        dice: Random,
        rate: float,
    ) -> None:
        self._exchanges = exchanges
        self._cid = sheet.cid
        self._who = {role: company.named(who, sheet) for role, who in exchanges.roles.items()}
        self._stage = stage
        self._now = now
        self._later = later
        self._say = say
        self._dice = dice
        self._rate = rate
        self._left: list[Turns] = []

    def begin(self) -> None:
        """Begin the next exchange, or wait until somebody is free for every role of it."""
        over = self._exchanges.until and self._now() >= self._exchanges.until
        if over or not self._stage.is_open(self._cid):
            return
        if not self._left:
            self._left = list(self._exchanges.turns)
            self._dice.shuffle(self._left)
        turns = self._left[-1]
        cast = self._cast(turns)
        if cast is None:
            self._later(_NOBODY_FREE, self.begin)
            return
        self._left.pop()
        self._turn(turns, cast)

    def _cast(self, turns: Turns) -> dict[str, Actor] | None:
        cast: dict[str, Actor] = {}
        for role in dict.fromkeys(role for role, _ in turns):
            free = [
                actor
                for actor in self._stage.present(self._cid, self._who[role])
                if not actor.hushed
                and actor.busy_until <= self._now()
                and actor not in cast.values()
                and self._stage.audible(actor, self._cid)
            ]
            if not free:
                return None
            cast[role] = self._dice.choice(free)
        return cast

    def _turn(self, turns: Turns, cast: dict[str, Actor]) -> None:
        (role, text), *rest = turns
        actor = cast[role]
        self._say(actor, self._cid, drawn(text, self._dice))
        heard = max(0.0, actor.busy_until - self._now())
        if rest:
            gap = self._dice.uniform(*_GAP)
            self._later(heard + gap, partial(self._turn, tuple(rest), cast))
        else:
            pause = self._dice.uniform(*self._exchanges.every) / self._rate
            self._later(heard + pause, self.begin)
