"""Items of the review queue that were passed over, and by whom; Stream keeps nothing of it."""

import sqlite3
from typing import NamedTuple

MOST = 5_000
"""Skips that are kept; of more the oldest go."""


class Skip(NamedTuple):
    """Who passed an item over last, and when (unix seconds)."""

    item_id: str
    user_id: str
    at: float


def keep(connection: sqlite3.Connection, app_id: int, skip: Skip) -> None:
    """Note that an item was passed over; it replaces what was noted of it before."""
    connection.execute(
        "INSERT OR REPLACE INTO review_skips (app_id, item_id, user_id, at) VALUES (?, ?, ?, ?)",
        (app_id, *skip),
    )
    connection.execute(
        "DELETE FROM review_skips WHERE app_id = ? AND item_id NOT IN"
        " (SELECT item_id FROM review_skips WHERE app_id = ? ORDER BY at DESC LIMIT ?)",
        (app_id, app_id, MOST),
    )


def every(connection: sqlite3.Connection, app_id: int) -> list[Skip]:
    """All that are kept."""
    rows = connection.execute(
        "SELECT item_id, user_id, at FROM review_skips WHERE app_id = ?", (app_id,)
    )
    return [Skip(*row) for row in rows]
