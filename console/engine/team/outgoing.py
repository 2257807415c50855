"""What this console tells the team: words as messages, in order, none twice."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from console.base.clock import Clock
from console.domain.team import Word
from console.engine.team.envelope import fitting, in_words, pack
from console.engine.team.line import CHANNELS
from console.engine.wire.refusals import RateLimitedError, RefusedError, StreamRefusedError
from console.engine.wire.stream import Gateway

log = logging.getLogger(__name__)

MOST_WAITING = 2_000
MOST_A_MINUTE = 50
"""Stream takes 60 messages a minute of one user (STREAM.md 12.9)."""
PAUSE_S = 0.15
TRIALS = 5
BAD_INPUT = 4
"""Stream's code for a message whose id is taken: an earlier attempt was carried out."""


class Outgoing:
    """Several words become one message where they wait. What cannot be told is counted."""

    def __init__(
        self,
        gateway: Gateway,
        clock: Clock,
        channel_cid: str,
        console_id: str,
        problem: Callable[[str, str], None],
    ) -> None:
        self._gateway = gateway
        self._clock = clock
        self._path = f"{CHANNELS}/{channel_cid.replace(':', '/', 1)}/message"
        self._console_id = console_id
        self._problem = problem
        self._words: deque[Word] = deque()
        self._wake = asyncio.Event()
        self._sent_at: deque[float] = deque(maxlen=MOST_A_MINUTE)
        self._number = 0
        self.lost = 0
        self.last_id = ""
        """The last message that Stream has."""

    def __len__(self) -> int:
        return len(self._words)

    def tell(self, word: Word) -> None:
        """Tell the team soon."""
        if len(self._words) >= MOST_WAITING:
            self._words.popleft()
            self._lose(1)
        self._words.append(word)
        self._wake.set()

    async def run(self) -> None:
        """Send for as long as this runs."""
        if self._words:  # this part failed before, and was started again
            self._wake.set()
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._words:
                await self.send_some()
                await self._clock.sleep(self._pause())

    async def send_some(self) -> None:
        """Send one message with as many of the words that wait as it takes."""
        waiting = list(self._words)
        words = waiting[: fitting(self._console_id, waiting)]
        self._number += 1
        message_id = f"{self._console_id}-{self._number}"
        body = {
            "message": {
                "id": message_id,
                "text": in_words(words),
                "custom": pack(self._console_id, words),
            },
            "skip_push": True,
        }
        for trial in range(TRIALS):
            try:
                await self._gateway.ask("POST", self._path, body, as_user=True)
                break
            except StreamRefusedError as error:
                if trial and isinstance(error, RefusedError) and error.code == BAD_INPUT:
                    break
                if not error.retryable or trial == TRIALS - 1:
                    self._problem("team", f"The team was not told of something: {error}")
                    self._drop(words)
                    self._lose(len(words))
                    return
                hold = error.retry_after if isinstance(error, RateLimitedError) else 0.5 * 2**trial
                await self._clock.sleep(hold)
        self.last_id = message_id
        self._sent_at.append(self._clock.monotonic())
        self._drop(words)

    def _drop(self, words: list[Word]) -> None:
        for word in words:
            if self._words and self._words[0] is word:
                self._words.popleft()

    def _lose(self, count: int) -> None:
        self.lost += count
        log.warning("%d words for the team were lost", count)

    def _pause(self) -> float:
        now = self._clock.monotonic()
        if len(self._sent_at) == MOST_A_MINUTE and now - self._sent_at[0] < 60.0:
            return 60.0 - (now - self._sent_at[0])
        return PAUSE_S
