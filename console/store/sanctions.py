"""Sanctions in force on disk, with the clocks that end them."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from console.domain.sanction import Sanction
from console.store.connection_thread import ConnectionThread

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Sanction).decode


class KeptSanction(NamedTuple):
    """A sanction as an earlier engine wrote it down.

    Attributes:
        kept_at: when (unix seconds of the wall clock of then).
        ahead: seconds by which Stream's clock was ahead of it; None where that was not known.
    """

    sanction: Sanction
    kept_at: float
    ahead: float | None


class SanctionRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept."""

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def keep(
        self,
        changed: Sequence[Sanction],
        gone: Sequence[str],
        ended: Iterable[str],
        *,
        at: float,
        ahead: float | None,
    ) -> None:
        """Keep what changed, drop the sanctions ``gone``, and note the acts whose claims ended.

        It survives a power cut: a clock that is not on disk ends nothing after a crash.
        """
        app_id = self._app_id
        acts = [(app_id, act_id, at) for act_id in ended]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "INSERT OR REPLACE INTO sanctions VALUES (?, ?, ?, ?, ?)",
                [(app_id, each.sanction_id, _encode(each), at, ahead) for each in changed],
            )
            connection.executemany(
                "DELETE FROM sanctions WHERE app_id = ? AND sanction_id = ?",
                [(app_id, each) for each in gone],
            )
            connection.executemany("INSERT OR IGNORE INTO ended_claims VALUES (?, ?, ?)", acts)

        await self._writer.run(work, durable=True)

    async def kept(self) -> list[KeptSanction]:
        """What was in force when an engine wrote last."""

        def work(connection: sqlite3.Connection) -> list[KeptSanction]:
            rows = connection.execute(
                "SELECT body, kept_at, ahead FROM sanctions WHERE app_id = ?", (self._app_id,)
            )
            return [KeptSanction(_decode(body), at, ahead) for body, at, ahead in rows]

        return await self._reader.run(work)

    async def ended(self, act_ids: Sequence[str]) -> set[str]:
        """Those of these acts whose claims are over."""

        def work(connection: sqlite3.Connection) -> set[str]:
            query = "SELECT 1 FROM ended_claims WHERE app_id = ? AND act_id = ?"
            return {
                act_id
                for act_id in act_ids
                if connection.execute(query, (self._app_id, act_id)).fetchone()
            }

        return await self._reader.run(work)
