"""Python's garbage collector, run on the window's thread only.

The collector starts in whichever thread allocates at that moment. In a worker thread it may destroy
Qt objects that belong to the window's thread. Qt cannot stop a timer from there, so the event loop
goes on serving a timer whose object is gone, and the program crashes when that timer is due.
"""

import contextlib
import gc
from collections.abc import Iterator

from console.ui.widgets.timers import ticking

INTERVAL_MS = 500


@contextlib.contextmanager
def collected_on_this_thread() -> Iterator[None]:
    """No automatic collection meanwhile; a timer of this thread does the same steps instead."""
    was_enabled = gc.isenabled()
    gc.disable()
    timer = ticking(INTERVAL_MS)
    timer.timeout.connect(collect_due)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def set_program_aside() -> None:
    """Spare the collector what lives now: the program itself, which is never garbage."""
    gc.collect()
    gc.freeze()


def collect_due() -> int:
    """Collect the oldest generation that is due; returns it, or -1 when none is."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if thresholds[generation] and counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return generation
    return -1
