"""Takes out of the store what hangs together, with all that hangs on it."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from console.domain.audit import AuditEntry, AuditKind
from console.domain.retention import Kept
from console.store import audit

_OF_ITEM = (
    "DELETE FROM verdicts WHERE app_id = ? AND item_id = ?",
    "DELETE FROM replaced_bodies WHERE app_id = ? AND item_id = ?",
    "DELETE FROM raised_items WHERE app_id = ? AND item_id = ?",
    "DELETE FROM items WHERE app_id = ? AND item_id = ?",
)
_OF_ACT = (
    "DELETE FROM act_people WHERE app_id = ? AND act_id = ?",
    "DELETE FROM acts WHERE app_id = ? AND act_id = ?",
)
_OF_EVIDENCE = tuple(
    f"DELETE FROM {table} WHERE app_id = ? AND evidence_id = ?"
    for table in (
        *("evidence_people", "evidence_items", "evidence_pictures", "evidence_events"),
        "evidence",
    )
)
_COUNT = (
    "INSERT INTO retention_counts (app_id, day, kind, cid, count) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET count = count + excluded.count"
)


def items(connection: sqlite3.Connection, keys: Iterable[tuple[int, str]]) -> None:
    """Delete items by app and id, with verdicts, earlier texts and what became of them."""
    rows = list(keys)
    for statement in _OF_ITEM:
        connection.executemany(statement, rows)


def acts(connection: sqlite3.Connection, keys: Iterable[tuple[int, str]]) -> None:
    """Delete acts by app and id."""
    rows = list(keys)
    for statement in _OF_ACT:
        connection.executemany(statement, rows)


def evidence(
    connection: sqlite3.Connection, app_id: int, evidence_id: str, *, at: float, by: str, why: str
) -> bool:
    """Delete what was copied for one act, unless it is held; False where it is, or is not there."""
    key = (app_id, evidence_id)
    row = connection.execute(
        "SELECT 1 FROM evidence WHERE app_id = ? AND evidence_id = ? AND held_by = ''", key
    ).fetchone()
    if row is None:
        return False
    for statement in _OF_EVIDENCE:
        connection.execute(statement, key)
    facts = {"evidence_id": evidence_id, "why": why}
    entry = AuditEntry(kind=AuditKind.EVIDENCE_DELETED, at=at, by=by, facts=facts)
    audit.add(connection, app_id, entry)
    return True


def count(
    connection: sqlite3.Connection, kept: Kept, gone: Iterable[tuple[int, float, str]]
) -> None:
    """Keep how many went: app, when it was (unix seconds) and in which call."""
    rows: dict[tuple[int, str, str, str], int] = {}
    for app_id, at, cid in gone:
        day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
        key = (app_id, day, kept.value, cid)
        rows[key] = rows.get(key, 0) + 1
    connection.executemany(_COUNT, [(*key, many) for key, many in rows.items()])


def pictures_in(bodies: Iterable[bytes]) -> set[str]:
    """The ids of pictures that bodies of items name."""
    found = (json.loads(body).get("picture_id", "") for body in bodies)
    return {each for each in found if each}
