"""Stands in for Deepgram's socket: as much of "listen v2" (Flux) as its own client uses.

From Deepgram's public pages (developers.deepgram.com, "Flux"): ``/v2/listen`` with the key in
``Authorization: Token KEY``, sound as binary frames, ``Connected`` and ``TurnInfo`` as JSON. What
it hears are tones; a turn ends with half a second of silence.
"""

import asyncio
from array import array

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

BYTES_A_SECOND = 32_000
QUIET_S = 0.5
LOUD = 500


class Deepgram:
    """One stand-in.

    Attributes:
        address: of its socket. key: the one that it accepts.
        opened: the query of each socket. heard_s: seconds of sound that came.
        cuts: so many sockets are closed in the middle of speech. mute: it tells no texts.
    """

    def __init__(self, key: str) -> None:
        self.address = ""
        self.key = key
        self.opened: list[dict[str, str]] = []
        self.heard_s = 0.0
        self.cuts = 0
        self.mute = False
        self.open_now = 0
        self.app = Starlette(routes=[WebSocketRoute("/v2/listen", self._listen)])

    async def _listen(self, socket: WebSocket) -> None:
        if socket.headers.get("authorization") != f"Token {self.key}":
            await socket.send_denial_response(Response(status_code=401))
            return
        await socket.accept()
        self.opened.append(dict(socket.query_params))
        self.open_now += 1
        try:
            await Turns(self, socket).run()
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self.open_now -= 1


class Turns:
    """One socket: what is said on it, in turns."""

    def __init__(self, deepgram: Deepgram, socket: WebSocket) -> None:
        self._deepgram = deepgram
        self._socket = socket
        self._sent = 0
        self._turn = 0
        self._words = 0
        self._speech_s = 0.0
        self._quiet_s = 0.0

    async def run(self) -> None:
        await self._tell(type="Connected")
        while True:
            frame = await self._socket.receive()
            if frame["type"] == "websocket.disconnect":
                return
            if (text := frame.get("text")) is not None:
                assert "CloseStream" in text, text
                await self._socket.close()
                return
            await self._hear(array("h", frame["bytes"]))

    async def _hear(self, sound: "array[int]") -> None:
        seconds = len(sound) * 2 / BYTES_A_SECOND
        self._deepgram.heard_s += seconds
        if max(sound, default=0) > LOUD:
            self._speech_s += seconds
            self._quiet_s = 0.0
            if self._deepgram.cuts and self._speech_s > 0.5:
                self._deepgram.cuts -= 1
                await self._socket.close(1011)
                return
            if self._speech_s > 0.4 * (self._words + 1):
                self._words += 1
                await self._turn_info("StartOfTurn" if self._words == 1 else "Update")
            return
        self._quiet_s += seconds
        if self._words and self._quiet_s >= QUIET_S:
            await self._turn_info("EndOfTurn")
            self._turn += 1
            self._words, self._speech_s = 0, 0.0

    async def _turn_info(self, event: str) -> None:
        if self._deepgram.mute:
            return
        words = ["beep"] * self._words
        await self._tell(
            type="TurnInfo",
            event=event,
            turn_index=self._turn,
            audio_window_start=0.0,
            audio_window_end=self._deepgram.heard_s,
            transcript=" ".join(words),
            words=[{"word": word, "confidence": 0.8} for word in words],
            end_of_turn_confidence=0.9 if event == "EndOfTurn" else 0.1,
        )

    async def _tell(self, **message: object) -> None:
        await self._socket.send_json(
            {"request_id": "stand-in", "sequence_id": self._sent, **message}
        )
        self._sent += 1
        await asyncio.sleep(0)
