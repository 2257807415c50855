"""The items of a call before and after one of them, or around a time."""

import sqlite3

from console.domain.item import Item
from console.store import items


def around(
    connection: sqlite3.Connection, app_id: int, cid: str, entity_id: str, at: float, each_way: int
) -> list[Item]:
    """Items of ``cid`` around the one that Stream calls ``entity_id``, by when they were said.

    Where it is not kept: around ``at`` (unix seconds).
    """
    place = _place(connection, app_id, cid, entity_id, at)
    if place is None:
        return []
    where = "WHERE app_id = ? AND cid = ? AND place"
    before = items.select(
        connection, f"{where} <= ? ORDER BY place DESC LIMIT ?", app_id, cid, place, each_way + 1
    )
    after = items.select(
        connection, f"{where} > ? ORDER BY place LIMIT ?", app_id, cid, place, each_way
    )
    return sorted([*before, *after], key=lambda item: item.start_time)


def _place(
    connection: sqlite3.Connection, app_id: int, cid: str, entity_id: str, at: float
) -> int | None:
    for question, parameters in (
        ("item_id = ?", (app_id, cid, entity_id)),
        ("source_id = ?", (app_id, cid, entity_id)),
        ("received_at <= ? ORDER BY place DESC LIMIT 1", (app_id, cid, at)),
    ):
        row = connection.execute(
            f"SELECT place FROM items WHERE app_id = ? AND cid = ? AND {question}", parameters
        ).fetchone()
        if row is not None:
            return int(row[0])
    return None
