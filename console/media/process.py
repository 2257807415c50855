"""The media process: orders on standard input, what it tells on standard output, a log file."""

import argparse
import asyncio
import faulthandler
import importlib.util
import logging
import os
import sys
from pathlib import Path

from console.base import log
from console.base.clock import Clock, SystemClock
from console.base.pipes import PipeReader, PipeWriter
from console.media.load import LoadMeter
from console.media.orders import Orders
from console.media.parts import Parts
from console.media.teller import Teller
from console.protocol.media import Ready

logger = logging.getLogger(__name__)

CLOSE_LIMIT_S = 2.0
"""How long it may take to leave its calls."""
CLIENT = "getstream_rtc"
NO_CLIENT = (
    "Stream's native client is not installed, so calls cannot be joined from here. Install the "
    "extra “media” of moderator-console, where there is a build of it for this machine."
)


def main() -> None:
    """Run until standard input closes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--logs", type=Path, required=True)
    parser.add_argument("--clock", nargs=2, type=float, default=(1.0, 0.0))
    options = parser.parse_args()
    path = log.configure("media", options.logs)
    # Nothing but the protocol may reach the real standard output, whatever a library prints.
    output = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with path.with_suffix(".crash").open("w", encoding="utf-8") as crashes:
        faulthandler.enable(crashes)
        asyncio.Runner().run(_run(output, SystemClock(*options.clock)))
        logging.shutdown()
        # Threads in native code cannot be stopped, and need not be waited for.
        os._exit(0)


async def _run(output: int, clock: Clock) -> None:
    leaving = asyncio.Event()
    writer = PipeWriter(output, on_broken=lambda: os._exit(0))
    teller = Teller(writer)
    joins = "" if importlib.util.find_spec(CLIENT) else NO_CLIENT
    parts = Parts(teller, clock, joins)
    teller.tell(Ready(os.getpid(), joins=joins, looks=parts.cannot_look))
    orders = Orders(parts.handlers, teller)
    PipeReader(sys.stdin.fileno(), orders.feed, leaving.set, asyncio.get_running_loop())
    meter = LoadMeter(clock)
    while not leaving.is_set():
        teller.tell(meter.measure(parts.counts()))
        try:
            async with asyncio.timeout(1.0):
                await leaving.wait()
        except TimeoutError:
            continue
    try:
        async with asyncio.timeout(CLOSE_LIMIT_S):
            await parts.close()
    except TimeoutError:
        logger.warning("not everything could be closed in time")
    writer.close()
