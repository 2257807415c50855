"""From a caption to a line: identified, judged locally, kept, shown; nothing lost or doubled."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence

from console.base.clock import Clock
from console.base.errors import WorldError
from console.domain.item import CAPTION, Item, Text, identify
from console.domain.verdict import JudgedItem
from console.engine.delays import Delays
from console.engine.local_policy import LocalJudge
from console.engine.services.directory import Directory
from console.engine.wire.events import ClosedCaption, User
from console.protocol.to_window import Heard
from console.store.store import AppStore

log = logging.getLogger(__name__)

WAITING = 2_000
BATCH = 500
REMEMBERED = 50_000


class Hearing:
    """Takes captions in order. ``heard(message, lines)`` gets what is new, after it is on disk."""

    def __init__(
        self,
        store: AppStore,
        directory: Directory,
        clock: Clock,
        *,
        judge: LocalJudge | None,
        heard: Callable[[Heard], None],
        problem: Callable[[str, str], None],
    ) -> None:
        self._store = store
        self._directory = directory
        self._clock = clock
        self._judge = judge
        self._heard = heard
        self._problem = problem
        self._queue: asyncio.Queue[Item] = asyncio.Queue(WAITING)
        self._texts: OrderedDict[str, str] = OrderedDict()
        self.lines = 0
        self.judged = 0
        self.duplicates = 0
        self.spoken_to_decoded = Delays()

    @property
    def skipped_models(self) -> int:
        """Lines that no model looked at, because too many came at once."""
        return self._judge.skipped_models if self._judge is not None else 0

    async def take(self, event: ClosedCaption) -> None:
        """One caption; waits while too many are under way."""
        caption = event.closed_caption
        speaker = caption.user or User(id=caption.speaker_id)
        if caption.user is None:
            known = self._directory.person(event.call_cid, caption.speaker_id)
            speaker = User(id=caption.speaker_id, name=known.name if known else None)
        self._directory.heard(event.call_cid, speaker)
        now = self._clock.now()
        call = self._directory.call(event.call_cid)
        start = caption.start_time
        end = caption.end_time or start
        language = caption.language or ""
        line = Item(
            item_id=identify(event.call_cid, caption.speaker_id, start.ns, language),
            kind=CAPTION,
            cid=event.call_cid,
            session_id=call.session_id if call else "",
            author_id=caption.speaker_id,
            author_name=speaker.shown_name,
            body=Text(caption.text),
            start_time=start.seconds,
            end_time=end.seconds,
            received_at=now,
            source_id=caption.id,
            language=language,
            translated=caption.translated,
        )
        if self._texts.get(line.item_id) == line.text:
            self.duplicates += 1
            return
        self._remember(line)
        if end.ns:
            self.spoken_to_decoded.add(now, max(0.0, (now - end.seconds) * 1000))
        await self._queue.put(line)

    def recall(self, lines: Sequence[Item]) -> None:
        """Lines an earlier engine kept: hearing them again is no news."""
        for line in lines:
            self._remember(line)

    async def run(self) -> None:
        """Keep and show lines for as long as this runs."""
        next_line: Item | None = None
        while True:
            lines = [next_line or await self._queue.get()]
            next_line = None
            identities = {lines[0].item_id}
            while len(lines) < BATCH and not self._queue.empty():
                line = self._queue.get_nowait()
                if line.item_id in identities:  # a revision is kept after what it revises
                    next_line = line
                    break
                identities.add(line.item_id)
                lines.append(line)
            await self._keep(lines)
            for _ in lines:
                self._queue.task_done()

    async def drain(self, timeout: float) -> None:
        """Return when everything taken so far is on disk, or after ``timeout`` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._queue.join()
        except TimeoutError:
            log.warning("%d lines were not written in time", self._queue.qsize())

    async def _keep(self, lines: list[Item]) -> None:
        found = await self._judge.judge(lines) if self._judge is not None else [None] * len(lines)
        judged = [
            JudgedItem(line, () if verdict is None else (verdict,))
            for line, verdict in zip(lines, found, strict=True)
        ]
        kept: Sequence[JudgedItem | None] = judged
        try:
            kept = await self._store.keep_items(judged)
        except WorldError as error:
            # Losing a line from the screen as well would be worse than not having it on disk.
            self._problem("store", f"Lines could not be kept: {error.sentence}")
        new = tuple(each for each in kept if each is not None)
        self.duplicates += len(kept) - len(new)
        if not new:
            return
        self.lines += len(new)
        self.judged += sum(bool(each.verdicts) for each in new)
        self._heard(Heard(items=new))

    def _remember(self, line: Item) -> None:
        self._texts[line.item_id] = line.text
        self._texts.move_to_end(line.item_id)
        if len(self._texts) > REMEMBERED:
            self._texts.popitem(last=False)
