"""The async face of what the store knows for the review queue."""

import sqlite3

from console.domain.verdict import JudgedItem
from console.store import skips, surroundings, verdicts
from console.store.connection_thread import ConnectionThread
from console.store.skips import Skip


class ReviewRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def keep_skip(self, skip: Skip) -> None:
        """Note who passed an item over."""
        await self._writer.run(lambda c: skips.keep(c, self._app_id, skip))

    async def skips(self) -> dict[str, Skip]:
        """What was passed over, by item id."""
        found = await self._reader.run(lambda c: skips.every(c, self._app_id))
        return {skip.item_id: skip for skip in found}

    async def around(
        self, cid: str, entity_id: str, at: float, each_way: int
    ) -> tuple[JudgedItem, ...]:
        """The items of a call around one that Stream names, or around a time; oldest first."""

        def work(connection: sqlite3.Connection) -> list[JudgedItem]:
            found = surroundings.around(connection, self._app_id, cid, entity_id, at, each_way)
            return verdicts.judged(connection, self._app_id, found)

        return tuple(await self._reader.run(work))
