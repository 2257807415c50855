"""The async face of the store: threads that write, read and search, one file."""

import asyncio
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.act import Act, Receipt
from console.domain.call import Call
from console.domain.door import Door
from console.domain.item import Item
from console.domain.suspended import Suspension
from console.domain.verdict import JudgedItem, Verdict
from console.store import (
    acts,
    audit_acts,
    calls,
    database,
    doors,
    items,
    raised_items,
    suspensions,
    verdicts,
)
from console.store.acts import StoredAct
from console.store.archive import Archive
from console.store.audit_records import AuditRecords
from console.store.automation import AutomationStore
from console.store.connection_thread import ConnectionThread
from console.store.database import StoreDamagedError
from console.store.evidence_records import EvidenceRecords
from console.store.label_records import LabelRecords
from console.store.owner import PATIENCE, Owner
from console.store.past_records import PastRecords
from console.store.people import PeopleRecords
from console.store.pictures import PictureRecords
from console.store.raised_records import RaisedRecords
from console.store.retention.records import RetentionRecords
from console.store.reviews import ReviewRecords
from console.store.sanctions import SanctionRecords
from console.store.saved_sessions import SavedSessions
from console.store.search.records import SearchRecords


class Waiting(NamedTuple):
    """Lines without a deciding verdict: how many, and when the oldest was received (or 0.0)."""

    lines: int
    oldest_received_at: float


class Store:
    """The open file. Records live in an :class:`AppStore`, one for each Stream app.

    Every method raises WorldError when the disk or the file fails; nothing is then kept.
    """

    def __init__(
        self,
        owner: Owner,
        writer: ConnectionThread,
        reader: ConnectionThread,
        searcher: ConnectionThread,
    ) -> None:
        self._owner = owner
        self._writer = writer
        self._reader = reader
        self._searcher = searcher

    @classmethod
    async def open(cls, path: Path, *, patience: float = PATIENCE) -> "Store":
        """Open, create or migrate the file at ``path``, and own it.

        ``patience``: seconds to wait while another process owns it.

        Raises:
            WorldError: another process owns it, it is newer, damaged, or the disk refused.
        """
        owner, write, read, search = await asyncio.to_thread(_open, path, patience)
        return cls(
            owner,
            ConnectionThread(write, path, name="store-writer", begin="BEGIN IMMEDIATE"),
            ConnectionThread(read, path, name="store-reader", begin="BEGIN"),
            ConnectionThread(search, path, name="store-searcher", begin="BEGIN"),
        )

    async def close(self) -> None:
        """Finish every write under way and close the file."""
        await self._writer.close()
        await self._reader.close()
        await self._searcher.close()
        self._owner.close()

    @property
    def damage(self) -> StoreDamagedError | None:
        """What showed that the file is damaged; None while nothing has."""
        return self._writer.damage or self._reader.damage or self._searcher.damage

    def archive(self) -> Archive:
        """The past of all apps, to read."""
        return Archive(self._reader)

    def labels(self) -> LabelRecords:
        """What moderators said of verdicts, of all apps."""
        return LabelRecords(self._writer, self._reader)

    async def use_app(self, api_key: str) -> "AppStore":
        """The records of one Stream app, so that two apps never mix."""

        def find(connection: sqlite3.Connection) -> int:
            connection.execute(
                "INSERT INTO apps (api_key) VALUES (?) ON CONFLICT DO NOTHING", (api_key,)
            )
            row = connection.execute("SELECT app_id FROM apps WHERE api_key = ?", (api_key,))
            return int(row.fetchone()[0])

        app_id = await self._writer.run(find)
        search = SearchRecords(app_id, api_key, self._writer, self._searcher)
        return AppStore(app_id, self._writer, self._reader, search)


