"""Says again and again that this console is there, and gives Stream's verdicts away with it."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from console.domain.team import BEAT_S
from console.domain.verdict import Verdict
from console.engine.services.service import SessionContext
from console.engine.team.envelope import FIELD, VERSION, Beat
from console.engine.team.line import CHANNELS
from console.engine.team.shared_verdicts import VerdictsToShare
from console.engine.wire.refusals import StreamRefusedError


class Heartbeat:
    """Beats while ``joined`` says so. ``last_id`` gives the last message that this console wrote.

    Attributes:
        cid: the call that its user looks at.
    """

    def __init__(
        self,
        context: SessionContext,
        channel_cid: str,
        console_id: str,
        *,
        joined: Callable[[], bool],
        last_id: Callable[[], str],
    ) -> None:
        self._context = context
        self._channel = channel_cid
        self._console_id = console_id
        self._joined = joined
        self._last_id = last_id
        self._beat_at = 0.0
        """When the last beat was sent (monotonic seconds)."""
        self._now = asyncio.Event()
        self._verdicts = VerdictsToShare()
        self.cid = ""

    @property
    def lost(self) -> int:
        """Verdicts that were not shared."""
        return self._verdicts.lost

    def soon(self) -> None:
        """Something changed that colleagues should know at once."""
        self._now.set()

    def share(self, verdict: Verdict) -> None:
        """Stream judged something; consoles without the secret take it over."""
        self._verdicts.offer(verdict)
        self._now.set()

    async def run(self) -> None:
        """Beat for as long as this runs."""
        clock = self._context.clock
        while True:
            if self._joined():
                try:
                    await self.send()
                except StreamRefusedError as error:
                    self._context.channel.problem("team", f"The team was not told: {error}")
                    await clock.sleep(1.0)
            try:
                async with clock.timeout(1.0 if len(self._verdicts) else BEAT_S):
                    await self._now.wait()
            except TimeoutError:
                continue
            # What happens at once goes in one: Stream delivers some five a second (STREAM.md 12.1)
            seldom = clock.monotonic() - self._beat_at > 1.0
            await clock.sleep(0.1 if seldom else 0.4)

    async def send(self, *, leaves: bool = False) -> None:
        """Beat once.

        Raises:
            StreamRefusedError: nobody heard it.
        """
        self._now.clear()
        context = self._context
        self._beat_at = context.clock.monotonic()
        verdicts = [] if leaves else self._verdicts.take()
        beat = Beat(
            v=VERSION,
            console=self._console_id,
            cid=self.cid,
            shares=context.gateway.may_check,
            leaves=leaves,
            acts=context.acting.here,
            last=self._last_id(),
            verdicts=[msgspec.to_builtins(one) for one in verdicts],
        )
        event: dict[str, Any] = {"type": FIELD, "custom": msgspec.to_builtins(beat)}
        path = f"{CHANNELS}/{self._channel.replace(':', '/', 1)}/event"
        if context.gateway.actor:  # the app's server is spared the limit for each user
            event["user_id"] = context.gateway.actor
        await context.gateway.ask("POST", path, {"event": event})
