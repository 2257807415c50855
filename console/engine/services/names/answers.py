"""What Stream says of names: each asked once, however many people have it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from random import random

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.item import Item
from console.engine.sources.names import name_check
from console.engine.wire.check import CheckAnswer, CheckRequest
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.retry import Pace

AT_ONCE = 4
"""Names that Stream is asked about at the same time; what is said goes before."""

WAITING = 5_000
"""Names that wait to be asked about; further ones are judged here alone, and counted."""

REMEMBERED = 20_000

Check = Callable[[CheckRequest, str], Awaitable[CheckAnswer]]


class NameAnswers:
    """Asks about names, and remembers the answers for as long as the sign-in lasts.

    ``problem`` gets a place and a sentence.

    Attributes:
        lost: names that Stream was not asked about, because too many waited.
    """

    def __init__(self, check: Check, clock: Clock, problem: Callable[[str, str], None]) -> None:
        self._check = check
        self._clock = clock
        self._problem = problem
        self._queue: asyncio.Queue[Item] = asyncio.Queue(WAITING)
        self._asked: set[str] = set()
        self._answers: OrderedDict[str, CheckAnswer | str] = OrderedDict()
        self._pace = Pace(AT_ONCE)
        self.lost = 0

    def find(self, name: str) -> CheckAnswer | str | None:
        """Stream's answer, or why it gave none in a sentence; None where it was not asked yet."""
        return self._answers.get(name)

    def ask(self, item: Item) -> None:
        """Ask about the name of ``item`` soon, unless it is known or asked for already."""
        name = item.text
        if name in self._asked or name in self._answers:
            return
        try:
            self._queue.put_nowait(item)
        except asyncio.QueueFull:
            self.lost += 1
            self._keep(name, "Too many names came at once.")
            return
        self._asked.add(name)

    def forget_refusals(self) -> None:
        """Ask again about names of which Stream said nothing."""
        for name, answer in list(self._answers.items()):
            if isinstance(answer, str):
                del self._answers[name]

    async def run(self) -> None:
        """Ask about one after the other, for as long as this runs; begin AT_ONCE of these."""
        while True:
            item = await self._queue.get()
            name = item.text
            try:
                self._keep(name, await self._ask(item))
            finally:
                self._asked.discard(name)

    def _keep(self, name: str, answer: CheckAnswer | str) -> None:
        self._answers[name] = answer
        if len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)

    async def _ask(self, item: Item) -> CheckAnswer | str:
        attempts = 0
        while True:
            held = self._pace.held_until - self._clock.monotonic()
            if held > 0:
                await self._clock.sleep(held)
            attempts += 1
            try:
                answer = await self._check(name_check(item), "")
            except StreamRefusedError as error:
                if not error.retryable:
                    self._problem("check of names", error.sentence)
                    return visible(error.sentence)
                now = self._clock.monotonic()
                await self._clock.sleep(self._pace.failed(error, attempts, now, random()))
                continue
            self._pace.worked()
            return answer
