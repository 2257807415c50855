"""Answers the window, one message at a time and in order."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import Act, Receipt, ReceiptState
from console.engine.engine import Engine
from console.engine.services.lab.lab import Lab
from console.engine.window_channel import WindowChannel
from console.engine.wire.connection_test import test_connection
from console.protocol import to_engine as wishes
from console.protocol.codec import LineRefusedError, engine_reader
from console.protocol.to_engine import ToEngine
from console.protocol.to_window import ActProgress, ActsChanged, refusal

log = logging.getLogger(__name__)

MAX_UNDER_WAY = 10_000


class CommandRouter:
    """Takes bytes from the window. ``leave`` is called when it asks the engine to end."""

    def __init__(
        self, engine: Engine, channel: WindowChannel, clock: Clock, leave: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._channel = channel
        self._clock = clock
        self._leave = leave
        self._reader = engine_reader()
        self._tasks = Tasks()
        self._lab = Lab(engine, channel, clock)
        self._focus = ""
        self._switch: asyncio.Task[None] | None = None

    def feed(self, data: bytes) -> None:
        """Bytes from the window; a line that is no message is a problem, and the rest goes on."""
        for message in self._reader.feed(data):
            if isinstance(message, LineRefusedError):
                log.warning("a line from the window was refused: %s", message)
                self._channel.problem("window", f"A message was refused: {message}.")
            elif len(self._tasks) >= MAX_UNDER_WAY:
                self._channel.problem("window", "Too many wishes at once; one was dropped.")
            else:
                self.answer(message)

    def answer(self, message: ToEngine) -> None:
        """Begin to do what ``message`` asks."""
        match message:
            case wishes.SignIn(profile=profile, secret=secret):
                self._switch_to(self._engine.sign_in(profile, secret))
            case wishes.SignOut():
                self._switch_to(self._engine.sign_out())
            case wishes.TestConnection():
                self._spawn(self._test(message), "connection test")
            case wishes.Focus(cid=cid):
                self._focus = cid
                if self._engine.session is not None:
                    self._engine.session.focus(cid)
            case wishes.AskPerson():
                self._spawn(self._person(message), "person card")
            case wishes.RequestAct(act=act):
                self._spawn(self._act(act), "act")
            case wishes.RetryAct(act_id=act_id):
                self._spawn(self._retry(act_id), "retry")
            case wishes.Shutdown():
                self._leave()
            case _:
                self._lab.answer(message)

    async def close(self) -> None:
        """Stop answering."""
        await self._lab.close()
        await self._tasks.close()

    def _switch_to(self, switch: Coroutine[Any, Any, None]) -> None:
        self._switch = self._tasks.spawn(self._switched(switch), name="sign in or out")

    async def _switched(self, switch: Coroutine[Any, Any, None]) -> None:
        await switch
        if self._engine.session is not None:
            self._engine.session.focus(self._focus)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.spawn(self._after_switch(work), name=name)

    async def _after_switch(self, work: Coroutine[Any, Any, None]) -> None:
        """What is asked while signing in is meant for the new session."""
        try:
            if self._switch is not None:
                await asyncio.wait({self._switch})
            await work
        except WorldError as error:
            self._channel.problem("engine", error.sentence)
        finally:
            work.close()

    async def _test(self, wish: wishes.TestConnection) -> None:
        self._channel.put(
            await test_connection(
                wish.request_id, wish.profile, wish.secret, self._clock, self._engine.open_gateway
            )
        )

    async def _person(self, question: wishes.AskPerson) -> None:
        session = self._engine.session
        if session is None:
            self._channel.put(refusal(question, "You are not signed in."))
            return
        try:
            self._channel.put(await session.person_card(question))
        except WorldError as error:
            self._channel.put(refusal(question, error.sentence, error.advice))

    async def _act(self, act: Act) -> None:
        session = self._engine.session
        if session is not None:
            await session.request_act(act)
            return
        receipt = Receipt(
            act_id=act.act_id,
            state=ReceiptState.FAILED,
            reason="You are not signed in.",
        )
        self._channel.put(ActsChanged(acts=(ActProgress(act=act, receipt=receipt),)))

    async def _retry(self, act_id: str) -> None:
        if self._engine.session is not None:
            await self._engine.session.retry_act(act_id)
