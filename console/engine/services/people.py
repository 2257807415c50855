"""What is known of a person: here now, and in the past; and what moderators remember of them."""

from typing import ClassVar

from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.about_person import MAX_NOTE, Note, WatchMark
from console.domain.automation.book import SEED
from console.domain.automation.coming import coming
from console.domain.strikes import strikes_of
from console.domain.team import Marked, Told, Wrote
from console.engine.desk.colleagues import act_of
from console.engine.services.service import Service, SessionContext
from console.engine.wire.limits import MAX_NAME
from console.protocol.acts import ActProgress
from console.protocol.people import (
    AskPerson,
    AskPersonSession,
    NotesChanged,
    PersonCard,
    PersonSessionLines,
    Remembered,
    RemoveNote,
    WatchedChanged,
    WatchPerson,
    WriteNote,
)
from console.protocol.to_window import ToWindow

MAX_TOLD = 500
"""Acts whose newest receipt is remembered; each is written long before so many follow it."""

_Asked = AskPerson | AskPersonSession | WriteNote | RemoveNote | WatchPerson


class People(Service):
    """Makes cards, and keeps notes and watch marks."""

    handles: ClassVar = (AskPerson, AskPersonSession, WriteNote, RemoveNote, WatchPerson)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._told: dict[str, ActProgress] = {}

    async def start(self) -> None:
        watched = await self.context.store.people.watched()
        self.context.channel.put(WatchedChanged(tuple(watched), whole=True))

    async def answer(self, message: _Asked) -> ToWindow:
        match message:
            case AskPerson():
                return await self._card(message)
            case AskPersonSession(cid=cid, user_id=user_id, session_id=session_id):
                said = await self.context.store.people.said_in(user_id, cid, session_id)
                return PersonSessionLines(message.request_id, items=tuple(said))
            case WriteNote():
                await self._write(message)
            case RemoveNote():
                await self._remove(message.note_id)
            case WatchPerson():
                await self._watch(message)
        return Remembered(message.request_id)

    async def on_colleague(self, told: Told) -> None:
        if acted := act_of(told):
            await self.context.store.people.keep_colleague_act(*acted)
            self.context.channel.put(NotesChanged(acted[0].user_ids))
        match told.word:
            case Wrote(note_id=note_id, user_id=user_id, text=text, removed=removed):
                note = Note(
                    note_id=note_id,
                    user_id=user_id,
                    text="" if removed else text,
                    by=told.by,
                    at=told.at,
                    removed=removed,
                )
                if await self.context.store.people.keep_note(note):
                    self.context.note_kept(note)
            case Marked(user_id=user_id, name=name, on=on):
                mark = WatchMark(user_id=user_id, name=name, by=told.by, at=told.at, on=on)
                if await self.context.store.people.keep_mark(mark):
                    self.context.mark_kept(mark)

    def on_act(self, progress: ActProgress) -> None:
        # Receipts are told before they are on disk: a card asked for meanwhile shows the newer one.
        act_id = progress.act.act_id
        self._told.pop(act_id, None)
        self._told[act_id] = progress
        if len(self._told) > MAX_TOLD:
            del self._told[next(iter(self._told))]

    def on_note(self, note: Note) -> None:
        self.context.channel.put(NotesChanged((note.user_id,)))

    def on_mark(self, mark: WatchMark) -> None:
        self.context.channel.put(WatchedChanged((mark,)))

    async def _card(self, wanted: AskPerson) -> PersonCard:
        directory = self.context.directory
        call = directory.call(wanted.cid)
        record = await self.context.store.people.record(
            wanted.user_id, wanted.cid, call.session_id if call else ""
        )
        acts = tuple(
            self._told.get(each.act.act_id) or ActProgress(act=each.act, receipt=each.receipt)
            for each in record.acts
        )
        automation = self.context.store.automation
        person = directory.person(wanted.cid, wanted.user_id)
        book = await automation.book() or SEED
        responded = await automation.responded(wanted.user_id)
        known = ((progress.act, progress.receipt) for progress in acts)
        return PersonCard(
            wanted.request_id,
            cid=wanted.cid,
            user_id=wanted.user_id,
            person=person,
            devices=tuple(sorted(directory.devices(wanted.cid, wanted.user_id))),
            session_id=record.session_id,
            items=tuple(record.items),
            sessions=tuple(record.sessions),
            acts=acts,
            calls=directory.calls_of(wanted.user_id),
            notes=tuple(record.notes),
            mark=record.mark,
            names=tuple(record.names),
            strikes=strikes_of(known, self.context.clock.now()),
            coming=coming(
                book,
                responded,
                cid=wanted.cid,
                session_id=call.session_id if call else "",
                at=self.context.clock.now(),
            ),
            exempt=wanted.user_id in book.exempt_people
            or (person is not None and person.role in book.exempt_roles),
        )

    async def _write(self, message: WriteNote) -> None:
        text = message.text.strip()
        if not text:
            raise WorldError("A note needs a word.")
        if len(text) > MAX_NOTE:
            raise WorldError(
                f"A note has at most {MAX_NOTE:,} characters; this one has {len(text):,}.",
                "Shorten it, or write two.",
            )
        note = Note(
            note_id=message.request_id,
            user_id=message.user_id,
            text=text,
            by=self.context.user_id,
            at=self.context.clock.now(),
        )
        if await self.context.store.people.keep_note(note):
            self.context.note_kept(note)

    async def _remove(self, note_id: str) -> None:
        note = await self.context.store.people.note(note_id)
        if note is None:
            raise WorldError("This note is not known any more.")
        removed = replace(note, removed=True, text="")
        if await self.context.store.people.keep_note(removed):
            self.context.note_kept(removed)

    async def _watch(self, message: WatchPerson) -> None:
        mark = WatchMark(
            user_id=message.user_id,
            name=message.name[:MAX_NAME],
            by=self.context.user_id,
            at=self.context.clock.now(),
            on=message.on,
        )
        if await self.context.store.people.keep_mark(mark):
            self.context.mark_kept(mark)
