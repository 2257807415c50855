"""Rows that say where the log stood, signed: one for each day, and at the end of a sign-in."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from console.domain.audit import AuditEntry, AuditKind
from console.store import audit


class Signature(NamedTuple):
    """Who signed, by a part of the hash of the key, and the signature; empty for nobody."""

    key_id: str
    signature: str


Sign = Callable[[str, int, str], Signature]
"""Signs the day, the place and the hash of a row."""


def add_head(
    connection: sqlite3.Connection, app_id: int, sign: Sign, *, at: float, before_day: str = ""
) -> bool:
    """Add a head at ``at`` (unix seconds), unless the last row is one.

    ``before_day`` (2026-11-30): only if the last row is of an earlier day.
    """
    row = connection.execute(
        "SELECT place, hash, at_ms, kind FROM audit ORDER BY place DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return False
    place, last_hash, at_ms, kind = row
    day = datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d")
    if kind == AuditKind.HEAD or (before_day and day >= before_day):
        return False
    signature = sign(day, place, last_hash)
    facts = {
        "day": day,
        "n": str(place),
        "hash": last_hash,
        "key": signature.key_id,
        "signature": signature.signature,
    }
    audit.add(connection, app_id, AuditEntry(kind=AuditKind.HEAD, at=at, facts=facts))
    return True