class AppStore:
    """Calls, lines, verdicts, acts and receipts of one app. Awaiting a write: it is on disk.

    Attributes:
        audit: the log that cannot be changed silently.
        pictures: small ones of raised pictures.
        people: what is known of people, with notes and watch marks.
        raised: what became of the items that a verdict raised.
        automation: rules from verdicts to responses, and what they proposed.
        reviews: what the review queue needs.
        sanctions: those in force, with their clocks.
        retention: how long what is kept, and how a person is erased.
        sessions: what was said and shown in the past, for the lab.
        search: everything that was ever kept, by its words.
        labels: what moderators said of verdicts.
        evidence: what was known when acts were wanted.
        past: every session that is known, and its lines page by page.
    """

    def __init__(
        self,
        app_id: int,
        writer: ConnectionThread,
        reader: ConnectionThread,
        search: SearchRecords,
    ) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader
        self.audit = AuditRecords(app_id, writer)
        self.pictures = PictureRecords(app_id, writer, reader)
        self.people = PeopleRecords(app_id, writer, reader)
        self.raised = RaisedRecords(app_id, writer, reader)
        self.automation = AutomationStore(app_id, writer, reader)
        self.reviews = ReviewRecords(app_id, writer, reader)
        self.sanctions = SanctionRecords(app_id, writer, reader)
        self.sessions = SavedSessions(app_id, reader)
        self.retention = RetentionRecords(app_id, writer, reader)
        self.search = search
        self.labels = LabelRecords(writer, reader, app_id)
        self.past = PastRecords(app_id, reader)
        self.evidence = EvidenceRecords(app_id, writer, reader)

    async def keep_items(self, judged: Sequence[JudgedItem]) -> list[JudgedItem | None]:
        """Keep items with their first verdicts, in one transaction.

        For each: what was kept, or None when exactly this item was known already; its verdicts
        are dropped then. A kept item has its revision, and so have its verdicts. It waits for a
        deciding verdict until one that is not provisional is kept.
        """

        def keep(connection: sqlite3.Connection, each: JudgedItem) -> JudgedItem | None:
            kept = items.keep(connection, self._app_id, each.item)
            if kept is None:
                return None
            item = kept.item
            if kept.marks_only:
                return JudgedItem(item, before=kept.before, marks_only=True)
            verdicts.settle_early_ones(connection, self._app_id, item)
            of_this = tuple(replace(verdict, revision=item.revision) for verdict in each.verdicts)
            for verdict in of_this:
                verdicts.keep(connection, self._app_id, verdict)
                raised_items.open_new(connection, self._app_id, verdict)
            return JudgedItem(item, of_this, before=kept.before)

        return await self._writer.run(lambda c: [keep(c, each) for each in judged])

    async def known(self, item_ids: Sequence[str]) -> dict[str, JudgedItem]:
        """Those of these items that are kept, by their ids."""

        def work(connection: sqlite3.Connection) -> list[JudgedItem]:
            found = items.with_ids(connection, self._app_id, item_ids)
            return verdicts.judged(connection, self._app_id, found)

        return {each.item.item_id: each for each in await self._reader.run(work)}

    async def keep_verdicts(self, judged: Sequence[Verdict]) -> None:
        """Keep verdicts; each that is not provisional ends the waiting of its line."""

        def work(connection: sqlite3.Connection) -> None:
            for verdict in judged:
                verdicts.keep(connection, self._app_id, verdict)
                raised_items.open_new(connection, self._app_id, verdict)

        await self._writer.run(work)

    async def unjudged(self, limit: int) -> list[Item]:
        """Lines waiting for a deciding verdict, oldest first."""
        return await self._reader.run(lambda c: items.unjudged(c, self._app_id, limit))

    async def verdicts_of(self, item: Item) -> tuple[Verdict, ...]:
        """The verdicts of exactly this revision of an item, earliest first."""
        judged = await self._reader.run(lambda c: verdicts.judged(c, self._app_id, [item]))
        return judged[0].verdicts

    async def waiting(self) -> Waiting:
        """How much waits for a deciding verdict."""
        return Waiting(*await self._reader.run(lambda c: items.waiting(c, self._app_id)))

    async def recent_items(self, cids: Sequence[str], per_call: int) -> list[JudgedItem]:
        """The last items of each of these calls, newest last in a call."""

        def work(connection: sqlite3.Connection) -> list[JudgedItem]:
            found = items.recent(connection, self._app_id, cids, per_call)
            return verdicts.judged(connection, self._app_id, found)

        return await self._reader.run(work)

    async def keep_calls(self, changed: Sequence[Call]) -> None:
        """Keep the latest state of these calls."""
        await self._writer.run(lambda c: calls.keep(c, self._app_id, changed))

    async def heartbeat(self, cids: Sequence[str], at: float) -> None:
        """Note that all of ``cids`` were being listened to at ``at`` (unix seconds)."""
        await self._writer.run(lambda c: calls.beat(c, self._app_id, cids, at))

    async def last_heartbeat(self) -> tuple[float, tuple[str, ...]] | None:
        """When calls were last listened to, and which; None before the first time."""
        return await self._reader.run(lambda c: calls.last_beat(c, self._app_id))

    async def add_act(
        self, act: Act, receipt: Receipt, changes: Mapping[str, tuple[str, ...]] | None = None
    ) -> bool:
        """Put an act in the outbox; it survives a power cut. False when its id is known.

        ``changes``: see :class:`StoredAct`.
        """

        def work(connection: sqlite3.Connection) -> bool:
            added = acts.add(connection, self._app_id, act, receipt, changes or {})
            if added:
                audit_acts.note_wanted(connection, self._app_id, act, receipt)
            return added

        return await self._writer.run(work, durable=True)

    async def keep_receipt(
        self,
        receipt: Receipt,
        *,
        accepted: Collection[str] = (),
        seen: Collection[str] = (),
        changes: Mapping[str, tuple[str, ...]] | None = None,
        durable: bool = False,
    ) -> None:
        """Replace an act's receipt, and add people for whom it was accepted or seen.

        ``changes``: replaces those of the act, if given. ``durable``: it survives a power cut.
        """

        def work(connection: sqlite3.Connection) -> None:
            audit_acts.note_step(connection, self._app_id, receipt)
            acts.keep_receipt(connection, self._app_id, receipt, accepted, seen, changes)

        await self._writer.run(work, durable=durable)

    async def open_acts(self) -> list[StoredAct]:
        """Acts that are queued, sent or accepted, oldest first."""
        return await self._reader.run(lambda c: acts.still_open(c, self._app_id))

    async def unconfirmed_acts(self, limit: int) -> list[StoredAct]:
        """The last acts of which it is not known whether they took effect, oldest first."""
        return await self._reader.run(lambda c: acts.unconfirmed(c, self._app_id, limit))

    async def acts_on(self, user_ids: Iterable[str], limit: int) -> list[StoredAct]:
        """The last acts on any of these people, newest last; ``limit`` for each of them."""
        people = tuple(user_ids)
        return await self._reader.run(lambda c: acts.on_people(c, self._app_id, people, limit))

    async def recent_acts(self, limit: int) -> list[StoredAct]:
        """The last acts, newest last."""
        return await self._reader.run(lambda c: acts.recent(c, self._app_id, limit))

    async def act(self, act_id: str) -> StoredAct | None:
        """The act with this id."""
        return await self._reader.run(lambda c: acts.one(c, self._app_id, act_id))

    async def keep_door(self, door: Door) -> None:
        """Replace what is known of the door of one call; it survives a power cut."""
        await self._writer.run(lambda c: doors.keep(c, self._app_id, door), durable=True)

    async def forget_door(self, cid: str) -> None:
        """The door is open, and everybody whom it blocked was let in."""
        await self._writer.run(lambda c: doors.forget(c, self._app_id, cid))

    async def doors(self) -> list[Door]:
        """All doors that are held, or not open yet."""
        return await self._reader.run(lambda c: doors.every(c, self._app_id))

    async def keep_suspension(self, suspension: Suspension) -> None:
        """Replace what is known of one suspended call; it survives a power cut."""
        await self._writer.run(
            lambda c: suspensions.keep(c, self._app_id, suspension), durable=True
        )

    async def forget_suspension(self, cid: str) -> None:
        """Everything in this call was given back."""
        await self._writer.run(lambda c: suspensions.forget(c, self._app_id, cid))

    async def suspensions(self) -> list[Suspension]:
        """All calls in which something is still to be given back."""
        return await self._reader.run(lambda c: suspensions.every(c, self._app_id))


def _open(
    path: Path, patience: float
) -> tuple[Owner, sqlite3.Connection, sqlite3.Connection, sqlite3.Connection]:
    owner = Owner.of(path, patience)
    opened: list[sqlite3.Connection] = []
    try:
        database.prepare(path)
        for _ in range(3):
            opened.append(database.connect(path))
    except (WorldError, sqlite3.Error) as error:
        for connection in opened:
            connection.close()
        owner.close()
        if isinstance(error, sqlite3.Error):
            raise database.in_plain_words(error, path) from error
        raise
    return owner, opened[0], opened[1], opened[2]
