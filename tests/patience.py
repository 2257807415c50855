"""How long a test waits for what must happen: longer where the machine is busy.

A limit costs nothing while all is well, so each is stretched beyond what a quiet machine needs.
Never stretch a wait for something that must not happen: that one always takes its whole time.
"""

import os

ALWAYS = 3.0
"""Every limit is at least so many times what its test says."""


def patient(seconds: float) -> float:
    """``seconds``, stretched by the load of the machine at this moment, or by TEST_PATIENCE."""
    wanted = os.environ.get("TEST_PATIENCE")
    return seconds * (float(wanted) if wanted else ALWAYS * max(1.0, _load()))


def _load() -> float:
    """How many processes want each core: the higher of the last minute's and five minutes' mean."""
    if not hasattr(os, "getloadavg"):  # Windows
        return 1.0
    return max(os.getloadavg()[:2]) / (os.cpu_count() or 1)
