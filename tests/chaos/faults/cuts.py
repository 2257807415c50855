"""Connections that end at any byte of a request, of an answer or of a frame."""

from random import Random

from tests.chaos.faults.fault import Fault, Scene
from tests.chaos.proxy.exchange import Exchange
from tests.chaos.proxy.socket_relay import SocketRelay


def _cut_request(scene: Scene, chance: Random) -> None:
    """The request never arrives."""

    async def spoil(exchange: Exchange) -> None:
        exchange.end(chance)

    scene.arm(chance, spoil)


def _cut_answer(scene: Scene, chance: Random) -> None:
    """It is carried out, and its answer breaks off anywhere."""

    async def spoil(exchange: Exchange) -> None:
        raw = (await exchange.forward()).raw()
        await exchange.send(raw[: chance.randint(0, len(raw) - 1)])
        exchange.end(chance)

    scene.arm(chance, spoil)


def _cut_frame(scene: Scene, chance: Random) -> None:
    async def spoil(relay: SocketRelay, whole: bytes) -> None:
        await relay.send(whole[: chance.randint(0, len(whole) - 1)])
        relay.cut() if chance.random() < 0.5 else relay.writer.close()

    scene.arm_frame(spoil)


FAULTS = (
    Fault("cut request", 18, _cut_request),
    Fault("cut answer", 36, _cut_answer),
    Fault("cut frame", 4, _cut_frame),
)
