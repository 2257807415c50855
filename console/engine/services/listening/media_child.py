"""The media process of an engine: begun when it is wanted, watched, and begun again."""

import asyncio
import logging
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from console.base.child_end import END_LIMIT_S, ended
from console.base.clock import Clock, SystemClock
from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.tasks import Tasks
from console.protocol import codec
from console.protocol.ask import Answer
from console.protocol.codec import LineReader, LineRefusedError, media_reader
from console.protocol.media import (
    SPEECH_HUNG,
    BeginPlugin,
    FromMedia,
    LookAt,
    PictureSeen,
    PluginBegun,
    ReplaySpeaker,
    SpeakerReplayed,
    ToMedia,
)

log = logging.getLogger(__name__)

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 30.0
SOUND_S = 60.0
"""A process that ran this long did well: the next wait is the first again."""
SILENCE_S = 20.0
"""It tells its load each second; one that tells nothing for so long hangs, and is ended."""
ANSWER_LIMIT_S = 30.0
MAX_WAITING = 1_000
"""Orders that wait for a process to begin."""
MAX_UNTAKEN = 64 * 1024 * 1024
"""Bytes of orders that it has not taken; a question beyond that is refused."""
HUNG = "The speech model did not come back, so the media process ended itself."
_CHUNK = 65_536

_REFUSALS: dict[type, Callable[..., Any]] = {
    LookAt: PictureSeen,
    ReplaySpeaker: SpeakerReplayed,
    BeginPlugin: PluginBegun,
}

M = TypeVar("M")


class Lost(Struct, frozen=True):
    """The process ended unasked; nothing was heard or seen since. ``again_in``: seconds.

    ``hung``: it ended itself, because its speech model did not come back.
    """

    since: float
    sentence: str
    again_in: float
    hung: bool = False


def wait_after(losses: int) -> float:
    """Seconds until the next attempt after so many losses in a row."""
    return min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(losses - 1, 10))


