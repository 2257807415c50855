"""What is said: heard, judged by the local policy, kept and shown; and what was said before."""

import asyncio
from functools import partial
from typing import Any, ClassVar

from console.base.errors import WorldError
from console.base.paths import resources
from console.domain.item import MESSAGE
from console.engine.local_policy import LocalJudge
from console.engine.services.heartbeat import Heartbeat
from console.engine.services.replay import Replay
from console.engine.services.service import Received, Service, SessionContext
from console.engine.sources.ingest import ContentIngest
from console.engine.sources.registry import SOURCES
from console.engine.sources.returned import ReturnedLines
from console.models.language_guesses import language_identifier
from console.protocol.lines import ReturnLines
from console.protocol.to_window import Heard


class Items(Service):
    """Turns events into items."""

    handles: ClassVar = (ReturnLines,)
    essential = True

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        problem = context.channel.problem
        self._replay = Replay(context.store, context.channel, context.clock)
        self._ingest = ContentIngest(
            context.store,
            context.directory,
            context.clock,
            judge=LocalJudge(
                context.evaluator,
                context.clock,
                provisional=context.gateway.may_check,
                problem=problem,
                for_chat=context.chat_evaluator,
            ),
            identifier=language_identifier(resources() / "models"),
            publish=context.items_kept,
            problem=problem,
        )
        self._returned = ReturnedLines(
            context.store,
            context.clock,
            heard=self._ingest.known,
            keep=self._ingest.take_up,
            tell=lambda lines: context.channel.put(Heard(items=tuple(lines), replay=True)),
            problem=problem,
        )
        self._heartbeat = Heartbeat(context, self._ingest.written_until)
        self._calls_read = asyncio.Event()

    async def start(self) -> None:
        await self._replay.begin()
        self.context.keep_running(self._heartbeat.run, "heartbeat")
        self.context.keep_running(self._replay_items, "replay")
        self.context.keep_running(self._run, "hearing")
        self.context.keep_running(self._ingest.unwritten.run, "late lines")
        self.context.keep_running(self._take_up_returned, "returned lines")
        for source in SOURCES:
            if source.feed is not None:
                part = partial(source.feed, self.context, self._ingest.take)
                self.context.keep_running(part, source.kind)

    async def close(self) -> None:
        await self._ingest.drain(timeout=1.0)

    async def answer(self, message: ReturnLines) -> None:
        self._returned.take(message.lines)

    async def on_event(self, received: Received) -> None:
        if self._ingest.takes(received.event):
            await self._ingest.take(received.event)

    def on_heard(self) -> None:
        self._calls_read.set()
        self._heartbeat.on_heard()

    def on_unheard(self, since: float) -> None:
        self._heartbeat.on_unheard()

    def on_items(self, heard: Heard) -> None:
        self.context.channel.put(heard)

    def numbers(self, now: float) -> dict[str, Any]:
        ingest = self._ingest
        return {
            "heard": ingest.lines,
            "messages": ingest.messages,
            "judged": ingest.judged,
            "duplicates": ingest.duplicates,
            "skipped_models": ingest.skipped_models,
            "chat_lost_since": self.context.unfed.get(MESSAGE, 0.0),
            "lines_unwritten": len(ingest.unwritten),
            "lines_lost": ingest.unwritten.lost,
            "spoken_to_decoded": ingest.spoken_to_decoded.recent(now),
        }

    async def _run(self) -> None:
        await self.context.old_items_first()
        await self._ingest.run()

    async def _take_up_returned(self) -> None:
        await self.context.old_items_first()
        await self._returned.run()

    async def _replay_items(self) -> None:
        await self._calls_read.wait()
        try:
            self._ingest.recall(await self._replay.lines(self.context.directory.cids()))
        except WorldError as error:
            self.context.channel.problem("store", error.sentence)
        finally:
            self.context.replayed.set()
