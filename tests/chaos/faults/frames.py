"""Frames that come twice, in another order, late, or that make no sense."""

import asyncio
from random import Random

import msgspec

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.bytes import CLOSE, PING, frame
from tests.chaos.proxy.socket_relay import SocketRelay

_LATEST = 4.0


def _duplicate(scene: Scene, chance: Random) -> None:
    times = chance.choice((2, 2, 3, 20))

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(whole * times)

    scene.arm_frame(spoil)


def _swap(scene: Scene, chance: Random) -> None:
    """After the frame that follows."""

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        relay.held += whole

    scene.arm_frame(spoil)


def _late(scene: Scene, chance: Random) -> None:
    seconds = chance.uniform(0.1, _LATEST)
    scene.lag = max(scene.lag, seconds)

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        def send() -> None:
            if relay in scene.proxy.sockets:
                relay.writer.write(whole)

        asyncio.get_running_loop().call_later(seconds, send)

    scene.arm_frame(spoil)


def _garbage(scene: Scene, chance: Random) -> None:
    """Something that is no event of Stream's comes between; the right one follows."""

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(frame(_nonsense(chance, relay)) + whole)

    scene.arm_frame(spoil)


def _nonsense(chance: Random, relay: SocketRelay) -> bytes:
    cid = "default:shared-0"
    return chance.choice(
        (
            b"",
            b"not json",
            b"[" * 50_000,
            b'{"type":"health.check","connection_id":7}',
            b'{"type":"call.closed_caption","call_cid":"%s"}' % cid.encode(),
            b'{"type":"call.closed_caption","call_cid":"%s","closed_caption":null}' % cid.encode(),
            b'{"type":"call.ended","call_cid":5,"call":[],"created_at":"never"}',
            b'{"type":"call.kicked_user","call_cid":"%s","user":{"id":1}}' % cid.encode(),
            b'{"type":"' + b"x" * 70_000 + b'"}',
            b'{"type":"call.unheard_of","created_at":99999999999999999999999}',
            msgspec.json.encode({"type": "custom", "custom": {"a": ["\u202e" * 10_000]}}),
            b'{"type":"call.updated","call_cid":"%s","call":{"custom":' % cid.encode()
            + b'{"a":' * 1_500
            + b"1"
            + b"}" * 1_500
            + b"}}",
        )
    )


def _broken_protocol(scene: Scene, chance: Random) -> None:
    """Bytes that no WebSocket may carry: the client has to take a new one."""
    wrong = chance.choice(
        (b"\xff\xff\xff\xff", b"\x83\x01x", frame(b"\xff\xfe\xfd"), b"HTTP/1.1 500 Oops\r\n\r\n")
    )

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(wrong + whole)

    scene.arm_frame(spoil)


def _closed(scene: Scene, chance: Random) -> None:
    code = chance.choice((1000, 1001, 1006, 1008, 1011, 1012, 1013, 4000, 4008, 2999))

    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(frame(code.to_bytes(2, "big") + b"bye", CLOSE))

    scene.arm_frame(spoil)


def _pings(scene: Scene, chance: Random) -> None:
    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(frame(b"x" * 100, PING) * 50 + whole)

    scene.arm_frame(spoil)


FAULTS = (
    Fault("duplicate frame", 24, _duplicate),
    Fault("swapped frames", 15, _swap),
    Fault("late frame", 15, _late),
    Fault("garbage frame", 24, _garbage),
    Fault("broken frame", 2, _broken_protocol),
    Fault("closed socket", 3, _closed),
    Fault("flood of pings", 3, _pings),
)
