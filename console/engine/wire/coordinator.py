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
from console.engine.wire.refusals import RefusedError, StreamRefusedError
from console.engine.wire.retry import Refusal, delay_before_connecting, final_refusal

log = logging.getLogger(__name__)

PING_EVERY_S = 20.0
SILENCE_LIMIT_S = 35.0
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

    def on_lost(self, sentence: str, retry_at: float) -> None:
        """No socket; the next attempt begins at ``retry_at`` (unix seconds)."""

    def on_refused(self, refusal: Refusal) -> None:
        """Stream will not let us in. Nothing more happens."""


class _SignInError(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Coordinator:
    """Keeps one socket open for as long as :meth:`run` runs.

    ``token`` is asked for before each attempt; ``renewable`` says that it makes a fresh one.
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
        self._listener = listener
        self._clock = clock
        self._product = product
        self._decode = decode
        self._chance = chance or random.Random()
        self._socket: ClientConnection | None = None
        self.connection_id = ""
        self.last_heard = 0.0
        self.sockets_opened = 0

    async def run(self) -> None:
        """Connect, listen, and come back after every loss, until refused or cancelled."""
        self._listener.on_connecting()
        failures = 0
        while True:
            was_live = self.sockets_opened
            try:
                sentence = await self._one_socket()
            except _SignInError as error:
                refusal = final_refusal(error.code, renewable=self._renewable)
                if refusal is not None:
                    self._listener.on_refused(refusal)
                    return
                sentence = f"Stream refused the connection: {error.message}"
            except InvalidURI:
                self._listener.on_refused(
                    Refusal(0, "The WebSocket address is not valid.", "Check it in the profile.")
                )
                return
            except WorldError as error:  # the proxy that is named cannot be used
                self._listener.on_refused(Refusal(0, error.sentence, error.advice))
                return
            failures = 1 if self.sockets_opened > was_live else failures + 1
            wait = delay_before_connecting(failures, self._chance)
            self._listener.on_lost(sentence, self._clock.now() + wait)
            await self._clock.sleep(wait)

    async def drop(self) -> None:
        """Close the present socket, so that a fresh one is made."""
        if self._socket is not None:
            await self._socket.close(code=4000)

    async def _one_socket(self) -> str:
        """One socket from opening to loss; returns why it was lost, in one sentence."""
        try:
            async with asyncio.timeout(SIGN_IN_LIMIT_S):
                socket = await open_socket(self._url, self._clock.now())
        except TimeoutError:
            return f"Stream did not answer within {SIGN_IN_LIMIT_S:.0f} seconds."
        except RefusedError as error:
            raise _SignInError(error.code, error.sentence) from error
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
            heard = _Heard(self._clock.monotonic())
            watch.spawn(self._ping(socket), name="coordinator ping")
            watch.spawn(self._notice_silence(socket, heard), name="coordinator silence")
            await self._listener.on_live(ok)
            return await self._listen(socket, heard)
        except TimeoutError:
            return f"Stream did not answer within {SIGN_IN_LIMIT_S:.0f} seconds."
        except ConnectionClosed as error:
            return _of_close(error)
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
                raise _SignInError(event.error.code, event.error.message)

    async def _listen(self, socket: ClientConnection, heard: "_Heard") -> str:
        turn_began = self._clock.monotonic()
        while True:
            frame = await socket.recv(decode=False)
            heard.at = self._clock.monotonic()
            self.last_heard = self._clock.now()
            event = self._decode(frame)
            if isinstance(event, ConnectionRefused):
                raise _SignInError(event.error.code, event.error.message)
            await self._listener.on_event(event)
            if self._clock.monotonic() - turn_began > FAIRNESS_S:
                await asyncio.sleep(0)
                turn_began = self._clock.monotonic()

    async def _ping(self, socket: ClientConnection) -> None:
        while True:
            await self._clock.sleep(PING_EVERY_S)
            try:
                await socket.send(_PING)
            except ConnectionClosed:
                return

    async def _notice_silence(self, socket: ClientConnection, heard: "_Heard") -> None:
        while True:
            quiet = self._clock.monotonic() - heard.at
            if quiet >= SILENCE_LIMIT_S:
                log.warning("nothing was heard for %.0f s: taking a new socket", quiet)
                socket.transport.abort()
                return
            await self._clock.sleep(SILENCE_LIMIT_S - quiet)


class _Heard:
    """When the socket last said anything, in monotonic seconds."""

    __slots__ = ("at",)

    def __init__(self, at: float) -> None:
        self.at = at


def _of_close(error: ConnectionClosed) -> str:
    # Stream's own client takes code 1000 for good (STREAM.md 2.4). A console that stays deaf
    # because of one close code would break its promise, so this one comes back after any.
    if error.sent is not None and error.sent.code == CloseCode.MESSAGE_TOO_BIG:
        most = MAX_FRAME_BYTES // 2**20
        return f"Stream sent an event of more than {most} MB, which was not read."
    if error.rcvd is None:
        return "The connection to Stream broke."
    return f"Stream closed the connection (code {error.rcvd.code})."
