"""Tries a profile without using it: socket, then one REST request, then a plain answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.sign_in import Method, Profile, coordinator_url
from console.engine.wire.coordinator import Coordinator
from console.engine.wire.events import ConnectionOk, Event
from console.engine.wire.refusals import StreamRefusedError
from console.engine.wire.retry import Refusal
from console.engine.wire.sign_in_token import Credentials, credentials
from console.protocol.connection import ConnectionTested, TestConnection

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway

LIMIT_S = 20.0


class _FirstWord:
    """A listener that only wants to know how the first attempt ends."""

    def __init__(self) -> None:
        self.result: asyncio.Future[ConnectionOk] = asyncio.get_running_loop().create_future()

    def on_connecting(self) -> None:
        pass

    async def on_live(self, ok: ConnectionOk) -> None:
        if not self.result.done():
            self.result.set_result(ok)

    async def on_event(self, event: Event) -> None:
        pass

    def on_silent(self, sentence: str) -> None:
        pass

    def on_answered(self) -> None:
        pass

    def on_lost(self, sentence: str, retry_at: float) -> None:
        self._fail(WorldError(sentence, "Check the addresses and the network."))

    def on_refused(self, refusal: Refusal) -> None:
        self._fail(WorldError(refusal.sentence, refusal.advice))

    def _fail(self, error: WorldError) -> None:
        if not self.result.done():
            self.result.set_exception(error)


async def test_connection(
    question: TestConnection,
    clock: Clock,
    open_gateway: Callable[[Profile, Credentials], Awaitable["Gateway"]],
) -> ConnectionTested:
    """Whether the profile and its secret work.

    Raises:
        WorldError: they do not, or Stream cannot be reached.
    """
    try:
        async with asyncio.timeout(LIMIT_S):
            name = await _test(question.profile, question.secret, clock, open_gateway)
    except TimeoutError as error:
        raise WorldError(f"Stream did not answer within {LIMIT_S:.0f} seconds.") from error
    return ConnectionTested(question.request_id, name)


async def _test(
    profile: Profile,
    secret: str,
    clock: Clock,
    open_gateway: Callable[[Profile, Credentials], Awaitable["Gateway"]],
) -> str:
    whose = credentials(profile, secret, clock.now())
    word = _FirstWord()
    coordinator = Coordinator(
        coordinator_url(profile),
        api_key=profile.api_key,
        user_id=whose.user_id,
        token=lambda: whose.token,
        renewable=False,
        own=profile.method is Method.SECRET,
        listener=word,
        clock=clock,
    )
    tasks = Tasks()
    tasks.spawn(coordinator.run(), name="connection test")
    try:
        ok = await word.result
    finally:
        await tasks.close()
    gateway = await open_gateway(profile, whose)
    try:
        await gateway.watch_page({"ongoing": True}, limit=1)
    except StreamRefusedError as error:
        raise WorldError(f"The socket works, but REST does not: {error.sentence}") from error
    finally:
        await gateway.close()
    return ok.me.shown_name


test_connection.__test__ = False  # type: ignore[attr-defined]  # pytest takes it for a test
