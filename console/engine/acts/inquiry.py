"""Finds out what became of an act that was sent and not answered, before anything is sent again."""

from collections.abc import Iterator
from itertools import chain, repeat

from msgspec import Struct

from console.base.clock import Clock
from console.engine.acts.families.family import NOBODY, Look, People
from console.engine.acts.hearing import Hearing
from console.engine.acts.looks import RE_READ, Looks
from console.engine.acts.pending_acts import Entry
from console.engine.wire.retry import PATIENCE

PAUSES = (0.5, 1.0, 1.5, 2.0, 3.0)
"""Seconds before the first looks. If they show neither yes nor no it is not known."""

AFTER_THAT = 5.0
"""Seconds before each further look, which is made while it can still tell something."""

HEARD_BY_THEN = 25.0
"""Seconds after which a socket that is not dead has brought something: it is pinged every 20."""

SURE_AFTER = 2
"""Looks that must agree on a no: somebody who was put out may take a moment to go."""


class Finding(Struct, frozen=True):
    """For whom it was not done, and for whom it is not known; for all others it is done."""

    not_done: People = NOBODY
    unknown: People = NOBODY


def ruled_out(look: Look, *, heard: bool, touched: People = NOBODY) -> People:
    """For whom the act was certainly not done. Pure.

    ``heard``: every event since it was sent was heard, so nobody took it back unnoticed.
    ``touched``: those of whom an event told that somebody did.
    """
    return look.not_done | (look.absent - touched) if heard else look.not_done


class Inquiry:
    """Looks again and again, but not for ever."""

    def __init__(self, looks: Looks, hearing: Hearing, clock: Clock) -> None:
        self._looks = looks
        self._hearing = hearing
        self._clock = clock

    async def find_out(self, entry: Entry, people: People) -> Finding:
        """What became of ``entry`` for these people. Whom the call shows is noted in the entry."""
        began, asked_at = self._clock.monotonic(), self._clock.now()
        told_no = 0
        if people <= entry.seen:
            return Finding()
        for pause in _pauses():
            await self._looks.pause(entry, pause)
            left = people - entry.seen
            if not left:
                return Finding()
            look = await self._looks.look(entry, left)
            if look is None:
                if self._clock.monotonic() - began >= PATIENCE:
                    break
                continue
            entry.note(look.done - entry.unchanged, RE_READ, self._clock.now())
            left -= entry.seen
            heard = self._hearing.unbroken(entry.heard, asked_at)
            no = ruled_out(look, heard=heard, touched=frozenset(entry.touched)) & left
            told_no = told_no + 1 if left == no else 0
            if not left or told_no >= SURE_AFTER:
                return Finding(not_done=no)
            may_hear = entry.heard != 0 and entry.heard == self._hearing.stretch and not heard
            limit = HEARD_BY_THEN if may_hear else sum(PAUSES)
            if self._clock.monotonic() - began >= limit:
                return Finding(not_done=no, unknown=left - no)
        return Finding(unknown=people - entry.seen)


def _pauses() -> Iterator[float]:
    return chain(PAUSES, repeat(AFTER_THAT))
