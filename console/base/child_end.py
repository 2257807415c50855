"""The end of a child process: by itself where it can, by force where it does not."""

import asyncio
import contextlib

END_LIMIT_S = 3.0
"""Seconds that a child has to end by itself: longer than it gives itself."""


async def ended(process: asyncio.subprocess.Process, *, at_once: bool = False) -> None:
    """Wait until ``process`` has ended; ``at_once``: it is given no time to do so by itself.

    One that ends by itself must not be killed: its code would be lost.
    """
    if not at_once:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_LIMIT_S):
                await process.wait()
    if process.returncode is None:
        process.kill()
    await process.wait()
