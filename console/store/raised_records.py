"""The raised items of one app, for the engine: read and written off its thread."""

import sqlite3
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from console.domain.raised import Decision, Handling, RaisedItem, RaisedState
from console.store import audit_decisions, raised_items
from console.store.connection_thread import ConnectionThread
from console.store.raised_items import StoredDecision

_NOTHING: Mapping[str, float] = MappingProxyType({})


class RaisedBefore(NamedTuple):
    """What earlier engines left.

    Attributes:
        open: the last open items, oldest first. ended: those decided about last, in that order.
        counts: how many are in each state, all of them.
        oldest_open_at: when the oldest open one was raised (unix seconds), or infinity.
    """

    open: list[RaisedItem]
    ended: list[RaisedItem]
    counts: dict[RaisedState, int]
    oldest_open_at: float


class RaisedRecords:
    """Every method raises WorldError when the disk or the file fails; nothing is then kept.

    An item is opened together with the verdict that raises it, by the store itself.
    """

    def __init__(self, app_id: int, writer: ConnectionThread, reader: ConnectionThread) -> None:
        self._app_id = app_id
        self._writer = writer
        self._reader = reader

    async def before(self, *, most_open: int, most_ended: int) -> RaisedBefore:
        """At most so many open items, and so many that are not open any more."""
        return await self._reader.run(
            lambda c: RaisedBefore(
                raised_items.open_ones(c, self._app_id, most_open),
                raised_items.ended_ones(c, self._app_id, most_ended),
                raised_items.counts(c, self._app_id),
                raised_items.oldest_open_at(c, self._app_id),
            )
        )

    async def with_ids(self, item_ids: Sequence[str]) -> list[RaisedItem]:
        """Those of these items that were raised."""
        return await self._reader.run(lambda c: raised_items.with_ids(c, self._app_id, item_ids))

    async def keep(
        self,
        handlings: Sequence[Handling],
        decisions: Sequence[Decision] = (),
        undone: Mapping[str, float] = _NOTHING,
    ) -> None:
        """Keep what became of raised items, in one transaction with the decisions that did it.

        ``undone``: when decisions were taken back (unix seconds), by their ids. What a moderator
        decided survives a power cut.
        """

        def work(connection: sqlite3.Connection) -> None:
            for decision in decisions:
                if raised_items.add_decision(connection, self._app_id, decision):
                    audit_decisions.note(connection, self._app_id, decision)
            for decision_id, at in undone.items():
                audit_decisions.note_undone(connection, self._app_id, decision_id, at)
                raised_items.undo_decision(connection, self._app_id, decision_id, at)
            raised_items.keep(connection, self._app_id, handlings)

        await self._writer.run(work, durable=bool(decisions or undone))

    async def decision(self, decision_id: str) -> StoredDecision | None:
        """The decision with this id."""
        return await self._reader.run(lambda c: raised_items.decision(c, self._app_id, decision_id))

    async def decisions_since(self, since: float, limit: int) -> list[StoredDecision]:
        """The last decisions since ``since`` (unix seconds), newest last."""
        return await self._reader.run(
            lambda c: raised_items.decisions_since(c, self._app_id, since, limit)
        )