class MediaChild:
    """Runs from the first order until :meth:`close`.

    What it tells goes to whoever asked for that class with :meth:`on`, also :class:`Lost`. A new
    process begins with Ready and knows nothing: whoever gave orders gives them again.

    Attributes:
        losses: how often it ended unasked, one soon after the other.

    Args:
        paths: where it keeps its log, and files that it puts together.
        problem: gets a place and a sentence.
        command: what to start; None for this program's own media process.
    """

    def __init__(
        self,
        paths: Paths,
        clock: Clock,
        problem: Callable[[str, str], None],
        command: Sequence[str] | None = None,
    ) -> None:
        self._command = list(command or _command(paths.logs, clock))
        self._clock = clock
        self._problem = problem
        self._tasks = Tasks()
        self._running: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._waiting_orders: list[ToMedia] = []
        self._answers: dict[str, asyncio.Future[Answer]] = {}
        self._hearers: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)
        self._used_at = clock.monotonic()
        self.losses = 0

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._process.pid if self._process is not None else None

    def on(self, kind: type[M], hearer: Callable[[M], None]) -> Callable[[], None]:
        """Call ``hearer`` with each message of this class; returns what ends that."""
        self._hearers[kind].append(hearer)
        return lambda: self._hearers[kind].remove(hearer)

    def send(self, order: ToMedia) -> None:
        """Give an order; the process is begun if it does not run."""
        self._used_at = self._clock.monotonic()
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(codec.encode(order))
        elif len(self._waiting_orders) < MAX_WAITING:
            self._waiting_orders.append(order)
        self.start()

    def idle_s(self) -> float:
        """Seconds for which a process runs of which nothing is wanted; 0.0 while none runs."""
        idle = self._process is not None and not self._answers
        return self._clock.monotonic() - self._used_at if idle else 0.0

    def rest(self) -> None:
        """End the process in order; the next order begins another."""
        process, self._process, self._running = self._process, None, None
        if process is not None and process.stdin is not None:
            process.stdin.close()

    def start(self) -> None:
        """Begin the process if it does not run."""
        if self._running is None:
            self._running = self._tasks.spawn(self._run(), name="media process")

    async def ask(
        self, question: LookAt | ReplaySpeaker | BeginPlugin, limit_s: float = ANSWER_LIMIT_S
    ) -> Any:
        """The answer to ``question``; one with a sentence where there is none in time."""
        refused = _REFUSALS[type(question)]
        stdin = self._process.stdin if self._process is not None else None
        if stdin is not None and stdin.transport.get_write_buffer_size() > MAX_UNTAKEN:
            return refused(question.request_id, sentence="The media process has too much to do.")
        answer = asyncio.get_running_loop().create_future()
        self._answers[question.request_id] = answer
        self.send(question)
        try:
            async with asyncio.timeout(limit_s):
                return await answer
        except TimeoutError:
            return refused(question.request_id, sentence="The media process did not answer.")
        except WorldError as error:
            return refused(question.request_id, sentence=error.sentence)
        finally:
            self._answers.pop(question.request_id, None)

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            await ended(process)
        await self._tasks.close()
        self._running = None

    async def _run(self) -> None:
        while True:
            began = self._clock.monotonic()
            sentence = await self._one_process()
            if not sentence:
                return
            if self._clock.monotonic() - began > SOUND_S:
                self.losses = 0
            self.losses += 1
            wait = wait_after(self.losses)
            log.warning("the media process ended: %s", sentence)
            self._problem("media", f"{sentence} It is begun again.")
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(WorldError("The media process ended unasked."))
            self._tell(Lost(self._clock.now(), sentence, wait, hung=sentence == HUNG))
            await self._clock.sleep(wait)

    async def _one_process(self) -> str:
        """Run one process to its end; returns why it ended, or "" when it was sent to rest."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError as error:
            return f"The media process could not be started: {error.strerror}."
        assert process.stdin is not None
        self._process = process
        hung = False
        try:
            for order in self._waiting_orders:
                process.stdin.write(codec.encode(order))
            self._waiting_orders.clear()
            hung = await self._hear(process)
            if self._process is not process:
                await asyncio.wait_for(process.wait(), END_LIMIT_S)
                return ""
        except TimeoutError:
            return ""
        finally:
            if self._process is process:
                self._process = None
            await ended(process, at_once=hung or self._process is not None)
        if hung:
            return f"The media process said nothing for {SILENCE_S:.0f} s and was ended."
        if process.returncode == SPEECH_HUNG:
            return HUNG
        return f"The media process ended unasked (code {process.returncode})."

    async def _hear(self, process: asyncio.subprocess.Process) -> bool:
        """Hand on what it tells until it ends; True when it hangs."""
        assert process.stdout is not None
        reader: LineReader[FromMedia] = media_reader()
        while True:
            try:
                async with asyncio.timeout(SILENCE_S):
                    data = await process.stdout.read(_CHUNK)
            except TimeoutError:
                return True
            if not data:
                return False
            for message in reader.feed(data):
                if isinstance(message, LineRefusedError):
                    self._problem("media", f"A message could not be read: {message}")
                elif isinstance(message, Answer):
                    answer = self._answers.get(message.request_id)
                    if answer is not None and not answer.done():
                        answer.set_result(message)
                else:
                    self._tell(message)

    def _tell(self, message: object) -> None:
        for hearer in tuple(self._hearers[type(message)]):
            try:
                hearer(message)
            except Exception:  # who fails must not cost the others, nor the process
                log.exception("%s could not be taken in", type(message).__name__)


def _command(logs: Path, clock: Clock) -> list[str]:
    command = [sys.executable, "-m", "console.media", "--logs", os.fspath(logs)]
    if isinstance(clock, SystemClock):
        command += ["--clock", str(clock.speed), str(clock.origin)]
    return command
