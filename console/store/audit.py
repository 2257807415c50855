"""The log that cannot be changed silently, on disk: rows are added, and texts of people erased."""

import secrets
import sqlite3
from typing import NamedTuple

from console.domain.audit import (
    FIRST_HASH,
    AuditEntry,
    at_ms,
    body_of,
    digest_of,
    hash_of,
    text_hash,
    text_of,
)

_ADD = "INSERT INTO audit (place, body, hash, at_ms, kind) VALUES (?, ?, ?, ?, ?)"
_ADD_TEXT = (
    "INSERT INTO audit_texts (place, number, hash, salt, text, who) VALUES (?, ?, ?, ?, ?, ?)"
)
_ERASE = (
    "UPDATE audit_texts SET salt = NULL, text = NULL, who = NULL, erased_by = ?"
    " WHERE place = ? AND number = ?"
)


class Head(NamedTuple):
    """The last row: its place, from 1 (0 where there is none), and its hash."""

    place: int
    hash: str


class ErasableText(NamedTuple):
    """A text of a person that still stands beside its hash."""

    place: int
    number: int
    hash: str


def head(connection: sqlite3.Connection) -> Head:
    """The end of the log."""
    row = connection.execute("SELECT place, hash FROM audit ORDER BY place DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head(0, FIRST_HASH)


def add(connection: sqlite3.Connection, app_id: int, entry: AuditEntry) -> int:
    """Add one row, in the transaction of what it proves; returns its place.

    ``app_id`` of 0: it is about no app.
    """
    last = head(connection)
    place = last.place + 1
    texts = [text_of(each) for each in entry.texts]
    salts = [secrets.token_hex(16) for _ in texts]
    hashes = [text_hash(salt, text) for salt, text in zip(salts, texts, strict=True)]
    body = body_of(entry, place, _api_key(connection, app_id), hashes)
    row = (place, body, hash_of(last.hash, body), at_ms(entry), entry.kind.value)
    connection.execute(_ADD, row)
    rows = zip(hashes, salts, texts, (each.who for each in entry.texts), strict=True)
    connection.executemany(
        _ADD_TEXT, [(place, number, *row) for number, row in enumerate(rows, start=1)]
    )
    return place


def erase(
    connection: sqlite3.Connection, app_id: int, texts: list[ErasableText], entry: AuditEntry
) -> int:
    """Erase ``texts`` with their salts, and add the row that says so; returns its place."""
    ordered = sorted(texts)
    facts = {
        **entry.facts,
        "texts": str(len(ordered)),
        "digest": digest_of(each.hash for each in ordered),
    }
    said = AuditEntry(kind=entry.kind, at=entry.at, by=entry.by, facts=facts, texts=entry.texts)
    place = add(connection, app_id, said)
    connection.executemany(_ERASE, [(place, each.place, each.number) for each in ordered])
    return place


def texts_about(connection: sqlite3.Connection, app_id: int, user_id: str) -> list[ErasableText]:
    """What stands in the log of one person: ids and names, and free texts of rows about them."""
    rows = connection.execute(
        "SELECT t.place, t.number, t.hash FROM audit_texts t JOIN audit a USING (place)"
        " WHERE t.text IS NOT NULL AND t.who IN (?, '') AND json_extract(a.body, '$.app') = ?"
        " AND t.place IN (SELECT place FROM audit_texts WHERE who = ? AND who <> '')",
        (user_id, _api_key(connection, app_id), user_id),
    )
    return [ErasableText(*row) for row in rows.fetchall()]


def _api_key(connection: sqlite3.Connection, app_id: int) -> str:
    row = connection.execute("SELECT api_key FROM apps WHERE app_id = ?", (app_id,)).fetchone()
    return str(row[0]) if row else ""
