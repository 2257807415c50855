"""Keeps the directory true: asks for all active calls, page by page, and watches them."""

import asyncio
import logging
import time
from typing import Any

from console.engine.services.service import Received, Service, SessionContext
from console.engine.wire.decode import MalformedAnswerError, calls_page_in_parts
from console.engine.wire.events import SessionEnded
from console.engine.wire.refusals import RateLimitedError, RefusedError, StreamRefusedError
from console.engine.wire.retry import (
    CLOCK_CODES,
    NOT_ALLOWED,
    UNKNOWN_CONNECTION,
    final_refusal,
    passing_refusal,
)

log = logging.getLogger(__name__)

PAGE = 100
MAX_PAGES = 100
EVERY_S = 5.0
RETRY_S = 0.25
RETRY_MOST_S = 2.0
"""Not all can be heard before the first sweep on a socket, so it is tried again soon."""
SOON_S = 0.3
"""An event of an unknown call asks for a sweep; a burst of them for one."""
SIGN_IN_CODES = (2, 5, NOT_ALLOWED, 40, *CLOCK_CODES, 43, 99)
"""Errors about the key, the token or the user (STREAM.md 1.6): the handshake of a new socket shows
whether they last."""
TRIALS = 3
"""So often a new socket may be accepted and then refused the calls, before that is final."""
READ_WITHIN_S = 10.0
"""A reading that comes so much later than it should is late."""
FAIRNESS_S = 0.005
"""After this long with a page, the rest of the program gets a turn."""
FILTER: dict[str, Any] = {"ongoing": True}
SORT = ({"field": "created_at", "direction": 1},)
"""Oldest first, so that calls that begin during a sweep come on its last page."""


class Watcher(Service):
    """Sweeps all pages at once on a new socket, then on an interval.

    Where the token itself is no longer accepted, nothing more is asked until the next socket.
    """

    essential = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._directory = context.directory
        self._clock = context.clock
        self._problem = context.channel.problem
        self._connection_id = ""
        self._unheard = True
        self._trials = 0
        self._wake = asyncio.Event()
        self._renewed = asyncio.Event()
        self._connected = asyncio.Event()

    async def start(self) -> None:
        self.context.keep_running(self._run, "watcher")

    async def on_event(self, received: Received) -> None:
        if isinstance(received.event, SessionEnded) or self._directory.unknown_cids:
            self._wake.set()

    def on_answered(self) -> None:
        self._renewed.set()
        self._wake.set()

    def on_connected(self, connection_id: str) -> None:
        self._connection_id = connection_id
        self._connected.set()
        self._renewed.set()
        self._wake.set()

    def on_disconnected(self, sentence: str) -> None:
        self._connection_id = ""
        self._connected.clear()
        self._renewed.set()
        self._wake.set()

    async def _run(self) -> None:
        failures = 0
        while True:
            await self._connected.wait()
            if self._renewed.is_set():
                failures, self._unheard = 0, True
            self._wake.clear()
            self._renewed.clear()
            connection_id = self._connection_id
            began = self._clock.monotonic()
            pause = EVERY_S
            try:
                complete = await self._sweep(connection_id)
            except RateLimitedError as error:
                complete = False
                pause = max(RETRY_S if self._unheard else EVERY_S, error.retry_after)
                self._report(connection_id, error.sentence)
            except (StreamRefusedError, MalformedAnswerError) as error:
                complete = False
                code = error.code if isinstance(error, RefusedError) else 0
                if code == UNKNOWN_CONNECTION or code in SIGN_IN_CODES:
                    self._take_new_socket(connection_id, code, str(error))
                    continue
                failures += 1
                most = RETRY_MOST_S if self._unheard else EVERY_S
                pause = min(RETRY_S * 2 ** min(failures - 1, 10), most)
                self._report(connection_id, str(error))
            if complete:
                failures = self._trials = 0
                # A slow server or a slow machine is not asked without pause.
                took = self._clock.monotonic() - began
                pause = max(EVERY_S, 4 * took)
                if connection_id == self._connection_id:
                    self._unheard = False
                    self.context.swept(connection_id, pause + 2 * took + READ_WITHIN_S)
            if connection_id == self._connection_id:
                await self._pause(pause, urgent=complete)

    def _take_new_socket(self, connection_id: str, code: int, sentence: str) -> None:
        """The calls cannot be asked for on this socket, or with this token."""
        if connection_id != self._connection_id:
            return
        self._report(connection_id, sentence)
        self._connected.clear()
        self._trials += code != UNKNOWN_CONNECTION
        refusal = final_refusal(code, renewable=False, own=self.context.gateway.may_check)
        if refusal is not None and self._trials >= TRIALS:
            self.context.refused(refusal)
        elif code == UNKNOWN_CONNECTION:
            self.context.drop_socket("Stream does not know this connection any more.")
        else:
            self.context.drop_socket(refusal.sentence if refusal else passing_refusal(code, ""))

    def _report(self, connection_id: str, sentence: str) -> None:
        if connection_id == self._connection_id:  # else the socket's end explains it
            self._problem("list of calls", sentence)
            self.context.reading_failed(sentence)

    async def _pause(self, seconds: float, *, urgent: bool) -> None:
        """Wait; a new socket cuts it short, and so do events if ``urgent``."""
        try:
            async with self._clock.timeout(seconds):
                await (self._wake if urgent else self._renewed).wait()
                if not self._renewed.is_set():
                    await self._clock.sleep(SOON_S)
        except TimeoutError:
            return

    async def _sweep(self, connection_id: str) -> bool:
        """Read and watch all pages; False when the socket changed on the way."""
        seen: set[str] = set()
        tokens: set[str] = set()
        next_page = ""
        first_asked_at = self._clock.now()
        for _ in range(MAX_PAGES):
            asked_at = self._clock.now()
            answer = await self.context.gateway.watch_page(
                FILTER, limit=PAGE, next_page=next_page, connection_id=connection_id, sort=SORT
            )
            if connection_id != self._connection_id:
                return False
            next_page = await self._fold(answer, asked_at, seen)
            if not next_page:
                break
            if next_page in tokens:
                self._problem("list of calls", "The same page was offered twice.")
                break
            tokens.add(next_page)
        else:
            self._problem("list of calls", f"Calls beyond {MAX_PAGES * PAGE:,} are not watched.")
        if connection_id != self._connection_id:
            return False
        self._directory.finish_sweep(seen, asked_at=first_asked_at, now=self._clock.now())
        return True

    async def _fold(self, answer: bytes, asked_at: float, seen: set[str]) -> str:
        """Take in one page, and let others have a turn in between; where the next page is.

        Raises:
            MalformedAnswerError: it is no page at all.
        """
        next_page = ""
        turn_began = time.monotonic()
        for part in calls_page_in_parts(answer):
            for sentence in part.malformed:
                self._problem("list of calls", sentence)
            self._directory.fold_page(part, asked_at=asked_at, now=self._clock.now())
            seen.update(watched.call.cid for watched in part.calls)
            seen.update(part.unread)
            next_page = part.next
            if time.monotonic() - turn_began > FAIRNESS_S:
                await asyncio.sleep(0)
                turn_began = time.monotonic()
        return next_page
