"""Small JPEGs of raised pictures on disk, and which pictures nobody may see any more."""

import sqlite3

from console.domain.item import Item, Picture, withheld
from console.store.connection_thread import ConnectionThread
from console.store.items import encode_body

MOST = 5_000
"""Pictures of an app that are kept, which is about 50 MB; of more the oldest go."""
MOST_WITHHELD = 50_000

_TRIM = (
    "DELETE FROM pictures WHERE app_id = ? AND picture_id IN (SELECT picture_id FROM pictures"
    " WHERE app_id = ? ORDER BY at DESC LIMIT -1 OFFSET ?)"
)


class PictureRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def keep(self, picture_id: str, jpeg: bytes, at: float) -> None:
        """Keep a picture, unless nobody may see it. ``at``: unix seconds."""
        await self._writer.run(lambda c: _keep(c, self._app_id, picture_id, jpeg, at))

    async def find(self, picture_id: str) -> bytes:
        """The JPEG; empty where none is kept."""
        query = "SELECT jpeg FROM pictures WHERE app_id = ? AND picture_id = ?"

        def work(connection: sqlite3.Connection) -> bytes:
            row = connection.execute(query, (self._app_id, picture_id)).fetchone()
            return bytes(row[0]) if row else b""

        return await self._reader.run(work)

    async def withhold(self, item: Item, at: float) -> None:
        """Nobody may see the picture of ``item`` any more: only its hash stays."""
        await self._writer.run(lambda c: _withhold(c, self._app_id, item, at))

    async def withheld(self) -> frozenset[str]:
        """The hashes of pictures that nobody may see."""
        query = "SELECT picture_id FROM withheld_pictures WHERE app_id = ? ORDER BY at DESC LIMIT ?"
        return await self._reader.run(
            lambda c: frozenset(row[0] for row in c.execute(query, (self._app_id, MOST_WITHHELD)))
        )


def _keep(
    connection: sqlite3.Connection, app_id: int, picture_id: str, jpeg: bytes, at: float
) -> None:
    query = "SELECT 1 FROM withheld_pictures WHERE app_id = ? AND picture_id = ?"
    if connection.execute(query, (app_id, picture_id)).fetchone():
        return
    connection.execute(
        "INSERT OR REPLACE INTO pictures (app_id, picture_id, at, jpeg) VALUES (?, ?, ?, ?)",
        (app_id, picture_id, at, jpeg),
    )
    connection.execute(_TRIM, (app_id, app_id, MOST))


def _withhold(connection: sqlite3.Connection, app_id: int, item: Item, at: float) -> None:
    body = item.body
    if not isinstance(body, Picture):
        return
    if body.picture_id:
        key = (app_id, body.picture_id)
        connection.execute("DELETE FROM pictures WHERE app_id = ? AND picture_id = ?", key)
        connection.execute(
            "INSERT OR REPLACE INTO withheld_pictures (app_id, picture_id, at) VALUES (?, ?, ?)",
            (*key, at),
        )
    identity = (app_id, item.item_id)
    connection.execute(
        "UPDATE items SET body = ? WHERE app_id = ? AND item_id = ?",
        (encode_body(withheld(body)), *identity),
    )
    connection.execute("DELETE FROM replaced_bodies WHERE app_id = ? AND item_id = ?", identity)
