"""Remembers who was erased, so that a copy of the store from before does not bring them back."""

import hashlib
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from console.store.checking import open_to_read
from console.store.retention import due, erasing, people_known
from console.store.retention.erasing import Erased

_APPS = "SELECT app_id, api_key FROM apps"
_KEEP = "INSERT OR IGNORE INTO erased_people (app_id, salt, hash, at) VALUES (?, ?, ?, ?)"


class RememberedErasure(NamedTuple):
    """One person who was erased. ``app``: its API key. ``at``: unix seconds."""

    app: str
    salt: str
    hash: str
    at: float


def remember(connection: sqlite3.Connection, app_id: int, user_id: str, *, at: float) -> None:
    """Keep that a person was erased, in the transaction that erases them."""
    # One salt for all of a store: to recognise people takes one hash of each, not one per erasure.
    row = connection.execute("SELECT salt FROM erased_people LIMIT 1").fetchone()
    salt = str(row[0]) if row else secrets.token_hex(16)
    connection.execute(_KEEP, (app_id, salt, _hash(salt, user_id), at))


def remembered(path: Path) -> list[RememberedErasure]:
    """Everybody who was erased from the store at ``path``.

    Raises:
        WorldError, sqlite3.Error: it cannot be read.
    """
    with closing(open_to_read(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if ("erased_people",) not in tables.fetchall():
            return []  # of an earlier version, in which nobody could be erased
        return _rows(connection)


def erase_again(
    connection: sqlite3.Connection, others: list[RememberedErasure], *, at: float
) -> tuple[int, int]:
    """Erase whom another store remembers and this one does not, and remember them here.

    An erasure that this store remembers was done in it already: what such a person said since then
    stays. Returns how many people there were, and how much of them was spared.
    """
    missing = set(others) - set(_rows(connection))
    apps = {str(key): int(number) for number, key in connection.execute(_APPS)}
    people = spared = 0
    for app in sorted({each.app for each in missing} & apps.keys()):
        of_app = {(each.salt, each.hash) for each in missing if each.app == app}
        for user_id in _recognised(connection, apps[app], of_app):
            erased = _erase(connection, apps[app], user_id, at)
            people += 1
            spared += erased.held + erased.in_force
    connection.executemany(
        _KEEP, [(apps[e.app], e.salt, e.hash, e.at) for e in missing if e.app in apps]
    )
    return people, spared


def _rows(connection: sqlite3.Connection) -> list[RememberedErasure]:
    query = "SELECT a.api_key, e.salt, e.hash, e.at FROM erased_people e JOIN apps a USING (app_id)"
    return [RememberedErasure(*row) for row in connection.execute(query)]


def _recognised(
    connection: sqlite3.Connection, app_id: int, wanted: set[tuple[str, str]]
) -> list[str]:
    salts = {salt for salt, _ in wanted}
    return sorted(
        user_id
        for user_id in people_known.user_ids(connection, app_id)
        if any((salt, _hash(salt, user_id)) in wanted for salt in salts)
    )


def _erase(connection: sqlite3.Connection, app_id: int, user_id: str, at: float) -> Erased:
    total = Erased()
    while True:
        part = erasing.erase_items(connection, app_id, user_id, limit=due.STEP)
        total += part
        if part.items < due.STEP:
            break
    return erasing.erase_rest(connection, app_id, user_id, total, at=at, by="")


def _hash(salt: str, user_id: str) -> str:
    return hashlib.sha256(f"{salt}\n{user_id}".encode("utf-8", "surrogatepass")).hexdigest()
