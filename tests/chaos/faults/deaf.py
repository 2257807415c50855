"""Sockets that stay open and bring nothing: the console must notice by itself."""

from random import Random

from tests.chaos.faults.fault import Fault, Scene


def _half_open(scene: Scene, chance: Random) -> None:
    """The other end is gone and nobody says so; or it comes back after a while."""
    chosen = list(scene.proxy.sockets)
    if not chosen:
        return
    scene.happened(f"{len(chosen)} sockets")
    seconds = chance.uniform(1.0, 6.0)
    comes_back = chance.random() < 0.5
    if comes_back:
        scene.lag = max(scene.lag, seconds)
    for relay in chosen:
        relay.deafen()
        if comes_back:
            scene.later(seconds, relay.recover)


def _forgotten(scene: Scene, chance: Random) -> None:
    """The server no longer knows these sockets: their health checks go on, their watches do not."""
    chosen = list(scene.proxy.sockets)
    if not chosen:
        return
    scene.happened(f"{len(chosen)} sockets")
    for relay in chosen:
        relay.zombie = True
        if relay.connection_id:
            scene.proxy.unknown_ids.add(relay.connection_id)


FAULTS = (
    Fault("half-open socket", 2, _half_open),
    Fault("forgotten socket", 2, _forgotten),
)
