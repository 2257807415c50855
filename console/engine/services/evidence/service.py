"""Freezes evidence of every act, and answers the window's questions about it."""

import asyncio
from typing import ClassVar

from console.base.errors import WorldError
from console.domain.evidence import EvidenceEvent, EvidenceHead, EvidenceNote, Hold
from console.engine.services.evidence.freezer import Freezer
from console.engine.services.service import Service, SessionContext
from console.protocol.acts import ActProgress
from console.protocol.evidence import (
    AskEvidence,
    AskEvidencePicture,
    EvidenceFound,
    EvidenceOpened,
    EvidencePicture,
    HoldEvidence,
    OpenEvidence,
)
from console.protocol.to_window import ToWindow

MOST_LISTED = 200
MOST_WHY = 500
UNKNOWN = "There is no evidence of this act: it was done before evidence was kept, or was deleted."

_Asked = AskEvidence | OpenEvidence | HoldEvidence | AskEvidencePicture


class EvidenceOfActs(Service):
    """Every act has its evidence soon after it was wanted, whoever wanted it."""

    handles: ClassVar = (AskEvidence, OpenEvidence, HoldEvidence, AskEvidencePicture)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self.freezer = Freezer(context)
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._running = asyncio.get_running_loop().create_task(self.freezer.run())
        await self.freezer.look_back()

    async def close(self) -> None:
        await self.freezer.close()
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def on_act(self, progress: ActProgress) -> None:
        act, receipt = progress.act, progress.receipt
        self.freezer.note(act, act.requested_at or receipt.queued_at or self.context.clock.now())

    async def answer(self, message: _Asked) -> ToWindow:
        records = self.context.store.evidence
        match message:
            case AskEvidence():
                return EvidenceFound(message.request_id, heads=tuple(await self._find(message)))
            case OpenEvidence():
                return await self._open(message.request_id, message.evidence_id)
            case HoldEvidence():
                return await self._hold(message)
            case AskEvidencePicture():
                found = await records.pictures(message.evidence_id)
                jpeg = found.get(message.picture_id, b"")
                return EvidencePicture(message.request_id, picture_id=message.picture_id, jpeg=jpeg)

    async def _find(self, message: AskEvidence) -> list[EvidenceHead]:
        records = self.context.store.evidence
        if message.act_id:
            return await records.of_act(message.act_id)
        if message.item_id:
            return await records.of_item(message.item_id)
        if message.user_id:
            return await records.of_person(message.user_id)
        return await records.recent(MOST_LISTED)

    async def _open(self, request_id: str, evidence_id: str) -> EvidenceOpened:
        records = self.context.store.evidence
        if await records.one(evidence_id) is None:
            raise WorldError(UNKNOWN)
        now = self.context.clock.now()
        await records.note(
            evidence_id, EvidenceNote(now, self.context.user_id, EvidenceEvent.OPENED)
        )
        return await self._shown(request_id, evidence_id)

    async def _hold(self, message: HoldEvidence) -> EvidenceOpened:
        records, now, by = (
            self.context.store.evidence,
            self.context.clock.now(),
            self.context.user_id,
        )
        why = message.why.strip()[:MOST_WHY]
        if await records.one(message.evidence_id) is None:
            raise WorldError(UNKNOWN)
        if message.on and not why:
            raise WorldError("Say why it is to be held.")
        if message.on:
            await records.hold(message.evidence_id, Hold(by, why, now))
        else:
            await records.release(message.evidence_id, now, by, why)
        return await self._shown(message.request_id, message.evidence_id)

    async def _shown(self, request_id: str, evidence_id: str) -> EvidenceOpened:
        records = self.context.store.evidence
        return EvidenceOpened(
            request_id,
            evidence=await records.one(evidence_id),
            hold=await records.hold_of(evidence_id),
            notes=tuple(await records.notes(evidence_id)),
        )
