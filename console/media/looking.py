"""Looks at pictures in this process: one at a time in a thread, and never too many waiting."""

import asyncio
import logging
import os
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec import Struct

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.picture import PictureLook
from console.media.previews import preview_of
from console.models.picture_registry import Eyes

log = logging.getLogger(__name__)

MAX_WAITING = 32
HANGS_S = 60.0
"""A look takes a second; native code that takes so long never comes back, and cannot be stopped but
with its process."""
HUNG_EXIT = 71
TOO_MANY = "A picture was left out, because more came than this machine can look at."


class Looked(Struct, frozen=True):
    """What became of a picture: a look at it, or a sentence that says why there is none."""

    look: PictureLook | None = None
    sentence: str = ""
    advice: str = ""


class Waiting(Struct, frozen=True):
    """``picture``: the bytes of a file, or pixels (height, width, 3 in RGB)."""

    picture: Any
    then: Callable[[Looked], None]


class Looking:
    """Args:
    load: loads the models, at the first picture; in the thread.
    """

    def __init__(self, load: Callable[[], Eyes]) -> None:
        self._load = load
        self._eyes: Eyes | None = None
        self._refusal = Looked()
        self._waiting: deque[Waiting] = deque()
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._previews = ThreadPoolExecutor(1, "previews")
        self._tasks = Tasks()
        self._working: asyncio.Task[None] | None = None
        self._counts: dict[str, float] = dict.fromkeys(
            ("frames", "frames_unreadable", "frames_shed", "look_cpu_s"), 0
        )

    def put(self, picture: Any, then: Callable[[Looked], None]) -> None:
        """Look at ``picture``, and call ``then``; where too many wait, the oldest is left out."""
        self._waiting.append(Waiting(picture, then))
        if len(self._waiting) > MAX_WAITING:
            self._counts["frames_shed"] += 1
            self._waiting.popleft().then(Looked(sentence=TOO_MANY))
        if self._working is None or self._working.done():
            self._working = self._tasks.spawn(self._work(), name="pictures")

    def preview(self, picture: bytes, then: Callable[[bytes], None]) -> None:
        """Call ``then`` with a preview of ``picture`` soon, before it is looked at."""
        self._tasks.spawn(self._preview(picture, then), name="preview")

    def counts(self) -> dict[str, float]:
        """Fields of MediaLoad."""
        return self._counts

    async def close(self) -> None:
        """Look at nothing more."""
        await self._tasks.close()

    async def _preview(self, picture: bytes, then: Callable[[bytes], None]) -> None:
        then(await asyncio.get_running_loop().run_in_executor(self._previews, preview_of, picture))

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            waiting = self._waiting.popleft()
            work = loop.run_in_executor(self._thread, self._look, waiting.picture)
            done, _ = await asyncio.wait([work], timeout=HANGS_S)
            if not done:
                log.critical("looking at a picture hangs; this process ends")
                os._exit(HUNG_EXIT)
            looked = work.result()
            self._counts["frames" if looked.look is not None else "frames_unreadable"] += 1
            waiting.then(looked)

    def _look(self, picture: Any) -> Looked:
        began = time.thread_time()
        try:
            if self._eyes is None and not self._refusal.sentence:
                self._begin()
            if self._eyes is None:
                return self._refusal
            look = self._eyes.look if isinstance(picture, bytes) else self._eyes.look_at_pixels
            return Looked(look(picture))
        except WorldError as error:
            return Looked(sentence=error.sentence, advice=error.advice)
        except Exception as error:  # native code raises whatever it likes
            log.exception("a picture could not be looked at")
            return Looked(sentence=f"The picture could not be looked at ({type(error).__name__}).")
        finally:
            self._counts["look_cpu_s"] += time.thread_time() - began

    def _begin(self) -> None:
        try:
            self._eyes = self._load()
        except WorldError as error:
            self._refusal = Looked(sentence=error.sentence, advice=error.advice)
