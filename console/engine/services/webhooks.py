"""Webhooks of Stream, where they are asked for: what no socket brings goes the way of an event."""

import asyncio
from typing import Any

from console.engine.services.service import Service, SessionContext
from console.engine.webhooks.receiver import Receiver
from console.engine.webhooks.wanted import is_wanted
from console.engine.wire.decode import decode_frame
from console.engine.wire.events import MalformedEvent

WAITING = 2_000
AGAIN_S = 5.0
"""Between two attempts to listen at an address that is in use."""

NEEDS_SECRET = (
    "Webhooks are taken only where the app secret is known, which their signature is checked with."
)
IN_CLEAR = (
    "Webhooks can be sent from the network here, unencrypted: better let a reverse proxy with TLS"
    " hand them to an address of this machine."
)


class Webhooks(Service):
    """Listens where the command line says; off without."""

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(WAITING)
        self._taken = 0
        self._receiver: Receiver | None = None

    async def start(self) -> None:
        at, secret = self.context.webhooks_at, self.context.credentials().secret
        if at is None:
            return
        if not secret:
            self._problem(NEEDS_SECRET)
            return
        if not at.near:
            self._problem(IN_CLEAR)
        self._receiver = Receiver(
            at,
            api_key=self.context.profile.api_key,
            secret=secret,
            clock=self.context.clock,
            take=self._take,
            problem=self._problem,
        )
        self.context.keep_running(self._listen, "webhooks")
        self.context.keep_running(self._hand_on, "events of webhooks")

    @property
    def port(self) -> int:
        """Where it listens now; 0 where it does not."""
        return self._receiver.port if self._receiver is not None else 0

    def numbers(self, now: float) -> dict[str, Any]:
        if self._receiver is None:
            return {}
        return {
            "webhooks_taken": self._taken,
            "webhooks_refused": self._receiver.refused,
            "webhooks_doubled": self._receiver.doubles,
        }

    def _take(self, body: bytes) -> bool:
        if self._waiting.full():
            return False
        self._waiting.put_nowait(body)
        self._taken += 1
        return True

    async def _listen(self) -> None:
        receiver = self._receiver
        while receiver is not None:
            try:
                await receiver.run()
            except OSError as error:
                reason = error.strerror or type(error).__name__
                self._problem(f"Webhooks cannot be taken at that address: {reason}. Trying again.")
                await self.context.clock.sleep(AGAIN_S)

    async def _hand_on(self) -> None:
        while True:
            event = decode_frame(await self._waiting.get())
            if isinstance(event, MalformedEvent):
                self._problem(f"A webhook could not be read: {event.sentence}.")
            elif is_wanted(event):
                await self.context.take_in(event)

    def _problem(self, sentence: str) -> None:
        self.context.channel.problem("webhooks", sentence)
