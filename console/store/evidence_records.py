"""The async face of evidence: gathered by the reader, kept by the writer in one transaction."""

import sqlite3
from collections.abc import Mapping

from console.domain.act import Act
from console.domain.evidence import Evidence, EvidenceEvent, EvidenceHead, EvidenceNote, Hold
from console.store import evidence
from console.store.connection_thread import ConnectionThread
from console.store.evidence_gathering import Gathered, gather


class EvidenceRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def gather(self, act: Act, at: float) -> Gathered:
        """What was said and shown until ``at`` (unix seconds) around what ``act`` is about.

        It is read beside the writer, so that no act waits for it.
        """
        return await self._reader.run(lambda c: gather(c, self._app_id, act, at))

    async def keep(self, frozen: Evidence, jpegs: Mapping[str, bytes]) -> bool:
        """Keep evidence; False where its act has some already."""
        return await self._writer.run(lambda c: evidence.keep(c, self._app_id, frozen, jpegs))

    async def one(self, evidence_id: str) -> Evidence | None:
        """The evidence of this act; None where there is none."""
        return await self._reader.run(lambda c: evidence.one(c, self._app_id, evidence_id))

    async def body(self, evidence_id: str) -> bytes:
        """Its JSON, byte by byte as it was kept; empty where there is none."""
        return await self._reader.run(lambda c: evidence.body_of(c, self._app_id, evidence_id))

    async def pictures(self, evidence_id: str) -> dict[str, bytes]:
        """Its JPEGs by the hash of the picture."""
        return await self._reader.run(lambda c: evidence.pictures(c, self._app_id, evidence_id))

    async def without(self, since: float, limit: int) -> list[str]:
        """The ids of acts since ``since`` (unix seconds) that have no evidence."""
        return await self._reader.run(lambda c: evidence.without(c, self._app_id, since, limit))

    async def recent(self, limit: int) -> list[EvidenceHead]:
        """The last evidence, newest first."""
        return await self._reader.run(lambda c: evidence.recent(c, self._app_id, limit))

    async def of_act(self, act_id: str) -> list[EvidenceHead]:
        """The evidence of one act."""
        return await self._reader.run(lambda c: evidence.of_act(c, self._app_id, act_id))

    async def of_person(self, user_id: str) -> list[EvidenceHead]:
        """The evidence of acts on one person, newest first."""
        return await self._reader.run(lambda c: evidence.of_person(c, self._app_id, user_id))

    async def of_item(self, item_id: str) -> list[EvidenceHead]:
        """The evidence that quotes an item, newest first."""
        return await self._reader.run(lambda c: evidence.of_item(c, self._app_id, item_id))

    async def hold(self, evidence_id: str, hold: Hold) -> None:
        """Never delete it while it is held."""
        event = EvidenceNote(hold.at, hold.by, EvidenceEvent.HELD, hold.why)
        await self._change(evidence_id, hold, event)

    async def release(self, evidence_id: str, at: float, by: str, why: str) -> None:
        """Hold it no longer."""
        await self._change(evidence_id, None, EvidenceNote(at, by, EvidenceEvent.RELEASED, why))

    async def note(self, evidence_id: str, event: EvidenceNote) -> None:
        """Note that it was opened or exported; it survives a power cut."""
        await self._writer.run(
            lambda c: evidence.note(c, self._app_id, evidence_id, event), durable=True
        )

    async def notes(self, evidence_id: str) -> list[EvidenceNote]:
        """Who did what with it, oldest first."""
        return await self._reader.run(lambda c: evidence.notes(c, self._app_id, evidence_id))

    async def hold_of(self, evidence_id: str) -> Hold | None:
        """Who holds it; None while nobody does."""
        return await self._reader.run(lambda c: evidence.hold_of(c, self._app_id, evidence_id))

    async def _change(self, evidence_id: str, hold: Hold | None, event: EvidenceNote) -> None:
        def work(connection: sqlite3.Connection) -> None:
            evidence.change_hold(connection, self._app_id, evidence_id, hold)
            evidence.note(connection, self._app_id, evidence_id, event)

        await self._writer.run(work, durable=True)
