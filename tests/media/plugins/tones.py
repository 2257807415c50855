"""A speech plugin for tests: it hears tones, and writes down which; "again" where one lasts."""

import asyncio
import itertools
from array import array
from types import SimpleNamespace

WORDS = {"low": 300.0, "high": 1_200.0}
RATE = 16_000
PIECE = 512
LOUD = 500
ENDS_AFTER_S = 0.3


class Output:
    """Transcripts as they come."""

    def __init__(self):
        self._queue: asyncio.Queue[SimpleNamespace] = asyncio.Queue()

    def put(self, text, mode):
        response = SimpleNamespace(confidence=0.9, language="en")
        self._queue.put_nowait(SimpleNamespace(text=text, mode=mode, response=response))

    def __aiter__(self):
        return self

    async def __anext__(self):
        return await self._queue.get()


class Tones:
    """One speaker's."""

    name = "Tone plugin"
    made = 0

    def __init__(self, api_key="", wants=""):
        if wants and api_key != wants:
            raise PermissionRefusedError
        Tones.made += 1
        self.output = Output()
        self._words = []
        self._quiet_s = 0.0

    async def start(self):
        """There is nothing to connect to."""

    async def process_audio(self, pcm, participant):
        assert participant.user_id.isdigit()
        sound = array("h", pcm.samples)
        for first in range(0, len(sound), PIECE):
            self._hear(sound[first : first + PIECE])

    def _hear(self, samples):
        seconds = len(samples) / RATE
        if max(samples, default=0) < LOUD:
            self._quiet_s += seconds
            if self._words and self._quiet_s >= ENDS_AFTER_S:
                self.output.put(" ".join(self._words) + ".", "final")
                self._words = []
            return
        self._quiet_s = 0.0
        crossings = sum((one < 0) is not (two < 0) for one, two in itertools.pairwise(samples))
        pitch = crossings / 2 / seconds
        word = min(WORDS, key=lambda name: abs(WORDS[name] - pitch))
        if not self._words or self._words[-1] != word:
            self._words.append(word)
            self.output.put(" ".join(self._words), "replacement")

    async def close(self):
        """There is nothing to close."""


class PermissionRefusedError(Exception):
    """As a service's client says that a key is wrong."""

    status_code = 401
