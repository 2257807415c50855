"""Ctrl+C, a polite kill and a closed terminal, before there is a loop that can hear them.

Python raises KeyboardInterrupt wherever it happens to be. While modules are imported and Qt builds
its widgets that can be in a callback or a finalizer, where the exception is printed and dropped:
the program goes on. Remembered, the request takes effect as soon as the loop runs.
"""

import contextlib
import signal
from collections.abc import Iterator

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
NUMBERS = [number for name in NAMES if (number := getattr(signal, name, None)) is not None]


class EarlySignals:
    """Whether somebody asked the program to end while it started."""

    def __init__(self) -> None:
        self.came = False

    def remember(self, number: int) -> None:
        """Take one signal; the second one interrupts at once."""
        if self.came:
            raise KeyboardInterrupt
        self.came = True


@contextlib.contextmanager
def early_signals() -> Iterator[EarlySignals]:
    """Remember signals until this ends or a loop installs handlers of its own."""
    early = EarlySignals()
    before = {number: signal.getsignal(number) for number in NUMBERS}
    for number in NUMBERS:
        signal.signal(number, lambda number, _: early.remember(number))
    try:
        yield early
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
