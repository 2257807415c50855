"""What was said and done in the past, read for the lab: over all apps, in bounded pages."""

import sqlite3
from array import array
from collections.abc import Sequence
from typing import Any

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
        return [SavedCall(*row) for row in await self._rows(_CALLS, MAX_CALLS)]

    async def places(self, app: str, cid: str) -> "array[int]":
        """The lines of a call in the order in which they were said, as places for ``lines``.

        They may have arrived in another: late, or again after a gap.
        """
        return array("q", (place for (place,) in await self._rows(_PLACES, app, cid)))

    async def lines(self, app: str, places: Sequence[int]) -> list[JudgedItem]:
        """The lines at ``places``, in the order in which they were said."""
        return await self._reader.run(lambda c: _lines(c, app, places))

    async def acts(self, app: str, cid: str) -> list[tuple[Act, Receipt]]:
        """The acts in this call with their receipts, oldest first, at most MAX_ACTS."""
        return await self._reader.run(lambda c: _acts(c, app, cid))

    async def spoken(
        self, app: str, cid: str, speaker_id: str, since: float, until: float
    ) -> list[PastLine]:
        """What somebody said in a call between two times."""
        rows = await self._rows(_SPOKEN, app, cid, speaker_id, since, until)
        return [PastLine(item_id, at, bool(raised)) for item_id, at, raised in rows]

    async def judged_differently(self, app: str, limit: int) -> list[JudgedItem]:
        """Items of which the policy and Stream recommend different actions, newest first."""
        return await self._reader.run(lambda c: _judged_differently(c, app, limit))

    async def _rows(self, query: str, *parameters: object) -> list[Any]:
        return await self._reader.run(lambda c: c.execute(query, parameters).fetchall())


_CALLS = """
SELECT apps.api_key, i.cid, coalesce(max(c.name), i.cid), count(*), min(i.start_time),
  max(i.start_time),
  (SELECT count(*) FROM acts a WHERE a.app_id = i.app_id AND a.cid = i.cid)
FROM items i JOIN apps USING (app_id)
LEFT JOIN calls c ON c.app_id = i.app_id AND c.cid = i.cid
GROUP BY i.app_id, i.cid ORDER BY max(i.start_time) DESC LIMIT ?
"""
_PLACES = (
    "SELECT place FROM items JOIN apps USING (app_id) WHERE api_key = ? AND cid = ?"
    " ORDER BY start_time, place"
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
    " JOIN verdicts l ON l.app_id = i.app_id AND l.item_id = i.item_id"
    "  AND l.revision = i.revision AND l.source = 'local'"
    " JOIN verdicts s ON s.app_id = i.app_id AND s.item_id = i.item_id"
    "  AND s.revision = i.revision AND s.source = 'stream'"
    " WHERE i.app_id = ? AND l.action <> s.action ORDER BY i.place DESC LIMIT ?"
)

_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode


def _app_id(connection: sqlite3.Connection, app: str) -> int:
    row = connection.execute("SELECT app_id FROM apps WHERE api_key = ?", (app,)).fetchone()
    return -1 if row is None else int(row[0])


def _lines(connection: sqlite3.Connection, app: str, places: Sequence[int]) -> list[JudgedItem]:
    app_id = _app_id(connection, app)
    marks = ", ".join("?" for _ in places)
    tail = f"WHERE app_id = ? AND place IN ({marks}) ORDER BY start_time, place"
    return verdicts.judged(connection, app_id, items.select(connection, tail, app_id, *places))


def _acts(connection: sqlite3.Connection, app: str, cid: str) -> list[tuple[Act, Receipt]]:
    rows = connection.execute(_ACTS, (app, cid, MAX_ACTS)).fetchall()
    return [(_act(act), _receipt(receipt)) for act, receipt in rows]


def _judged_differently(connection: sqlite3.Connection, app: str, limit: int) -> list[JudgedItem]:
    app_id = _app_id(connection, app)
    return verdicts.judged(connection, app_id, items.select(connection, _DIFFERENT, app_id, limit))
