"""Answers that come late, bit by bit, or never; requests that lie in a queue."""

import asyncio
from random import Random

from tests.chaos.faults.fault import Fault, Scene, longer_than_patience
from tests.chaos.proxy.exchange import Exchange


def _stalled_request(scene: Scene, chance: Random) -> None:
    """It lies somewhere for ever; nothing is carried out."""
    seconds = longer_than_patience(chance)

    async def spoil(exchange: Exchange) -> None:
        await asyncio.sleep(seconds)
        exchange.end(chance)

    scene.arm(chance, spoil)


def _slow_answer(scene: Scene, chance: Random) -> None:
    """Carried out at once, answered late, perhaps after nobody waits for it any more."""
    seconds = longer_than_patience(chance)

    async def spoil(exchange: Exchange) -> None:
        raw = (await exchange.forward()).raw()
        await asyncio.sleep(seconds)
        await exchange.send(raw)

    scene.arm(chance, spoil)


def _stalled_answer(scene: Scene, chance: Random) -> None:
    """Its first bytes come, the rest much later or never."""
    seconds = longer_than_patience(chance)

    async def spoil(exchange: Exchange) -> None:
        raw = (await exchange.forward()).raw()
        at = chance.randint(0, len(raw) - 1)
        await exchange.send(raw[:at])
        await asyncio.sleep(seconds)
        if chance.random() < 0.5:
            await exchange.send(raw[at:])
        else:
            exchange.end(chance)

    scene.arm(chance, spoil)


def _dribbled_answer(scene: Scene, chance: Random) -> None:
    """It comes in small pieces."""
    pause = chance.uniform(0.001, 0.02)

    async def spoil(exchange: Exchange) -> None:
        raw = (await exchange.forward()).raw()
        size = max(1, len(raw) // 50)
        for start in range(0, len(raw), size):
            await exchange.send(raw[start : start + size])
            await asyncio.sleep(pause)

    scene.arm(chance, spoil)


FAULTS = (
    Fault("stalled request", 12, _stalled_request),
    Fault("slow answer", 21, _slow_answer),
    Fault("stalled answer", 18, _stalled_answer),
    Fault("dribbled answer", 12, _dribbled_answer),
)
