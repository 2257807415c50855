"""The one WebSocket to Stream's coordinator: signs in, stays alive, comes back (STREAM.md 2)."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlencode

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidURI
from websockets.frames import CloseCode

from console import __version__
from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.engine.wire.decode import FrameDecoder, decode_frame
from console.engine.wire.events import ConnectionOk, ConnectionRefused, Event
from console.engine.wire.handshake import open_socket
from console.engine.wire.limits import MAX_FRAME_BYTES, SIGN_IN_LIMIT_S
from console.engine.wire.link_watch import STEP_S, LinkWatch, Step
from console.engine.wire.refusals import RateLimitedError, RefusedError, StreamRefusedError
from console.engine.wire.retry import (
    CLOCK_CODES,
    Refusal,
    delay_before_connecting,
    final_refusal,
    passing_refusal,
)

log = logging.getLogger(__name__)

STEADY_S = 5.0
"""A socket that lasted so long lets the next one be tried soon."""
FAIRNESS_S = 0.005
"""After this long in a burst of frames, the rest of the program gets a turn."""

_PING = '{"type":"health.check"}'


class Listener(Protocol):
    """What reacts to the socket. Called on the loop, in order."""

    def on_connecting(self) -> None:
        """The first attempt begins."""

    async def on_live(self, ok: ConnectionOk) -> None:
        """A socket was accepted: watches of an earlier one are gone."""

    async def on_event(self, event: Event) -> None:
        """One frame, decoded. While this waits nothing is read: the pressure goes to Stream."""

    def on_silent(self, sentence: str) -> None:
        """The socket is open and brings nothing, not even the answer that it was asked for."""

    def on_answered(self) -> None:
        """A socket that was silent brings something again; what it brought late follows."""

    def on_lost(self, sentence: str, retry_at: float) -> None:
        """No socket; the next attempt begins at ``retry_at`` (unix seconds)."""

    def on_refused(self, refusal: Refusal) -> None:
        """Stream will not let us in. Nothing more happens."""


class _SignInError(Exception):
    """``at``: when Stream says that it refused, in its unix seconds; 0.0 where it does not say."""

    def __init__(self, code: int, message: str, at: float = 0.0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at


def _refused(event: ConnectionRefused) -> _SignInError:
    return _SignInError(event.error.code, event.error.message, event.created_at.seconds)


class Coordinator:
    """Keeps one socket open for as long as :meth:`run` runs.

    ``token`` is asked for before each attempt; ``renewable`` says that it makes a fresh one, and
    ``own`` that it was made here of an app secret.
    ``learn_time`` gets Stream's unix seconds where Stream finds that the token's time is wrong.
    ``product`` is the product of Stream whose events come, as ``decode`` understands them.
    """

    def __init__(
        self,
        url: str,
        *,
        api_key: str,
        user_id: str,
        token: Callable[[], str],
        renewable: bool,
        listener: Listener,
        clock: Clock,
        product: str = "video",
        decode: FrameDecoder = decode_frame,
        chance: random.Random | None = None,
        learn_time: Callable[[float], None] | None = None,
        own: bool = False,
    ) -> None:
        query = urlencode(
            {
                "api_key": api_key,
                "stream-auth-type": "jwt",
                "X-Stream-Client": f"moderator-console-{__version__}",
            }
        )
        self._url = f"{url}{'&' if '?' in url else '?'}{query}"
        self._user_id = user_id
        self._token = token
        self._renewable = renewable
        self._own = own
        self._listener = listener
        self._clock = clock
        self._product = product
        self._decode = decode
        self._chance = chance or random.Random()
        self._learn_time = learn_time
        self._socket: ClientConnection | None = None
        self._dropped_because = ""
        self._held_back = 0.0
        """Seconds that Stream asked us to wait before the next attempt."""
        self._hurry = asyncio.Event()
        self._stopped = asyncio.Event()
        self.connection_id = ""
        self.last_heard = 0.0
        self.sockets_opened = 0

    async def run(self) -> None:
        """Connect, listen, and come back after every loss, until refused, stopped or cancelled."""
        self._listener.on_connecting()
        failures = 0
        while not self._stopped.is_set():
            self._dropped_because = ""
            self._held_back = 0.0
            began, was_live = self._clock.monotonic(), self.sockets_opened
            try:
                sentence = await self._one_socket()
            except _SignInError as error:
                refusal = final_refusal(error.code, renewable=self._renewable, own=self._own)
                if refusal is not None:
                    self._refuse(refusal)
                    return
                if error.code in CLOCK_CODES and error.at and self._learn_time is not None:
                    self._learn_time(error.at)
                sentence = passing_refusal(error.code, error.message)
            except InvalidURI:
                advice = "Check it in the profile."
                self._refuse(Refusal(0, "The WebSocket address is not valid.", advice))
                return
            except WorldError as error:  # no token, or the proxy that is named cannot be used
                self._refuse(Refusal(0, error.sentence, error.advice))
                return
            if self._stopped.is_set():
                return
            steady = self._clock.monotonic() - began >= STEADY_S
            failures = 1 if self.sockets_opened > was_live and steady else failures + 1
            wait = max(self._held_back, delay_before_connecting(failures, self._chance))
            self._hurry.clear()
            self._listener.on_lost(sentence, self._clock.now() + wait)
            with contextlib.suppress(TimeoutError):
                async with self._clock.timeout(wait):
                    await self._hurry.wait()

    def drop(self, sentence: str) -> None:
        """Leave the present socket, so that a fresh one is made; ``sentence`` says why."""
        if self._socket is not None and not self._dropped_because:
            log.warning("a new socket is taken: %s", sentence)
            self._dropped_because = sentence
            self._socket.transport.abort()

    def hurry(self) -> None:
        """Begin the next attempt now, where one is waited for."""
        self._hurry.set()

    def stop(self) -> None:
        """Let :meth:`run` end, and nothing be heard any more."""
        self._stopped.set()
        self.drop("The sign-in has ended.")
        self._hurry.set()

    def _refuse(self, refusal: Refusal) -> None:
        if not self._stopped.is_set():
            self._listener.on_refused(refusal)

    async def _one_socket(self) -> str:
        """One socket from opening to loss; returns why it was lost, in one sentence."""
        try:
            async with asyncio.timeout(SIGN_IN_LIMIT_S):
                socket = await open_socket(self._url, self._clock.now())
        except TimeoutError:
            return f"Stream did not answer within {SIGN_IN_LIMIT_S:.0f} seconds."
        except RefusedError as error:
            raise _SignInError(error.code, error.sentence) from error
        except RateLimitedError as error:
            self._held_back = error.retry_after
            return error.sentence
        except StreamRefusedError as error:
            return error.sentence
        watch = Tasks()
        try:
            async with asyncio.timeout(SIGN_IN_LIMIT_S):
                ok = await self._sign_in(socket)
            self._socket = socket
            self.connection_id = ok.connection_id
            self.last_heard = self._clock.now()
            self.sockets_opened += 1
            link = _Link(LinkWatch(self._clock.monotonic(), self._clock.now()))
            watch.spawn(self._watch_link(socket, link), name="coordinator link")
            await self._listener.on_live(ok)
            return await self._listen(socket, link)
        except TimeoutError:
            return f"Stream did not answer within {SIGN_IN_LIMIT_S:.0f} seconds."
        except ConnectionClosed as error:
            return self._dropped_because or _of_close(error)
        finally:
            self._socket = None
            self.connection_id = ""
            await watch.close()
            # Not waiting for a peer that may be gone; the transport ends with the abort.
            socket.transport.abort()

    async def _sign_in(self, socket: ClientConnection) -> ConnectionOk:
        hello = {
            "token": self._token(),
            "user_details": {"id": self._user_id},
            "products": [self._product],
        }
        with contextlib.suppress(ConnectionClosed):  # what the server said first can still be read
            await socket.send(msgspec.json.encode(hello).decode())
        while True:  # other frames may come first (STREAM.md 2.2)
            event = self._decode(await socket.recv(decode=False))
            if isinstance(event, ConnectionOk) and event.connection_id:
                return event
            if isinstance(event, ConnectionRefused):
                raise _refused(event)

    async def _listen(self, socket: ClientConnection, link: "_Link") -> str:
        turn_began = self._clock.monotonic()
        while True:
            link.listening = True
            frame = await socket.recv(decode=False)
            link.listening = False
            self.last_heard = self._clock.now()
            if link.watch.hear():
                self._listener.on_answered()
            event = self._decode(frame)
            if isinstance(event, ConnectionRefused):
                raise _refused(event)
            await self._listener.on_event(event)
            if self._clock.monotonic() - turn_began > FAIRNESS_S:
                await asyncio.sleep(0)
                turn_began = self._clock.monotonic()

    async def _watch_link(self, socket: ClientConnection, link: "_Link") -> None:
        while True:
            await self._clock.sleep(STEP_S)
            now, wall = self._clock.monotonic(), self._clock.now()
            step = link.watch.look(now, wall, listening=link.listening)
            if step is Step.LEAVE:
                self.drop("Stream does not answer any more.")
                return
            if step is Step.DOUBT:
                self._listener.on_silent("Stream has stopped answering.")
            elif step is Step.WOKE:
                self._listener.on_silent("This machine slept, or its clock was set.")
            if step is not Step.NOTHING:
                with contextlib.suppress(ConnectionClosed, TimeoutError):
                    async with asyncio.timeout(STEP_S):  # a dead link may take nothing any more
                        await socket.send(_PING)


class _Link:
    """One socket as it is watched; ``listening`` while the next frame is waited for."""

    __slots__ = ("listening", "watch")

    def __init__(self, watch: LinkWatch) -> None:
        self.watch = watch
        self.listening = False


def _of_close(error: ConnectionClosed) -> str:
    # Stream's own client takes code 1000 for good (STREAM.md 2.4). A console that stays deaf
    # because of one close code would break its promise, so this one comes back after any.
    if error.sent is not None and error.sent.code == CloseCode.MESSAGE_TOO_BIG:
        most = MAX_FRAME_BYTES // 2**20
        return f"Stream sent an event of more than {most} MB, which was not read."
    if error.rcvd is None:
        return "The connection to Stream broke."
    return f"Stream closed the connection (code {error.rcvd.code})."
