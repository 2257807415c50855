"""Saved searches on disk."""

import sqlite3

import msgspec

from console.domain.search.hit import MAX_SAVED, SavedSearch

_KEEP = "INSERT OR REPLACE INTO saved_searches (app_id, search_id, body) VALUES (?, ?, ?)"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(SavedSearch).decode


def keep(connection: sqlite3.Connection, app_id: int, saved: SavedSearch) -> bool:
    """Keep a search, or its latest state; False where there are too many."""
    others = "SELECT count(*) FROM saved_searches WHERE app_id = ? AND search_id <> ?"
    if connection.execute(others, (app_id, saved.search_id)).fetchone()[0] >= MAX_SAVED:
        return False
    connection.execute(_KEEP, (app_id, saved.search_id, _encode(saved)))
    return True


def remove(connection: sqlite3.Connection, app_id: int, search_id: str) -> None:
    """Keep it no more."""
    connection.execute(
        "DELETE FROM saved_searches WHERE app_id = ? AND search_id = ?", (app_id, search_id)
    )


def every(connection: sqlite3.Connection, app_id: int) -> list[SavedSearch]:
    """All of an app, by title."""
    rows = connection.execute("SELECT body FROM saved_searches WHERE app_id = ?", (app_id,))
    return sorted((_decode(body) for (body,) in rows), key=lambda one: one.title.casefold())
