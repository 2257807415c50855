"""Messages to the window: gathered, merged, and written at most once a frame."""

import asyncio
from typing import get_args

from console.base.clock import Clock
from console.base.pipes import Sink
from console.base.plain_text import visible
from console.engine.merging import Gathered
from console.protocol import codec
from console.protocol.push import Push
from console.protocol.to_window import Problem, ToWindow

FRAME_S = 0.016
HOLD_BACK_BYTES = 4 * 1024 * 1024
"""With more than this untaken the window is behind: gather on, and write less often."""
HOLD_BACK_S = 0.05
MAX_PROBLEMS = 500
PUSHES = tuple(kind for kind in get_args(ToWindow) if issubclass(kind, Push))
"""In this order they are written, so that a call comes before who is in it and what is said."""


class WindowChannel:
    """The only way to the window. ``put`` never blocks; everything held is bounded.

    Attributes:
        unsent_lines: lines and notices dropped because the window took nothing for too long.
            Lines are in the store all the same.
    """

    def __init__(self, sink: Sink, clock: Clock) -> None:
        self._sink = sink
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None
        self._written_at = float("-inf")
        self._problem_counts: dict[tuple[str, str], int] = {}
        self.unsent_lines = 0
        self._clear()

    def put(self, message: ToWindow) -> None:
        """Send to the window, within a frame unless it is behind."""
        if isinstance(message, Push):
            dropped = self._gathered[type(message)].add(message)
            if dropped:
                self._report_unsent(dropped)
        else:
            self._in_order.append(message)
        self._schedule()

    def problem(self, place: str, sentence: str, times: int = 1) -> None:
        """Report something malformed or refused that did not stop the work; counted by kind."""
        key = (visible(place[:200]), visible(sentence[:500]))
        if key not in self._problem_counts and len(self._problem_counts) >= MAX_PROBLEMS:
            key = ("elsewhere", "Further kinds of problems are only counted.")
        count = self._problem_counts.get(key, 0) + times
        self._problem_counts[key] = count
        at = self._clock.now()
        self.put(Problem(place=key[0], sentence=key[1], at=at, count=count))

    def clear_problems(self) -> None:
        """Count each kind of problem from nothing again."""
        self._problem_counts.clear()

    def flush(self) -> None:
        """Write what is gathered, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        messages = [*self._in_order]
        for gathered in self._gathered.values():
            messages += gathered.pushes()
        self._clear()
        if messages:
            self._sink.write(b"".join(codec.encode(message) for message in messages))
            self._written_at = self._clock.monotonic()

    def _schedule(self) -> None:
        if self._timer is not None:
            return
        wait = self._written_at + FRAME_S - self._clock.monotonic()
        self._later(max(0.0, wait))

    def _later(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, self._flush_unless_behind)

    def _flush_unless_behind(self) -> None:
        self._timer = None
        if self._sink.pending > HOLD_BACK_BYTES:
            self._later(HOLD_BACK_S)
        else:
            self.flush()

    def _clear(self) -> None:
        self._in_order: list[ToWindow] = []
        self._gathered = {kind: Gathered(kind) for kind in PUSHES}

    def _report_unsent(self, count: int) -> None:
        self.unsent_lines += count
        problem = Problem(
            place="window",
            sentence="The window was too slow; these lines are only in the store.",
            at=self._clock.now(),
            count=self.unsent_lines,
        )
        self._gathered[Problem].add(problem)
