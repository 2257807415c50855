"""Keeps what the next engine needs: the calls, and until when they were heard."""

import asyncio
import contextlib
from collections.abc import Callable

from console.base.errors import WorldError
from console.engine.services.service import SessionContext

HEARTBEAT_S = 2.0


class Heartbeat:
    """Written the moment listening begins, because an engine may die a moment later, and then on.

    ``written_until`` gives the time up to which all that was heard is on disk, at most the time it
    is given (unix seconds): an engine that dies loses what is not.
    """

    def __init__(self, context: SessionContext, written_until: Callable[[float], float]) -> None:
        self._context = context
        self._written_until = written_until
        self._hears = asyncio.Event()
        self._due = asyncio.Event()

    def on_heard(self) -> None:
        """Listening begins."""
        self._hears.set()
        self._due.set()

    def on_unheard(self) -> None:
        """Listening has ended."""
        self._hears.clear()

    async def run(self) -> None:
        """Write for as long as this runs."""
        while True:
            await self._hears.wait()
            self._due.clear()
            try:
                await self._write()
            except WorldError as error:
                self._context.channel.problem("store", error.sentence)
            with contextlib.suppress(TimeoutError):
                async with self._context.clock.timeout(HEARTBEAT_S):
                    await self._due.wait()

    async def _write(self) -> None:
        context = self._context
        cids, until = context.directory.cids(), self._written_until(context.last_heard())
        if cids:
            await context.store.heartbeat(cids, until)
        calls = context.publisher.take_unkept()
        try:
            await context.store.keep_calls(calls)
        except WorldError:
            context.publisher.keep_later(calls)
            raise
