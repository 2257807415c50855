"""An engine process as a system test starts it, that notes when it told each line and verdict."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from console.domain.item import Item
from console.domain.verdict import Source
from console.protocol import to_window as messages
from tests.system.conftest import EngineChild


class HeardEngine(EngineChild):
    """``heard_at`` and ``judged_at`` (unix seconds) by item id, as a window would see them.

    A line counts as judged when a verdict that is not provisional arrived.
    """

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.lines: dict[str, Item] = {}
        self.heard_at: dict[str, float] = {}
        self.judged_at: dict[str, float] = {}
        self.by_stream = 0
        self.doubled = 0

    @property
    def process(self) -> psutil.Process:
        """The running engine."""
        assert self._process is not None
        return psutil.Process(self._process.pid)

    def clear(self) -> None:
        """Forget what was told so far."""
        self.heard.clear()
        self.verdicts.clear()
        self.lines.clear()
        self.heard_at.clear()
        self.judged_at.clear()
        self.by_stream = 0
        self.doubled = 0

    async def reached(self, condition: Callable[[], bool], limit: float) -> bool:
        """Whether ``condition`` came true within ``limit`` seconds."""
        try:
            async with asyncio.timeout(limit):
                while not condition():
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            return False
        return True

    def _fold(self, message: object) -> None:
        super()._fold(message)
        now = time.time()
        match message:
            case messages.Heard(replay=False):
                for line in (judged.item for judged in message.items):
                    self.doubled += line.item_id in self.lines
                    self.lines[line.item_id] = line
                    self.heard_at.setdefault(line.item_id, now)
                verdicts = tuple(v for judged in message.items for v in judged.verdicts)
            case messages.Judged(verdicts=verdicts):
                pass
            case _:
                return
        for verdict in verdicts:
            if not verdict.provisional:
                self.judged_at.setdefault(verdict.item_id, now)
                self.by_stream += verdict.source is Source.STREAM
