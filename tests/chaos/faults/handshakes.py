"""Sockets that do not come to be: refused, redirected, stalled. A cut makes the engine try."""

import asyncio
from random import Random

import msgspec

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.bytes import Message, answer
from tests.chaos.proxy.exchange import Exchange

_SWITCH = (
    ("upgrade", "websocket"),
    ("connection", "Upgrade"),
    ("sec-websocket-accept", "bm90IHRoZSByaWdodCBvbmU="),
)


def _provoke(scene: Scene) -> None:
    for relay in list(scene.proxy.sockets):
        relay.cut()


def _refused(scene: Scene, chance: Random) -> None:
    status = chance.choice((301, 302, 307, 400, 403, 404, 407, 429, 500, 502, 503, 511, 200))
    headers = (("Location", "http://portal.invalid/"),) if status < 400 and status > 200 else ()
    body = chance.choice((b"", b"<html>portal</html>", msgspec.json.encode({"error": "no"})))

    async def spoil(exchange: Exchange) -> bool:
        await exchange.send(answer(status, body, "text/html", headers).raw())
        exchange.end(chance)
        return True

    scene.arm_handshake(spoil)
    _provoke(scene)


def _stalled(scene: Scene, chance: Random) -> None:
    seconds = chance.choice((0.5, 2.0, 16.0))

    async def spoil(exchange: Exchange) -> bool:
        await asyncio.sleep(seconds)
        if chance.random() < 0.5:
            exchange.end(chance)
            return True
        return False

    scene.arm_handshake(spoil)
    _provoke(scene)


def _wrong_key(scene: Scene, chance: Random) -> None:
    """It says that it is a WebSocket and is none."""

    async def spoil(exchange: Exchange) -> bool:
        await exchange.send(Message("HTTP/1.1 101 Switching Protocols", _SWITCH, b"").raw())
        await asyncio.sleep(0.2)
        exchange.end(chance)
        return True

    scene.arm_handshake(spoil)
    _provoke(scene)


FAULTS = (
    Fault("refused handshake", 2, _refused),
    Fault("stalled handshake", 1, _stalled),
    Fault("false handshake", 1, _wrong_key),
)
