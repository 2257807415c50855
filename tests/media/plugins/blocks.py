"""A speech plugin for tests that never gives the loop back."""

import asyncio
import time


class Output:
    """Nothing ever comes."""

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.Event().wait()


class Blocks:
    """One speaker's."""

    def __init__(self):
        self.output = Output()

    async def start(self):
        """There is nothing to connect to."""

    async def process_audio(self, pcm, participant):
        while True:
            time.sleep(1.0)  # noqa: ASYNC251  # that is what is wrong with it

    async def close(self):
        """Never comes here."""
