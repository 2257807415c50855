"""Of whom the store holds anything."""

import sqlite3

_TABLES = (
    ("items", "author_id"),
    ("act_people", "user_id"),
    ("colleague_acts", "user_id"),
    ("evidence_people", "user_id"),
    ("notes", "user_id"),
    ("watch_marks", "user_id"),
    ("given_labels", "author_id"),
    ("known_names", "user_id"),
    ("automation_proposals", "user_id"),
)
_NAMED = (
    "SELECT DISTINCT t.who FROM audit_texts t JOIN audit a USING (place) JOIN apps p"
    " ON p.api_key = json_extract(a.body, '$.app') WHERE p.app_id = ? AND t.who <> ''"
)


def user_ids(connection: sqlite3.Connection, app_id: int) -> set[str]:
    """Everybody of one app of whom there is anything, the log included."""
    queries = (
        *(f"SELECT DISTINCT {column} FROM {table} WHERE app_id = ?" for table, column in _TABLES),
        _NAMED,
    )
    return {str(found) for query in queries for (found,) in connection.execute(query, (app_id,))}


def knows(connection: sqlite3.Connection, app_id: int, user_id: str) -> bool:
    """Whether there is anything of one person."""
    queries = (
        *(f"SELECT 1 FROM {table} WHERE app_id = ? AND {column} = ?" for table, column in _TABLES),
        f"{_NAMED} AND t.who = ?",
    )
    key = (app_id, user_id)
    return any(connection.execute(f"{query} LIMIT 1", key).fetchone() for query in queries)
