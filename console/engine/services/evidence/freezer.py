"""Copies what was known when an act was wanted, off the path of the act."""

import asyncio
import logging
import platform
from collections import OrderedDict
from typing import NamedTuple

from msgspec.structs import replace

from console import __version__
from console.base.errors import WorldError
from console.domain.act import Act
from console.domain.evidence import MOST_PICTURE_BYTES, Evidence
from console.engine.services.evidence.policy_facts import PolicyHash
from console.engine.services.service import SessionContext
from console.store.evidence_gathering import Gathered

log = logging.getLogger(__name__)

MOST_WAITING = 5_000
LOOK_BACK_S = 24 * 3600.0
"""Acts of so long ago that have no evidence are frozen late: an engine ended before it could."""
MOST_LATE = 500
TRIES = 5
AGAIN_S = 2.0


class _Wanted(NamedTuple):
    act: Act
    at: float
    late: bool


class Freezer:
    """Every act is frozen once, in the order in which they were wanted.

    Attributes:
        frozen: how many were. lost: how many never will be.
    """

    def __init__(self, context: SessionContext) -> None:
        self._context = context
        self._policy = PolicyHash()
        self._waiting: asyncio.Queue[_Wanted] = asyncio.Queue()
        self._known: OrderedDict[str, None] = OrderedDict()
        self._console = f"{platform.node()}, moderator-console {__version__}"
        self._free = asyncio.Event()
        self._free.set()
        self.frozen = 0
        self.lost = 0

    @property
    def waiting(self) -> int:
        """How many acts are not frozen yet."""
        return self._waiting.qsize() + (not self._free.is_set())

    def note(self, act: Act, at: float, *, late: bool = False) -> None:
        """``act`` was wanted at ``at`` (unix seconds); one that is known is left alone."""
        if act.act_id in self._known:
            return
        self._known[act.act_id] = None
        if len(self._known) > 2 * MOST_WAITING:
            self._known.popitem(last=False)
        if self._waiting.qsize() >= MOST_WAITING:
            self._lose("Too many acts came at once.")
            return
        self._waiting.put_nowait(_Wanted(act, at, late))

    async def look_back(self) -> None:
        """Freeze what an earlier engine could not.

        Raises:
            WorldError: the store could not be read.
        """
        store, now = self._context.store, self._context.clock.now()
        for act_id in await store.evidence.without(now - LOOK_BACK_S, MOST_LATE):
            stored = await store.act(act_id)
            if stored is not None:
                at = stored.act.requested_at or stored.receipt.queued_at
                self.note(stored.act, at, late=True)

    async def run(self) -> None:
        """Freeze what is noted, until cancelled."""
        while True:
            wanted = await self._waiting.get()
            self._free.clear()
            try:
                await self._freeze_or_lose(wanted)
            finally:
                self._free.set()

    async def close(self) -> None:
        """Freeze what still waits; what the store refuses is frozen by the next engine."""
        await self._free.wait()
        while not self._waiting.empty():
            try:
                await self._freeze(self._waiting.get_nowait())
            except WorldError:
                return

    async def _freeze_or_lose(self, wanted: _Wanted) -> None:
        for _ in range(TRIES):
            try:
                await self._freeze(wanted)
            except WorldError as error:
                log.warning("evidence could not be kept: %s", error.sentence)
                await self._context.clock.sleep(AGAIN_S)
            except Exception:
                log.exception("evidence could not be made")
                break
            else:
                return
        self._lose("The store took none.")

    async def _freeze(self, wanted: _Wanted) -> None:
        records = self._context.store.evidence
        gathered = self._with_shelf(await records.gather(wanted.act, wanted.at))
        frozen = Evidence(
            act=wanted.act,
            frozen_at=self._context.clock.now(),
            late=wanted.late,
            console=self._console,
            policy=self._policy.facts(self._context.evaluator()),
            lines=gathered.lines,
            pictures=gathered.pictures,
            left_out=gathered.left_out,
        )
        if await records.keep(frozen, gathered.jpegs):
            self.frozen += 1

    def _with_shelf(self, gathered: Gathered) -> Gathered:
        """Pictures that were raised are on disk; all others only in memory, for a while."""
        shelf, jpegs = self._context.pictures.shelf, dict(gathered.jpegs)
        room = MOST_PICTURE_BYTES - sum(map(len, jpegs.values()))
        frames = []
        for frame in gathered.pictures:
            forbidden = frame.withheld or frame.picture_id in shelf.withheld
            jpeg = b"" if forbidden or frame.kept else shelf.find(frame.picture_id)
            if jpeg and len(jpeg) <= room:
                room -= len(jpeg)
                jpegs[frame.picture_id] = jpeg
            if forbidden:
                jpegs.pop(frame.picture_id, None)
            kept = frame.picture_id in jpegs
            frames.append(replace(frame, kept=kept, withheld=forbidden))
        return gathered._replace(pictures=tuple(frames), jpegs=jpegs)

    def _lose(self, why: str) -> None:
        self.lost += 1
        sentence = f"An act has no evidence. {why}"
        self._context.channel.problem("evidence", sentence)
