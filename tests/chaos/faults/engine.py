"""The engine dies at any step of an act, or stands still."""

import asyncio
import os
import signal
from random import Random

from tests.chaos.faults.fault import ACT, Fault, Scene, striking
from tests.chaos.proxy.exchange import Exchange


def _kill_now(scene: Scene, chance: Random) -> None:
    if scene.engine.kill():
        scene.happened("at any time")


def _kill_in_act(scene: Scene, chance: Random) -> None:
    """Before it is carried out, after it, in its answer, or a moment later."""
    step = chance.choice(("sent", "carried out", "half answered", "answered"))
    pause = chance.choice((0.0, 0.002, 0.02, 0.2, 1.0))

    async def spoil(exchange: Exchange) -> None:
        if step == "sent":
            scene.engine.kill()
            exchange.end(chance)
            return
        raw = (await exchange.forward()).raw()
        if step == "carried out":
            scene.engine.kill()
            return
        await exchange.send(raw[: len(raw) // 2] if step == "half answered" else raw)
        await asyncio.sleep(pause)
        scene.engine.kill()

    scene.arm(chance, spoil, where=ACT)


def _kill_at_order(scene: Scene, chance: Random) -> None:
    """Right after an act is asked for: it is nowhere yet, or just written down, or on its way."""
    pause = chance.choice((0.0, 0.001, 0.005, 0.02, 0.1))
    loop, name = asyncio.get_running_loop(), striking.get()

    def kill() -> None:
        if scene.engine.kill():
            striking.set(name)
            scene.happened(f"{pause * 1000:.0f} ms after an act was asked for")

    scene.engine.on_order.append(lambda: loop.call_soon_threadsafe(loop.call_later, pause, kill))


def _standing(scene: Scene, chance: Random) -> None:
    """It gets no time, as on a machine that sleeps or swaps."""
    pid = scene.engine.pid
    if not pid:
        return
    scene.happened()
    os.kill(pid, signal.SIGSTOP)
    scene.later(chance.uniform(0.1, 6.0), lambda: scene.engine.go_on(pid))


FAULTS = (
    Fault("killed engine", 2, _kill_now),
    Fault("killed in an act", 4, _kill_in_act),
    Fault("killed at an order", 3, _kill_at_order),
    Fault("standing engine", 2, _standing),
)
