"""Freezes evidence of every act, and answers the window's questions about it."""

import asyncio
from pathlib import Path
from typing import ClassVar

from console.base.errors import WorldError
from console.domain.evidence import EvidenceEvent, EvidenceHead, EvidenceNote, Hold
from console.engine.evidence.files import Whole, export_note, files_of
from console.engine.evidence.writing import write_folder, write_zip
from console.engine.services.evidence.freezer import Freezer
from console.engine.services.service import Service, SessionContext
from console.protocol.acts import ActProgress
from console.protocol.evidence import (
    AskEvidence,
    AskEvidencePage,
    AskEvidencePicture,
    EvidenceExported,
    EvidenceFound,
    EvidenceOpened,
    EvidencePage,
    EvidencePicture,
    EvidenceToEngine,
    ExportEvidence,
    HoldEvidence,
    OpenEvidence,
)
from console.protocol.to_window import ToWindow

MOST_LISTED = 200
MOST_WHY = 500
UNKNOWN = "There is no evidence of this act: it was done before evidence was kept, or was deleted."

_Asked = EvidenceToEngine


class EvidenceOfActs(Service):
    """Every act has its evidence soon after it was wanted, whoever wanted it."""

    handles: ClassVar = (
        AskEvidence,
        OpenEvidence,
        HoldEvidence,
        AskEvidencePicture,
        ExportEvidence,
        AskEvidencePage,
    )

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
            case ExportEvidence():
                return await self._export(message)
            case AskEvidencePage():
                return await self._page(message)

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

    async def _export(self, message: ExportEvidence) -> EvidenceExported:
        whole, to = await self._whole(message.evidence_id), Path(message.to)
        if not to.is_absolute():
            raise WorldError("Say where to, with all folders.")
        now = self.context.clock.now()
        write = write_zip if to.suffix.lower() == ".zip" else write_folder

        def work() -> dict[str, bytes]:
            files = files_of(whole, redacted=message.redacted, made_at=now)
            write(files, to)
            return files

        files = await asyncio.to_thread(work)
        await self._note_export(message.evidence_id, export_note(files, redacted=message.redacted))
        return EvidenceExported(message.request_id, files=len(files))

    async def _page(self, message: AskEvidencePage) -> EvidencePage:
        whole = await self._whole(message.evidence_id)
        now = self.context.clock.now()
        files = await asyncio.to_thread(files_of, whole, redacted=message.redacted, made_at=now)
        await self._note_export(
            message.evidence_id, "as a PDF, redacted" if message.redacted else "as a PDF"
        )
        pictures = tuple((name, data) for name, data in files.items() if name.endswith(".jpg"))
        return EvidencePage(message.request_id, html=files["page.html"].decode(), pictures=pictures)

    async def _whole(self, evidence_id: str) -> Whole:
        records = self.context.store.evidence
        evidence = await records.one(evidence_id)
        if evidence is None:
            raise WorldError(UNKNOWN)
        return Whole(
            evidence,
            await records.body(evidence_id),
            await records.pictures(evidence_id),
            tuple(await records.notes(evidence_id)),
            await records.hold_of(evidence_id),
        )

    async def _note_export(self, evidence_id: str, why: str) -> None:
        note = EvidenceNote(
            self.context.clock.now(), self.context.user_id, EvidenceEvent.EXPORTED, why
        )
        await self.context.store.evidence.note(evidence_id, note)

    async def _shown(self, request_id: str, evidence_id: str) -> EvidenceOpened:
        records = self.context.store.evidence
        return EvidenceOpened(
            request_id,
            evidence=await records.one(evidence_id),
            hold=await records.hold_of(evidence_id),
            notes=tuple(await records.notes(evidence_id)),
        )
