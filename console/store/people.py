"""The async face of what the store knows of people, over all calls of one app."""

import sqlite3
from typing import NamedTuple

from console.domain.about_person import Note, PersonSession, WatchMark
from console.domain.act import Act, Receipt
from console.domain.verdict import JudgedItem
from console.store import acts, colleague_acts, notes, person_sessions, verdicts
from console.store.acts import StoredAct
from console.store.connection_thread import ConnectionThread

MOST = 200
"""Lines of one session, acts and notes of one person that are read."""
MOST_SESSIONS = 50
MOST_WATCHED = 1_000
MOST_ACTS = 100


MOST_NAMES = 6


class PersonRecord(NamedTuple):
    """What is known of one person.

    Attributes:
        session_id: the session that ``items`` were said in, newest last.
        sessions: all in which they said something, that one included, the latest first.
        names: those under which they said something, the latest first.
        acts: those on them in all calls, of colleagues too, newest last. notes: newest last.
    """

    session_id: str
    items: list[JudgedItem]
    sessions: list[PersonSession]
    acts: list[StoredAct]
    notes: list[Note]
    mark: WatchMark | None
    names: list[str]


class PeopleRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def record(
        self, user_id: str, cid: str = "", session_id: str = "", limit: int = MOST
    ) -> PersonRecord:
        """A person with what they said in one session of a call.

        Without ``session_id``: the session of ``cid`` in which they said something last.
        """
        app_id = self._app_id

        def work(connection: sqlite3.Connection) -> PersonRecord:
            session = session_id or person_sessions.last_session(connection, app_id, user_id, cid)
            said = person_sessions.said_in(connection, app_id, user_id, cid, session, limit)
            return PersonRecord(
                session_id=session,
                items=verdicts.judged(connection, app_id, said),
                sessions=person_sessions.sessions(connection, app_id, user_id, MOST_SESSIONS),
                acts=_acts_on(connection, app_id, user_id, limit),
                notes=notes.of_person(connection, app_id, user_id, limit),
                mark=notes.mark_of(connection, app_id, user_id),
                names=person_sessions.names(connection, app_id, user_id, MOST_NAMES),
            )

        return await self._reader.run(work)

    async def said_in(
        self, user_id: str, cid: str, session_id: str, limit: int = MOST
    ) -> list[JudgedItem]:
        """What a person said last in one session, newest last."""

        def work(connection: sqlite3.Connection) -> list[JudgedItem]:
            said = person_sessions.said_in(
                connection, self._app_id, user_id, cid, session_id, limit
            )
            return verdicts.judged(connection, self._app_id, said)

        return await self._reader.run(work)

    async def keep_colleague_act(self, act: Act, receipt: Receipt) -> None:
        """Keep an act that a colleague's console did, or how far it got since."""
        await self._writer.run(lambda c: colleague_acts.keep(c, self._app_id, act, receipt))

    async def acts_since(self, at: float, limit: int) -> list[Act]:
        """What was done here and by colleagues since ``at`` (unix seconds), oldest first.

        Of very many the last ``limit`` of either.
        """

        def work(connection: sqlite3.Connection) -> list[Act]:
            ours = acts.since(connection, self._app_id, at, limit)
            known = {act.act_id for act in ours}
            theirs = colleague_acts.since(connection, self._app_id, at, limit)
            both = ours + [act for act in theirs if act.act_id not in known]
            return sorted(both, key=lambda act: act.requested_at)

        return await self._reader.run(work)

    async def keep_note(self, note: Note) -> bool:
        """Keep a note, or that it was removed; False where that changes nothing."""
        return await self._writer.run(lambda c: notes.keep(c, self._app_id, note))

    async def note(self, note_id: str) -> Note | None:
        """The note with this id, removed or not."""
        return await self._reader.run(lambda c: notes.one(c, self._app_id, note_id))

    async def notes_since(self, at: float, limit: int = MOST) -> list[Note]:
        """The notes written since ``at`` (unix seconds), oldest first; of very many the last."""
        return await self._reader.run(lambda c: notes.since(c, self._app_id, at, limit))

    async def acts_on(self, user_id: str) -> list[StoredAct]:
        """The last acts on one person, of colleagues too, newest last."""
        return await self._reader.run(lambda c: _acts_on(c, self._app_id, user_id, MOST_ACTS))

    async def keep_mark(self, mark: WatchMark) -> bool:
        """Keep a watch mark; False where a later one of that person is known."""
        return await self._writer.run(lambda c: notes.keep_mark(c, self._app_id, mark))

    async def watched(self) -> list[WatchMark]:
        """Whom to watch, those marked last first, at most MOST_WATCHED."""
        return await self._reader.run(lambda c: notes.watched(c, self._app_id, MOST_WATCHED))


def _acts_on(
    connection: sqlite3.Connection, app_id: int, user_id: str, limit: int
) -> list[StoredAct]:
    ours = acts.on_person(connection, app_id, user_id, limit)
    known = {one.act.act_id for one in ours}
    theirs = colleague_acts.on_person(connection, app_id, user_id, limit)
    both = ours + [one for one in theirs if one.act.act_id not in known]
    return sorted(both, key=lambda one: one.act.requested_at)[-limit:]
