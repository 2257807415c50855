"""A speech plugin with no service behind it: it hears that somebody spoke, and knows what.

So what is measured with it is what the program itself adds to a plugin: the pipe, the process and
the wait for a short silence, which a service needs as well.
"""

import asyncio
from array import array
from types import SimpleNamespace
from typing import Any

SAID = "I will find you and then I will kill you."
RATE = 16_000
PIECE = 512
LOUD = 500
ENDS_AFTER_S = 0.3
LEAST_S = 0.3
"""Less sound than that is no speech."""


class Output:
    """Transcripts as they come."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[SimpleNamespace] = asyncio.Queue()

    def put(self, text: str) -> None:
        """A final text."""
        response = SimpleNamespace(confidence=0.9, language="en")
        self._queue.put_nowait(SimpleNamespace(text=text, mode="final", response=response))

    def __aiter__(self) -> "Output":
        return self

    async def __anext__(self) -> SimpleNamespace:
        return await self._queue.get()


class KnowsItAll:
    """One speaker's, with the interface of a plugin of Vision Agents."""

    name = "Stand-in plugin"

    def __init__(self, api_key: str = "") -> None:
        self.output = Output()
        self._spoken_s = 0.0
        self._quiet_s = 0.0

    async def start(self) -> None:
        """There is nothing to connect to."""

    async def process_audio(self, pcm: Any, participant: Any) -> None:
        """Take in a piece of sound."""
        sound = array("h", pcm.samples)
        for first in range(0, len(sound), PIECE):
            self._hear(sound[first : first + PIECE])

    def _hear(self, samples: "array[int]") -> None:
        seconds = len(samples) / RATE
        if max(samples, default=0) >= LOUD:
            self._spoken_s += seconds
            self._quiet_s = 0.0
            return
        self._quiet_s += seconds
        if self._quiet_s < ENDS_AFTER_S:
            return
        if self._spoken_s >= LEAST_S:
            self.output.put(SAID)
        self._spoken_s = 0.0

    async def close(self) -> None:
        """There is nothing to close."""
