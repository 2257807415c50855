"""The outbox on disk: one row per act id, its receipt, and how far it got with each person."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from console.domain.act import Act, Receipt

_SELECT = "SELECT act, receipt, changes FROM acts"

_encode = msgspec.json.Encoder().encode
_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode
_changes = msgspec.json.Decoder(dict[str, tuple[str, ...]]).decode


class StoredAct(NamedTuple):
    """An act, its receipt, and what is needed to go on with it after a restart.

    Attributes:
        changes: for each person about whom something was known beforehand, what the act changes
            for them (names of permissions, or of a state); empty when it changes nothing. For an
            act of one session: the devices that they were on (user_session_ids).
        accepted, seen: the people for whom Stream accepted it, and for whom the call showed it.
    """

    act: Act
    receipt: Receipt
    changes: Mapping[str, tuple[str, ...]]
    accepted: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()


def add(
    connection: sqlite3.Connection,
    app_id: int,
    act: Act,
    receipt: Receipt,
    changes: Mapping[str, tuple[str, ...]],
) -> bool:
    """Put an act in the outbox; False, and nothing changed, when its id is known."""
    added = connection.execute(
        "INSERT INTO acts (app_id, act_id, kind, cid, requested_at, state, act, receipt, changes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            app_id,
            act.act_id,
            act.kind,
            act.cid,
            act.requested_at,
            receipt.state,
            _encode(act),
            _encode(receipt),
            _encode(dict(changes)),
        ),
    )
    if added.rowcount == 0:
        return False
    connection.executemany(
        "INSERT OR IGNORE INTO act_people (app_id, act_id, user_id) VALUES (?, ?, ?)",
        [(app_id, act.act_id, user_id) for user_id in act.user_ids],
    )
    return True


def keep_receipt(
    connection: sqlite3.Connection,
    app_id: int,
    receipt: Receipt,
    accepted: Iterable[str],
    seen: Iterable[str],
    changes: Mapping[str, tuple[str, ...]] | None = None,
) -> None:
    """Replace the receipt, and ``changes`` if given; add people it was accepted or seen for."""
    if changes is not None:
        connection.execute(
            "UPDATE acts SET changes = ? WHERE app_id = ? AND act_id = ?",
            (_encode(dict(changes)), app_id, receipt.act_id),
        )
    connection.execute(
        "UPDATE acts SET state = ?, receipt = ? WHERE app_id = ? AND act_id = ?",
        (receipt.state, _encode(receipt), app_id, receipt.act_id),
    )
    for column, user_ids in (("accepted", accepted), ("seen", seen)):
        connection.executemany(
            f"UPDATE act_people SET {column} = 1 WHERE app_id = ? AND act_id = ? AND user_id = ?",
            [(app_id, receipt.act_id, user_id) for user_id in user_ids],
        )


def still_open(connection: sqlite3.Connection, app_id: int) -> list[StoredAct]:
    """Acts that are queued, sent or accepted, oldest first."""
    return _read(
        connection,
        app_id,
        "WHERE app_id = ? AND state IN ('queued', 'sent', 'accepted') ORDER BY place",
        (app_id,),
    )


def unconfirmed(connection: sqlite3.Connection, app_id: int, limit: int) -> list[StoredAct]:
    """The last acts of which it is not known whether they took effect, oldest first."""
    return _read(
        connection,
        app_id,
        "WHERE app_id = ? AND state = 'unconfirmed' ORDER BY place DESC LIMIT ?",
        (app_id, limit),
    )[::-1]


def recent(connection: sqlite3.Connection, app_id: int, limit: int) -> list[StoredAct]:
    """The last acts, newest last."""
    return _read(
        connection, app_id, "WHERE app_id = ? ORDER BY place DESC LIMIT ?", (app_id, limit)
    )[::-1]


def since(connection: sqlite3.Connection, app_id: int, at: float, limit: int) -> list[Act]:
    """The acts that were wanted since ``at`` (unix seconds), oldest first; of very many the last.

    Without their receipts.
    """
    rows = connection.execute(
        "SELECT act FROM acts WHERE app_id = ? AND requested_at >= ? ORDER BY place DESC LIMIT ?",
        (app_id, at, limit),
    )
    return [_act(body) for (body,) in rows.fetchall()[::-1]]


def in_call(
    connection: sqlite3.Connection, app_id: int, cid: str, limit: int
) -> list[tuple[Act, Receipt]]:
    """The last acts in one call, with their receipts, oldest first."""
    rows = connection.execute(
        "SELECT act, receipt FROM acts WHERE app_id = ? AND cid = ?"
        " ORDER BY requested_at DESC LIMIT ?",
        (app_id, cid, limit),
    ).fetchall()
    return [(_act(act), _receipt(receipt)) for act, receipt in rows[::-1]]


def on_person(
    connection: sqlite3.Connection, app_id: int, user_id: str, limit: int
) -> list[StoredAct]:
    """The last acts on one person, newest last."""
    return _read(
        connection,
        app_id,
        "WHERE app_id = ? AND act_id IN"
        " (SELECT act_id FROM act_people p WHERE p.app_id = acts.app_id AND p.user_id = ?)"
        " ORDER BY place DESC LIMIT ?",
        (app_id, user_id, limit),
    )[::-1]


def on_people(
    connection: sqlite3.Connection, app_id: int, user_ids: Iterable[str], limit: int
) -> list[StoredAct]:
    """The last acts on any of these people, newest last; ``limit`` for each of them."""
    ids = {
        row[0]
        for user_id in dict.fromkeys(user_ids)
        for row in connection.execute(
            "SELECT a.place FROM act_people p JOIN acts a"
            " ON a.app_id = p.app_id AND a.act_id = p.act_id"
            " WHERE p.app_id = ? AND p.user_id = ? ORDER BY a.place DESC LIMIT ?",
            (app_id, user_id, limit),
        )
    }
    found: list[StoredAct] = []
    for place in sorted(ids):
        found += _read(connection, app_id, "WHERE place = ?", (place,))
    return found


def one(connection: sqlite3.Connection, app_id: int, act_id: str) -> StoredAct | None:
    """The act with this id."""
    found = _read(connection, app_id, "WHERE app_id = ? AND act_id = ?", (app_id, act_id))
    return found[0] if found else None


def _read(
    connection: sqlite3.Connection, app_id: int, where: str, parameters: tuple[object, ...]
) -> list[StoredAct]:
    found: list[StoredAct] = []
    for act_body, receipt_body, changes_body in connection.execute(
        f"{_SELECT} {where}", parameters
    ).fetchall():
        act = _act(act_body)
        people = connection.execute(
            "SELECT user_id, accepted, seen FROM act_people WHERE app_id = ? AND act_id = ?",
            (app_id, act.act_id),
        ).fetchall()
        found.append(
            StoredAct(
                act=act,
                receipt=_receipt(receipt_body),
                changes=_changes(changes_body),
                accepted=frozenset(user_id for user_id, accepted, _ in people if accepted),
                seen=frozenset(user_id for user_id, _, seen in people if seen),
            )
        )
    return found
