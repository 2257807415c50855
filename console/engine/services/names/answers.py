"""What Stream says of names and pictures: each asked once, however many people have it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from random import random

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.item import Item
from console.engine.wire.check import CheckAnswer, CheckRequest
from console.engine.wire.refusals import (
    NotStreamError,
    RateLimitedError,
    RefusedError,
    StreamRefusedError,
    UnreadableAnswerError,
)
from console.engine.wire.retry import Pace

AT_ONCE = 4
"""So many are asked about at the same time; what is said goes before."""

WAITING = 5_000
"""So many wait to be asked about; further ones are judged here alone, and counted."""

REMEMBERED = 20_000

MOST_ATTEMPTS = 5
"""So often the same is asked that Stream answers with what nobody can read, or not to our token."""

PLACE = "moderation check"
"""What problems of these checks are told under, as those of lines."""

Check = Callable[[CheckRequest, str], Awaitable[CheckAnswer]]


class Answers:
    """Asks about what people share, and remembers the answers for as long as the sign-in lasts.

    Args:
        what: what is asked about, in the plural. key: what of an item makes it the same question.
        request: the question. problem: gets a place and a sentence.

    Attributes:
        lost: what Stream was not asked about, because too many waited.
    """

    def __init__(
        self,
        what: str,
        check: Check,
        clock: Clock,
        *,
        key: Callable[[Item], str],
        request: Callable[[Item], CheckRequest],
        problem: Callable[[str, str], None],
    ) -> None:
        self.key = key
        self._what = what
        self._check = check
        self._clock = clock
        self._request = request
        self._problem = problem
        self._queue: asyncio.Queue[Item] = asyncio.Queue(WAITING)
        self._asked: set[str] = set()
        self._answers: OrderedDict[str, CheckAnswer | str] = OrderedDict()
        self._pace = Pace(AT_ONCE)
        self.lost = 0

    def find(self, key: str) -> CheckAnswer | str | None:
        """Stream's answer, or why it gave none in a sentence; None where it was not asked yet."""
        return self._answers.get(key)

    def ask(self, item: Item) -> None:
        """Ask about ``item`` soon, unless it is known or asked for already."""
        key = self.key(item)
        if key in self._asked or key in self._answers:
            return
        try:
            self._queue.put_nowait(item)
        except asyncio.QueueFull:
            self.lost += 1
            self._keep(key, f"Too many {self._what} came at once.")
            return
        self._asked.add(key)

    def forget_refusals(self) -> None:
        """Ask again about what Stream said nothing of."""
        for key, answer in list(self._answers.items()):
            if isinstance(answer, str):
                del self._answers[key]

    async def run(self) -> None:
        """Ask about one after the other, for as long as this runs; begin AT_ONCE of these."""
        while True:
            item = await self._queue.get()
            key = self.key(item)
            try:
                self._keep(key, await self._ask(item))
            finally:
                self._asked.discard(key)

    def _keep(self, key: str, answer: CheckAnswer | str) -> None:
        self._answers[key] = answer
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
                answer = await self._check(self._request(item), "")
            except StreamRefusedError as error:
                if not self._may_pass(error, attempts):
                    self._problem(PLACE, f"Of {self._what}: {error.sentence}")
                    return visible(error.sentence)
                if isinstance(error, NotStreamError | UnreadableAnswerError) or (
                    isinstance(error, RateLimitedError) and error.shortened
                ):
                    self._problem(PLACE, str(error))
                now = self._clock.monotonic()
                await self._clock.sleep(self._pace.failed(error, attempts, now, random()))
                continue
            self._pace.worked()
            return answer

    def _may_pass(self, error: StreamRefusedError, attempts: int) -> bool:
        """Whether it may be answered in a moment: what is about our token is, but not for ever."""
        if isinstance(error, UnreadableAnswerError):
            return attempts < MOST_ATTEMPTS
        ours = isinstance(error, RefusedError) and error.status == 401
        return error.retryable or (ours and attempts < MOST_ATTEMPTS)
