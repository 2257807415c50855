"""What was said and done in the past, read for the lab: over all apps, in bounded pages."""

import sqlite3

import msgspec

from console.domain.act import Act, Receipt
from console.domain.past import PastLine, SavedCall
from console.domain.verdict import JudgedItem
from console.store import items, verdicts
from console.store.connection_thread import ConnectionThread

MAX_CALLS = 1_000
MAX_ACTS = 20_000
"""Acts read of one call."""


class Archive:
    """Reads only. Every method raises WorldError when the disk or the file fails."""

    def __init__(self, reader: ConnectionThread) -> None:
        self._reader = reader

    async def calls(self) -> list[SavedCall]:
        """The calls in which something was said, the latest first, at most MAX_CALLS."""
        return await self._reader.run(_calls)

    async def count(self, app: str, cid: str) -> int:
        """How many lines of this call are kept."""

        found = await self._reader.run(lambda c: c.execute(_COUNT, (app, cid)).fetchone())
        return int(found[0])

    async def lines(
        self, app: str, cid: str, after: int, limit: int
    ) -> tuple[list[JudgedItem], int]:
        """The next lines of a call and the place to go on after.

        ``after``: 0 at first.
        """
        return await self._reader.run(lambda c: _lines(c, app, cid, after, limit))

    async def acts(self, app: str, cid: str) -> list[tuple[Act, Receipt]]:
        """The acts in this call with their receipts, oldest first, at most MAX_ACTS."""
        return await self._reader.run(lambda c: _acts(c, app, cid))

    async def spoken(
        self, app: str, cid: str, speaker_id: str, since: float, until: float
    ) -> list[PastLine]:
        """What somebody said in a call between two times."""
        return await self._reader.run(lambda c: _spoken(c, app, cid, speaker_id, since, until))

    async def judged_differently(self, app: str, limit: int) -> list[JudgedItem]:
        """Items of which the policy and Stream recommend different actions, newest first."""
        return await self._reader.run(lambda c: _judged_differently(c, app, limit))


_CALLS = """
SELECT apps.api_key, i.cid, coalesce(max(c.name), i.cid), count(*), min(i.start_time),
  max(i.start_time),
  (SELECT count(*) FROM acts a WHERE a.app_id = i.app_id AND a.cid = i.cid)
FROM items i JOIN apps USING (app_id)
LEFT JOIN calls c ON c.app_id = i.app_id AND c.cid = i.cid
GROUP BY i.app_id, i.cid ORDER BY max(i.start_time) DESC LIMIT ?
"""
_COUNT = "SELECT count(*) FROM items JOIN apps USING (app_id) WHERE api_key = ? AND cid = ?"
_PLACES = (
    "SELECT place, item_id FROM items WHERE app_id = ? AND cid = ? AND place > ?"
    " ORDER BY place LIMIT ?"
)
_ACTS = (
    "SELECT act, receipt FROM acts JOIN apps USING (app_id)"
    " WHERE api_key = ? AND cid = ? ORDER BY place LIMIT ?"
)
_SPOKEN = (
    "SELECT item_id, start_time, coalesce((SELECT action FROM verdicts v"
    " WHERE v.app_id = i.app_id AND v.item_id = i.item_id AND v.revision = i.revision"
    " ORDER BY v.provisional, v.judged_at DESC LIMIT 1), 'keep') <> 'keep'"
    " FROM items i JOIN apps USING (app_id)"
    " WHERE api_key = ? AND cid = ? AND author_id = ? AND start_time BETWEEN ? AND ?"
    " ORDER BY start_time"
)
_DIFFERENT = (
    "SELECT i.item_id FROM items i JOIN apps USING (app_id)"
    " JOIN verdicts l ON l.app_id = i.app_id AND l.item_id = i.item_id"
    "  AND l.revision = i.revision AND l.source = 'local'"
    " JOIN verdicts s ON s.app_id = i.app_id AND s.item_id = i.item_id"
    "  AND s.revision = i.revision AND s.source = 'stream'"
    " WHERE api_key = ? AND l.action <> s.action ORDER BY i.place DESC LIMIT ?"
)

_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode


def _calls(connection: sqlite3.Connection) -> list[SavedCall]:
    return [SavedCall(*row) for row in connection.execute(_CALLS, (MAX_CALLS,)).fetchall()]


def _app_id(connection: sqlite3.Connection, app: str) -> int:
    row = connection.execute("SELECT app_id FROM apps WHERE api_key = ?", (app,)).fetchone()
    return -1 if row is None else int(row[0])


def _lines(
    connection: sqlite3.Connection, app: str, cid: str, after: int, limit: int
) -> tuple[list[JudgedItem], int]:
    app_id = _app_id(connection, app)
    places = connection.execute(_PLACES, (app_id, cid, after, limit)).fetchall()
    lines = items.by_ids(connection, app_id, [item_id for _, item_id in places])
    judged = verdicts.judged(connection, app_id, lines)
    return judged, places[-1][0] if places else after


def _acts(connection: sqlite3.Connection, app: str, cid: str) -> list[tuple[Act, Receipt]]:
    rows = connection.execute(_ACTS, (app, cid, MAX_ACTS)).fetchall()
    return [(_act(act), _receipt(receipt)) for act, receipt in rows]


def _spoken(
    connection: sqlite3.Connection,
    app: str,
    cid: str,
    speaker_id: str,
    since: float,
    until: float,
) -> list[PastLine]:
    rows = connection.execute(_SPOKEN, (app, cid, speaker_id, since, until)).fetchall()
    return [PastLine(item_id, at, bool(raised)) for item_id, at, raised in rows]


def _judged_differently(connection: sqlite3.Connection, app: str, limit: int) -> list[JudgedItem]:
    app_id = _app_id(connection, app)
    ids = [row[0] for row in connection.execute(_DIFFERENT, (app, limit)).fetchall()]
    return verdicts.judged(connection, app_id, items.by_ids(connection, app_id, ids))
