"""One engine at a time owns a store: two would send the same open acts twice.

The lock is the system's and ends with the process that holds it, however that dies.
"""

import contextlib
import os
import time
from pathlib import Path
from typing import BinaryIO

from console.base.errors import WorldError
from console.base.file_lock import take

PATIENCE = 5.0
"""Seconds: an engine whose window died ends by itself soon after."""


class StoreTakenError(WorldError):
    """Another engine owns the store; it can be had as soon as that one has ended."""


class Owner:
    """Holds the lock of a store until closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @classmethod
    def of(cls, store: Path, patience: float = PATIENCE) -> "Owner":
        """Become the owner of ``store``; waits while another one is, at most ``patience`` seconds.

        Raises:
            StoreTakenError: another engine goes on owning it.
            WorldError: the disk refused.
        """
        path = store.with_name(f"{store.name}.lock")
        until = time.monotonic() + patience
        try:
            store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+b")
        except OSError as error:
            raise WorldError(
                f"The store {store} could not be opened: {error.strerror}.",
                "Check that the folder exists and belongs to you.",
            ) from error
        while True:
            try:
                take(file)
            except OSError as error:
                if time.monotonic() >= until:
                    file.close()
                    raise StoreTakenError(
                        f"Another console is using the store {store}.",
                        "Close it first, or start this one with another --home.",
                    ) from error
                time.sleep(0.05)
            else:
                return cls(file)

    def close(self) -> None:
        """Let others have it."""
        with contextlib.suppress(OSError):
            self._file.close()
