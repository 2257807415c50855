"""Looks at Stream's state for what became of an act. A look changes nothing."""

import asyncio
import logging

import msgspec

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.engine.acts.families.family import Look, People
from console.engine.acts.families.registry import family_of
from console.engine.acts.gateway import ActsGateway
from console.engine.acts.pending_acts import Entry
from console.engine.wire.decode import MalformedAnswerError
from console.engine.wire.refusals import StreamRefusedError

log = logging.getLogger(__name__)

LOOKS_AT_ONCE = 4

RE_READ = "re-read"


class Looks:
    """A few looks at once, and the pauses between them, which evidence cuts short."""

    def __init__(self, gateway: ActsGateway, clock: Clock, tasks: Tasks) -> None:
        self._gateway = gateway
        self._clock = clock
        self._tasks = tasks
        self._slots = asyncio.Semaphore(LOOKS_AT_ONCE)

    async def look(self, entry: Entry, people: People) -> Look | None:
        """What Stream's state says of ``people``; None when it could not be read."""
        try:
            async with self._slots:
                found = await family_of(entry.act.kind).look(entry, people, self._gateway)
        except (StreamRefusedError, MalformedAnswerError, msgspec.ValidationError) as error:
            log.info("looking for %s failed: %s", entry.act.kind, error)
            return None
        entry.clash = found.clash or entry.clash
        return found

    async def pause(self, entry: Entry, seconds: float) -> None:
        """Wait for ``seconds``, or until ``entry.wake`` is called."""
        sleeper = self._tasks.spawn(self._clock.sleep(seconds), name="wait for evidence")
        entry.wake = sleeper.cancel
        try:
            await asyncio.wait({sleeper})
        finally:
            entry.wake = None
            sleeper.cancel()
