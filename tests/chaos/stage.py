"""Sandbox, proxy and faults of one episode, on a loop and a thread of their own."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

import jwt

from console.base.clock import SystemClock
from console.domain.acts.spec import Scope
from console.domain.acts.table import spec_of
from console.domain.sign_in import Method, Profile
from console.sandbox.app import create_app
from console.sandbox.rate_limits import RateLimits
from console.sandbox.server import serving
from console.sandbox.tokens import AppKeys
from console.sandbox.world import MODERATOR_ID, World
from tests.chaos.engine_handle import EngineHandle
from tests.chaos.faults.fault import Fault, Scene, striking
from tests.chaos.people import People, target_of
from tests.chaos.plan import Episode, Strike
from tests.chaos.proxy.proxy import Proxy
from tests.chaos.truth import Done, Recorder, Truth

T = TypeVar("T")

LINES_A_SECOND = 6.0
LEFTOVER_S = 20.0
"""How long requests may take to come that the last faults wait for, in clock seconds."""

TOKEN_S = 60
"""How long a user's token lasts, in clock seconds: the moderator gets new ones."""

START_LIMIT_S = 20.0


class Stage:
    """Everything that is not the program. Its methods may be called from any thread."""

    def __init__(
        self, episode: Episode, engine: EngineHandle, clock: SystemClock, faults: dict[str, Fault]
    ) -> None:
        self.truth = Truth()
        self.keys = AppKeys.generate()
        self._episode = episode
        self._engine = engine
        self._clock = clock
        self._faults = faults
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ready = threading.Event()
        self._over = asyncio.Event()
        self._talking = True
        self._thread = threading.Thread(target=self._run, name="stage", daemon=True)
        self._contrary = {
            target_of(order): order.contrary
            for order in episode.orders
            if order.contrary is not None and spec_of(order.kind).scope is not Scope.CALL
        }
        self.people: People
        self.scene: Scene
        self.proxy: Proxy

    def start(self) -> None:
        """Return when the proxy listens."""
        self._thread.start()
        if not self._ready.wait(START_LIMIT_S):
            raise RuntimeError("the stage did not start")

    def profile(self) -> Profile:
        """How to sign in, through the proxy."""
        address = f"127.0.0.1:{self.proxy.port}"
        return Profile(
            name="chaos",
            api_key=self.keys.api_key,
            method=Method.SECRET if self._episode.secret else Method.TOKEN,
            user_id=MODERATOR_ID,
            base_url=f"http://{address}",
            ws_url=f"ws://{address}/api/v2/connect",
        )

    def secret(self) -> str:
        """What goes with the profile."""
        if self._episode.secret:
            return self.keys.api_secret
        now = self._clock.now()
        claims = {"user_id": MODERATOR_ID, "iat": int(now) - 5, "exp": int(now) + TOKEN_S}
        return jwt.encode(claims, self.keys.api_secret, algorithm="HS256")

    def do(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run ``work`` on the stage's loop."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def call(self, what: Callable[[], T]) -> T:
        """Call ``what`` on the stage's loop."""

        async def work() -> T:
            return what()

        return await asyncio.wrap_future(self.do(work()))

    async def strike_all(self) -> None:
        """Let the faults of the plan happen, each at its time; then mend all."""
        await asyncio.wrap_future(self.do(self._strike_all()))

    def fall_silent(self) -> None:
        """Nobody says anything any more."""
        self._talking = False

    def close(self) -> None:
        """End everything."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(20)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        world = World(self._clock)
        self.people = People(world, self.truth, self._episode)
        self.people.gather()
        self.truth.on_done = self._on_done
        app = create_app(world, self.keys, limits=RateLimits(limits={}, default=10**9))
        async with serving(Recorder(app, self.truth)) as address:
            self.proxy = Proxy(address.port)
            await self.proxy.open()
            self.scene = Scene(self.proxy, self.people, self._engine)
            talking = self._loop.create_task(self._talk())
            self._ready.set()
            await self._over.wait()
            talking.cancel()
            await self.proxy.close()

    async def _talk(self) -> None:
        while True:
            await self._clock.sleep(1 / LINES_A_SECOND)
            if self._talking:
                self.people.talk()

    async def _strike_all(self) -> None:
        began = time.monotonic()
        for strike in self._episode.strikes:
            await asyncio.sleep(began + strike.at / self._clock.speed - time.monotonic())
            self._strike(strike)
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self.scene.mend)
            with contextlib.suppress(TimeoutError):
                async with self._clock.timeout(LEFTOVER_S):
                    while self.proxy.armed or self.proxy.frames:  # noqa: ASYNC110  # set by requests
                        await asyncio.sleep(0.1)

    def _strike(self, strike: Strike) -> None:
        striking.set(f"{strike.number} {strike.fault}")
        self._faults[strike.fault].strike(self.scene, strike.chance)

    def _on_done(self, done: Done) -> None:
        seconds = self._contrary.pop(done.target, None)
        if seconds is not None:
            assert self._loop is not None
            wait = seconds / self._clock.speed
            self._loop.call_later(wait, self.people.put_back, done, done.target)
