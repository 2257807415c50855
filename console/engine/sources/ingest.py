"""From events to content: identified, judged, kept and published; nothing lost or doubled."""

import asyncio
import itertools
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.percentiles import DelayMeter
from console.domain.item import (
    AVATAR,
    FRAME,
    MESSAGE,
    NAME,
    Body,
    Item,
    Text,
    same_words,
    settled,
)
from console.domain.spoken_language import LanguageIdentifier
from console.domain.verdict import JudgedItem
from console.engine.local_policy import LocalJudge
from console.engine.services.directory import Directory
from console.engine.sources.one_line import OneLine
from console.engine.sources.registry import SOURCES
from console.engine.sources.unwritten import UnwrittenLines
from console.engine.sources.written import Written
from console.engine.wire.events import Event
from console.policy.spoken_languages import SpokenLanguages
from console.protocol.to_window import Heard
from console.store.store import AppStore

log = logging.getLogger(__name__)

WAITING = 2_000
BATCH = 500
REMEMBERED = 50_000


class _Waiting(NamedTuple):
    """An item on its way to disk; ``marks_only``: its words are known and judged.

    ``older``: somebody asked for what was before.
    """

    item: Item
    marks_only: bool
    older: bool


class ContentIngest:
    """Takes the events of all kinds of content, in order.

    ``identifier`` tells languages. ``publish`` gets what is new after it is on disk, ``problem`` a
    place and a sentence.

    Attributes:
        lines: new items. judged: those with a local verdict. duplicates: items that came again.
        messages: chat messages among the items, each counted once.
        unwritten: those that the store could not take yet.
    """

    def __init__(
        self,
        store: AppStore,
        directory: Directory,
        clock: Clock,
        *,
        judge: LocalJudge,
        identifier: LanguageIdentifier,
        publish: Callable[[Heard], None],
        problem: Callable[[str, str], None],
    ) -> None:
        self._store = store
        self._directory = directory
        self._clock = clock
        self._judge = judge
        self._publish = publish
        self._problem = problem
        self._sources = {event: source for source in SOURCES for event in source.events}
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(WAITING)
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._revisions: dict[str, int] = {}
        self._languages = SpokenLanguages(identifier)
        self._one_line = OneLine(judge.weigh)
        self._under_way: deque[float] = deque()
        """When each item in the queue or in work was received, oldest first."""
        self.unwritten = UnwrittenLines(store, clock, problem)
        self.lines = 0
        self.messages = 0
        self.judged = 0
        self.duplicates = 0
        self.spoken_to_decoded = DelayMeter()

    @property
    def skipped_models(self) -> int:
        """Lines that no model looked at, because too many came at once."""
        return self._judge.skipped_models

    def takes(self, event: Event) -> bool:
        """Whether ``event`` brings content."""
        return type(event) in self._sources

    async def take(self, event: Event) -> None:
        """The content of one event; waits while too much is under way."""
        now = self._clock.now()
        item = self._sources[type(event)].read(event, self._directory, now)
        if item is None:
            return
        item = self._one_line.take(item)
        known = self._bodies.get(item.item_id)
        if known is not None:
            item = replace(item, body=settled(item.body, known))
        item = self._with_language(item)
        if known == item.body:
            self.duplicates += 1
            return
        marks_only = known is not None and same_words(item.body, known)
        self._remember(item)
        older = known is None and isinstance(event, Written) and event.older
        if known is None and not older and item.end_time and item.kind not in (NAME, AVATAR, FRAME):
            self.spoken_to_decoded.add((now - item.end_time) * 1000, now)
        self._under_way.append(now)
        await self._queue.put(_Waiting(item, marks_only=marks_only, older=older))

    def written_until(self, heard: float) -> float:
        """Up to when all that was received is on disk; ``heard`` where nothing waits to be."""
        waiting = (*itertools.islice(self._under_way, 1), *self.unwritten.oldest())
        return min((heard, *waiting))

    def recall(self, items: Sequence[Item]) -> None:
        """Items an earlier engine kept: receiving them again is no news."""
        for item in items:
            self._remember(item)
            self._revisions[item.item_id] = item.revision

    @property
    def known(self) -> Container[str]:
        """The ids of the items that were heard or recalled; not of all that were long ago."""
        return self._bodies

    async def take_up(self, judged: Sequence[JudgedItem]) -> None:
        """Keep and publish what an earlier engine heard and judged, which is no news."""
        for each in judged:
            self._remember(each.item)
        kept = tuple(each for each in await self._written(judged) if each is not None)
        if kept:
            self._publish(Heard(items=kept, replay=True))

    async def run(self) -> None:
        """Keep and publish items for as long as this runs."""
        next_item: _Waiting | None = None
        while True:
            items = [next_item or await self._queue.get()]
            next_item = None
            identities = {items[0].item.item_id}
            while len(items) < BATCH and not self._queue.empty():
                waiting = self._queue.get_nowait()
                if waiting.item.item_id in identities:  # a revision is kept after what it revises
                    next_item = waiting
                    break
                identities.add(waiting.item.item_id)
                items.append(waiting)
            await self._keep(items)
            for _ in items:
                self._under_way.popleft()
                self._queue.task_done()

    async def drain(self, timeout: float) -> None:
        """Return when everything taken so far is on disk, or after ``timeout`` seconds twice."""
        try:
            async with asyncio.timeout(timeout):
                await self._queue.join()
        except TimeoutError:
            log.warning("%d lines were not written in time", self._queue.qsize())
            self.unwritten.lost += self._queue.qsize()
        await self.unwritten.close(timeout)

    async def _keep(self, waiting: list[_Waiting]) -> None:
        to_judge = [each.item for each in waiting if not each.marks_only]
        found = iter(await self._judge.judge(to_judge) if to_judge else ())
        judged = [
            JudgedItem(each.item, marks_only=True)
            if each.marks_only
            else JudgedItem(each.item, () if (verdict := next(found)) is None else (verdict,))
            for each in waiting
        ]
        kept = await self._written(judged)
        await self._show_older(waiting, kept)
        new = tuple(
            each
            for each, one in zip(kept, waiting, strict=True)
            if each is not None and not one.older
        )
        self.duplicates += len(kept) - len(new)
        if not new:
            return
        self.lines += sum(not each.marks_only for each in new)
        self.messages += sum(_is_first_message(each) for each in new)
        self.judged += sum(bool(each.verdicts) for each in new)
        self._publish(Heard(items=new))

    async def _show_older(
        self, waiting: Sequence[_Waiting], kept: Sequence[JudgedItem | None]
    ) -> None:
        """Show what somebody asked for, also where an earlier engine had kept it."""
        older = {w.item.item_id: each for w, each in zip(waiting, kept, strict=True) if w.older}
        known = [item_id for item_id, each in older.items() if each is None]
        if known:
            try:
                older |= await self._store.known(known)
            except WorldError as error:
                self._problem("store", error.sentence)
        found = tuple(each for each in older.values() if each is not None)
        if found:
            self._publish(Heard(items=found, replay=True, older=True))

    async def _written(self, judged: Sequence[JudgedItem]) -> Sequence[JudgedItem | None]:
        """What is new of these; shown in any case, on disk now or later."""
        kept: Sequence[JudgedItem | None] | None = None
        if not self.unwritten:  # a revision must not be written before what it revises
            try:
                kept = await self._store.keep_items(judged)
            except WorldError as error:
                self._problem(
                    "store", f"Lines are shown but not written down yet: {error.sentence}"
                )
        if kept is None:
            kept = later = [self._revised(each) for each in judged]
            self.unwritten.hold(later)
        for each in kept:
            if each is not None and each.item.item_id in self._bodies:
                self._revisions[each.item.item_id] = each.item.revision
        return kept

    def _revised(self, judged: JudgedItem) -> JudgedItem:
        """With the revision that the store will give it; else the new text would not be shown."""
        known = self._revisions.get(judged.item.item_id)
        if known is None:
            return judged
        if judged.marks_only:
            return replace(judged, item=replace(judged.item, revision=known))
        revision = known + 1
        return JudgedItem(
            replace(judged.item, revision=revision),
            tuple(replace(verdict, revision=revision) for verdict in judged.verdicts),
        )

    def _with_language(self, item: Item) -> Item:
        """``item`` with its language; a name is too short to tell one."""
        if item.kind == NAME:
            return item
        # A translation is no further line of its speaker, and nobody speaks a picture.
        said = isinstance(item.body, Text) and not item.translated
        speaker = f"{item.cid}\x1f{item.author_id}" if said else ""
        spoken = self._languages.of(item.text, item.language, speaker)
        return replace(
            item,
            language=spoken.language,
            language_confidence=spoken.confidence,
            language_by=spoken.by,
        )

    def _remember(self, item: Item) -> None:
        self._bodies[item.item_id] = item.body
        self._bodies.move_to_end(item.item_id)
        if len(self._bodies) > REMEMBERED:
            forgotten, _ = self._bodies.popitem(last=False)
            self._revisions.pop(forgotten, None)


def _is_first_message(judged: JudgedItem) -> bool:
    item = judged.item
    return item.kind == MESSAGE and not item.revision and not judged.marks_only
