"""Values that a query may name, from what the store knows; for its completion."""

import sqlite3

MOST = 200

_PEOPLE = (
    "SELECT name FROM known_names WHERE app_id = ? AND name LIKE ? ESCAPE '\\'"
    " GROUP BY name ORDER BY max(since) DESC LIMIT ?"
)
_CALLS = (
    "SELECT name FROM calls WHERE app_id = ? AND name LIKE ? ESCAPE '\\'"
    " ORDER BY started_at DESC LIMIT ?"
)
_DOERS = (
    "SELECT by FROM (SELECT json_extract(CAST(act AS TEXT), '$.by') AS by, place FROM acts"
    " WHERE app_id = ? ORDER BY place DESC LIMIT 2000)"
    " WHERE by LIKE ? ESCAPE '\\' GROUP BY by ORDER BY max(place) DESC LIMIT ?"
)
_LABELS = (
    "SELECT DISTINCT value FROM (SELECT body FROM verdicts JOIN"
    " (SELECT app_id, item_id FROM raised_items WHERE app_id = ? ORDER BY raised_at DESC"
    " LIMIT 500) USING (app_id, item_id)),"
    " json_each(CAST(body AS TEXT), '$.labels') WHERE value LIKE ? ESCAPE '\\' LIMIT ?"
)
_QUERIES = {"from": _PEOPLE, "call": _CALLS, "by": _DOERS, "label": _LABELS}


def values(connection: sqlite3.Connection, app_id: int, key: str, begun: str) -> list[str]:
    """Values of the field ``key`` that hold ``begun``, the latest first; hostile."""
    query = _QUERIES.get(key)
    if query is None:
        return []
    escaped = begun.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = connection.execute(query, (app_id, f"%{escaped}%", MOST))
    return [str(value) for (value,) in rows if value]
