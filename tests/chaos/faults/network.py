"""The network is gone for a while: every connection breaks and none can be made."""

import asyncio
from random import Random

from tests.chaos.faults.fault import Fault, Scene


def _offline(scene: Scene, chance: Random) -> None:
    if not scene.proxy.listening:
        return
    scene.happened()
    seconds = chance.uniform(0.1, 5.0)

    async def gone() -> None:
        await scene.proxy.shut()
        try:
            await asyncio.sleep(seconds)
        finally:
            await scene.proxy.open()

    scene.spawn(gone())


FAULTS = (Fault("offline", 2, _offline),)
