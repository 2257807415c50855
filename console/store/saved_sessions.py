"""What was said and shown in sessions of the past, session by session."""

import sqlite3
from array import array
from collections.abc import Sequence

from console.domain.item import CAPTION, FRAME
from console.domain.past import SavedSession
from console.domain.verdict import JudgedItem
from console.store import items, verdicts
from console.store.connection_thread import ConnectionThread

MOST_SESSIONS = 1_000

_SESSIONS = """
SELECT i.cid, i.session_id, coalesce(nullif(c.name, ''), i.cid), sum(i.kind = ?),
  sum(i.kind = ?), min(i.start_time), max(i.start_time)
FROM items i LEFT JOIN calls c ON c.app_id = i.app_id AND c.cid = i.cid
WHERE i.app_id = ? AND i.kind IN (?, ?) AND NOT i.translated
GROUP BY i.cid, i.session_id ORDER BY max(i.start_time) DESC LIMIT ?
"""
_PLACES = (
    "SELECT place FROM items WHERE app_id = ? AND cid = ? AND session_id = ? AND kind IN (?, ?)"
    " AND NOT translated ORDER BY start_time, place"
)


class SavedSessions:
    """Reads only. Every method raises WorldError when the disk or the file fails."""

    def __init__(self, app_id: int, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._reader = reader

    async def all(self) -> list[SavedSession]:
        """Those in which something was said or shown, the latest first, at most MOST_SESSIONS."""
        kinds = CAPTION, FRAME
        rows = await self._reader.run(
            lambda c: c.execute(_SESSIONS, (*kinds, self._app_id, *kinds, MOST_SESSIONS)).fetchall()
        )
        return [
            SavedSession(
                cid=cid,
                session_id=session_id,
                name=name,
                captions=captions,
                frames=frames,
                since=since,
                until=until,
            )
            for cid, session_id, name, captions, frames, since, until in rows
        ]

    async def places(self, cid: str, session_id: str) -> "array[int]":
        """Captions and frames of one session in their order, as places for ``read``."""
        key = self._app_id, cid, session_id, CAPTION, FRAME
        rows = await self._reader.run(lambda c: c.execute(_PLACES, key).fetchall())
        return array("q", (place for (place,) in rows))

    async def read(self, places: Sequence[int]) -> list[JudgedItem]:
        """What stands at ``places``, in its order, with its verdicts."""
        marks = ", ".join("?" for _ in places)
        tail = f"WHERE app_id = ? AND place IN ({marks}) ORDER BY start_time, place"

        def work(connection: sqlite3.Connection) -> list[JudgedItem]:
            found = items.select(connection, tail, self._app_id, *places)
            return verdicts.judged(connection, self._app_id, found)

        return await self._reader.run(work)
