"""Lines on disk. One identity is one row; an other text of it is a revision, the rest is known."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from console.domain.utterance import Utterance

_FIELDS = Utterance.__struct_fields__
_COLUMNS = ", ".join(_FIELDS)
_SELECT = "SELECT " + ", ".join(f"u.{field}" for field in _FIELDS) + " FROM utterances u"

_INSERT = (
    f"INSERT INTO utterances (app_id, waiting, {_COLUMNS})"
    f" VALUES (?, 1, {', '.join('?' for _ in _FIELDS)})"
)
_KNOWN = "SELECT revision, text, received_at FROM utterances WHERE app_id = ? AND utterance_id = ?"
_SAID_BEFORE = "SELECT 1 FROM replaced_texts WHERE app_id = ? AND utterance_id = ? AND text = ?"
_REPLACED = (
    "INSERT INTO replaced_texts (app_id, utterance_id, revision, text, received_at)"
    " VALUES (?, ?, ?, ?, ?)"
)
_REVISE = (
    "UPDATE utterances SET revision = ?, text = ?, end_time = ?, received_at = ?, caption_id = ?,"
    " waiting = 1 WHERE app_id = ? AND utterance_id = ?"
)


def keep(connection: sqlite3.Connection, app_id: int, utterance: Utterance) -> Utterance | None:
    """The line as kept, with its revision; None when exactly this is known already."""
    identity = (app_id, utterance.utterance_id)
    known = connection.execute(_KNOWN, identity).fetchone()
    if known is None:
        connection.execute(_INSERT, (app_id, *msgspec.structs.astuple(utterance)))
        return utterance
    revision, text, received_at = known
    if text == utterance.text:
        return None
    if connection.execute(_SAID_BEFORE, (*identity, utterance.text)).fetchone():
        return None  # an old revision, delivered again after a reconnect
    connection.execute(_REPLACED, (*identity, revision, text, received_at))
    kept = msgspec.structs.replace(utterance, revision=revision + 1)
    connection.execute(
        _REVISE,
        (kept.revision, kept.text, kept.end_time, kept.received_at, kept.caption_id, *identity),
    )
    return kept


def unjudged(connection: sqlite3.Connection, app_id: int, limit: int) -> list[Utterance]:
    """Lines without a deciding verdict, oldest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE app_id = ? AND waiting = 1 ORDER BY place LIMIT ?", (app_id, limit)
    )
    return _lines(rows)


def waiting(connection: sqlite3.Connection, app_id: int) -> tuple[int, float]:
    """How many lines wait for a deciding verdict, and when the oldest was received (or 0.0)."""
    count, oldest = connection.execute(
        "SELECT count(*), coalesce(min(received_at), 0.0) FROM utterances"
        " WHERE app_id = ? AND waiting = 1",
        (app_id,),
    ).fetchone()
    return int(count), float(oldest)


def recent(
    connection: sqlite3.Connection, app_id: int, cids: Iterable[str], per_call: int
) -> list[Utterance]:
    """The last lines of each call, calls one after the other, newest line last."""
    found: list[Utterance] = []
    for cid in cids:
        rows = connection.execute(
            f"{_SELECT} WHERE app_id = ? AND cid = ? ORDER BY place DESC LIMIT ?",
            (app_id, cid, per_call),
        )
        found += reversed(_lines(rows))
    return found


def of_speaker(
    connection: sqlite3.Connection, app_id: int, user_id: str, limit: int
) -> list[Utterance]:
    """The last lines of one person over all calls, newest last."""
    rows = connection.execute(
        f"{_SELECT} WHERE app_id = ? AND speaker_id = ? ORDER BY place DESC LIMIT ?",
        (app_id, user_id, limit),
    )
    return _lines(rows)[::-1]


def by_ids(
    connection: sqlite3.Connection, app_id: int, utterance_ids: Iterable[str]
) -> list[Utterance]:
    """The lines with these ids, in that order; unknown ones are left out."""
    found: list[Utterance] = []
    for utterance_id in utterance_ids:
        found += _lines(
            connection.execute(
                f"{_SELECT} WHERE app_id = ? AND utterance_id = ?", (app_id, utterance_id)
            )
        )
    return found


def _lines(rows: Iterable[Sequence[object]]) -> list[Utterance]:
    return [
        msgspec.convert(dict(zip(_FIELDS, row, strict=True)), Utterance, strict=False)
        for row in rows
    ]
