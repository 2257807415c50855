"""All faults. A new kind is a module beside this one and a line here."""

from tests.chaos.faults import (
    bodies,
    clocks,
    company,
    crowds,
    cuts,
    deaf,
    disks,
    engine,
    frames,
    gateways,
    handshakes,
    network,
    refusals,
    stalls,
)
from tests.chaos.faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *cuts.FAULTS,
    *stalls.FAULTS,
    *refusals.FAULTS,
    *gateways.FAULTS,
    *bodies.FAULTS,
    *frames.FAULTS,
    *deaf.FAULTS,
    *handshakes.FAULTS,
    *network.FAULTS,
    *engine.FAULTS,
    *disks.FAULTS,
    *clocks.FAULTS,
    *company.FAULTS,
    *crowds.FAULTS,
)
