"""Hands each message of the window to whatever handles it, in order, and its answer back."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.act import Receipt, ReceiptState
from console.engine.engine import Engine
from console.engine.services.handlers import Handlers
from console.engine.services.lab.lab import Lab
from console.engine.services.registry import SERVICES
from console.engine.window_channel import WindowChannel
from console.engine.wire.connection_test import test_connection
from console.protocol.acts import ActProgress, ActsChanged, RequestAct
from console.protocol.ask import Ask
from console.protocol.codec import LineRefusedError, engine_reader
from console.protocol.connection import NewStore, SignIn, SignOut, TestConnection, TryNow
from console.protocol.to_engine import ClearProblems, Focus, Shutdown, ToEngine
from console.protocol.to_window import ToWindow, refusal

log = logging.getLogger(__name__)

MAX_UNDER_WAY = 10_000

Work = Coroutine[Any, Any, ToWindow | None]


class Router:
    """Takes bytes from the window. ``leave`` is called when it asks the engine to end."""

    def __init__(
        self, engine: Engine, channel: WindowChannel, clock: Clock, leave: Callable[[], None]
    ) -> None:
        self._engine = engine
        self._channel = channel
        self._clock = clock
        self._reader = engine_reader()
        self._tasks = Tasks()
        self._lab = Lab(engine, channel, clock)
        self._focus = ""
        self._switch: asyncio.Task[None] | None = None
        self.handlers: Handlers = {
            SignIn: self._sign_in,
            SignOut: self._sign_out,
            TryNow: lambda _: self._switch_to(self._engine.try_now()),
            NewStore: lambda _: self._switch_to(self._engine.new_store()),
            TestConnection: self._test,
            ClearProblems: lambda _: self._channel.clear_problems(),
            Focus: self._focus_on,
            Shutdown: lambda _: leave(),
            **dict.fromkeys(Lab.handles, self._lab.answer),
        }
        for service in SERVICES:
            self.handlers |= dict.fromkeys(service.handles, self._ask_session)

    def feed(self, data: bytes) -> None:
        """Bytes from the window; a line that is no message is a problem, and the rest goes on."""
        for message in self._reader.feed(data):
            if isinstance(message, LineRefusedError):
                log.warning("a line from the window was refused: %s", message)
                self._channel.problem("window", f"A message was refused: {message}.")
            elif len(self._tasks) >= MAX_UNDER_WAY:
                self._channel.problem("window", "Too many requests at once; one was dropped.")
            else:
                self.answer(message)

    def answer(self, message: ToEngine) -> None:
        """Begin to do what ``message`` asks."""
        work = self.handlers[type(message)](message)
        if work is not None:
            self._tasks.spawn(self._finish(message, work), name=type(message).__name__)

    async def close(self) -> None:
        """Stop answering."""
        await self._lab.close()
        await self._tasks.close()

    async def _finish(self, message: ToEngine, work: Work) -> None:
        try:
            answer = await work
        except WorldError as error:
            answer = self._refused(message, error)
        except Exception as error:
            log.exception("%s could not be answered", type(message).__name__)
            sentence = f"This part failed ({type(error).__name__}); see the log."
            answer = self._refused(message, WorldError(sentence))
        finally:
            work.close()
        if answer is not None:
            self._channel.put(answer)

    def _refused(self, message: ToEngine, error: WorldError) -> ToWindow | None:
        if isinstance(message, Ask):
            said = f"Stream said: {error.details}" if error.details else ""
            return refusal(message, error.sentence, error.advice or said)
        if isinstance(message, RequestAct):
            receipt = Receipt(
                act_id=message.act.act_id,
                state=ReceiptState.FAILED,
                reason=error.sentence,
            )
            return ActsChanged(acts=(ActProgress(act=message.act, receipt=receipt),))
        self._channel.problem("engine", error.sentence)
        return None

    def _sign_in(self, message: SignIn) -> None:
        self._switch_to(self._engine.sign_in(message.profile, message.secret))

    def _sign_out(self, _message: SignOut) -> None:
        self._switch_to(self._engine.sign_out())

    def _switch_to(self, switch: Coroutine[Any, Any, None]) -> None:
        self._switch = self._tasks.spawn(self._switched(switch), name="sign in or out")

    async def _switched(self, switch: Coroutine[Any, Any, None]) -> None:
        await switch
        if self._engine.session is not None:
            self._engine.session.focus(self._focus)

    def _focus_on(self, message: Focus) -> None:
        self._focus = message.cid
        if self._engine.session is not None:
            self._engine.session.focus(message.cid)

    def _test(self, message: TestConnection) -> Work:
        return test_connection(message, self._clock, self._engine.open_gateway)

    async def _ask_session(self, message: Any) -> ToWindow | None:
        if self._switch is not None:  # what is asked while signing in is meant for the new session
            await asyncio.wait({self._switch})
        if self._engine.session is None:
            raise WorldError("You are not signed in.")
        return await self._engine.session.answer(message)
