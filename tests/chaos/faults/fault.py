"""What a fault is, and what it may touch."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from random import Random
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tests.chaos.proxy.exchange import Exchange, Spoil
from tests.chaos.proxy.proxy import HandshakeSpoil, Proxy
from tests.chaos.proxy.socket_relay import FrameSpoil, SocketRelay

if TYPE_CHECKING:
    from tests.chaos.engine_handle import EngineHandle
    from tests.chaos.people import People

ANY, ACT, CHECK, CALLS = "", "act", "check", "calls"
_WHERE = (ACT, CHECK, CALLS, ANY)
_OFTEN = (30, 50, 8, 12)

striking: ContextVar[str] = ContextVar("striking")
"""The number and name of the strike at work, for the log."""


class Scene:
    """All that a fault may touch. Lives on the stage's loop.

    Attributes:
        struck: how often each fault really happened. log: when, which, and to what.
        lag: the longest a frame was held back so far, in real seconds.
    """

    def __init__(self, proxy: Proxy, people: "People", engine: "EngineHandle") -> None:
        self.proxy = proxy
        self.people = people
        self.engine = engine
        self.struck: Counter[str] = Counter()
        self.log: list[tuple[float, str, str]] = []
        self.lag = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: list[tuple[asyncio.TimerHandle, Callable[[], object]]] = []

    def happened(self, what: str = "") -> None:
        """The present strike came to something."""
        name = striking.get()
        self.struck[name.partition(" ")[2]] += 1
        self.log.append((time.time(), name, what))

    def arm(self, chance: Random, spoil: Spoil, where: str | None = None) -> None:
        """Let ``spoil`` answer the next request of a kind; ``where`` None draws the kind."""
        name = striking.get()

        async def answer(exchange: Exchange) -> None:
            striking.set(name)
            self.happened(f"{exchange.method} {exchange.path}")
            await spoil(exchange)

        kind = chance.choices(_WHERE, _OFTEN)[0] if where is None else where
        self.proxy.armed.append((kind, answer))

    def arm_frame(self, spoil: FrameSpoil) -> None:
        """Let ``spoil`` pass the next frame on."""
        name = striking.get()

        async def answer(relay: SocketRelay, whole: bytes) -> None:
            striking.set(name)
            self.happened(f"frame of {len(whole)} bytes")
            await spoil(relay, whole)

        self.proxy.frames.append(answer)

    def arm_handshake(self, spoil: HandshakeSpoil) -> None:
        """Let ``spoil`` answer the next socket that is opened."""
        name = striking.get()

        async def answer(exchange: Exchange) -> bool:
            striking.set(name)
            self.happened("handshake")
            return await spoil(exchange)

        self.proxy.handshakes.append(answer)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Do ``work``; :meth:`mend` lets it end at once."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def later(self, seconds: float, then: Callable[[], object]) -> None:
        """Call ``then`` after real ``seconds``, or when everything is mended."""
        timer = asyncio.get_running_loop().call_later(seconds, then)
        self._timers.append((timer, then))

    async def mend(self) -> None:
        """End all that is still wrong, but for sockets that nobody will ever hear of again."""
        self.proxy.disarm()
        self.engine.on_order.clear()
        timers, self._timers = self._timers, []
        now = asyncio.get_running_loop().time()
        for timer, then in timers:
            if timer.when() > now:
                timer.cancel()
                then()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class Fault(Struct, frozen=True):
    """One kind of fault. ``weight``: how often it is drawn."""

    name: str
    weight: int
    strike: Callable[[Scene, Random], None]


def longer_than_patience(chance: Random) -> float:
    """Real seconds that mostly end before a request is given up, and sometimes after."""
    return chance.choice(
        (chance.uniform(0.2, 3.0), chance.uniform(0.2, 3.0), chance.uniform(10, 14))
    )
