"""Acts of colleagues on disk, to be shown on the cards of the people they are about."""

import sqlite3

import msgspec

from console.domain.act import Act, Receipt
from console.store.acts import StoredAct

_KEEP = (
    "INSERT INTO colleague_acts (app_id, user_id, act_id, at, act, receipt)"
    " VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET receipt = excluded.receipt"
)
_OF_PERSON = (
    "SELECT act, receipt FROM colleague_acts WHERE app_id = ? AND user_id = ?"
    " ORDER BY at DESC LIMIT ?"
)

_encode = msgspec.json.Encoder().encode
_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode


def keep(connection: sqlite3.Connection, app_id: int, act: Act, receipt: Receipt) -> None:
    """Keep an act of a colleague, or how far it got since."""
    body, how_far = _encode(act), _encode(receipt)
    connection.executemany(
        _KEEP,
        [
            (app_id, user_id, act.act_id, act.requested_at, body, how_far)
            for user_id in dict.fromkeys(act.user_ids)
        ],
    )


def on_person(
    connection: sqlite3.Connection, app_id: int, user_id: str, limit: int
) -> list[StoredAct]:
    """The last acts of colleagues on one person, newest last."""
    rows = connection.execute(_OF_PERSON, (app_id, user_id, limit)).fetchall()
    return [StoredAct(act=_act(act), receipt=_receipt(how), changes={}) for act, how in rows[::-1]]


def since(connection: sqlite3.Connection, app_id: int, at: float, limit: int) -> list[Act]:
    """The acts since ``at`` (unix seconds), each once, oldest first; of very many the last."""
    rows = connection.execute(
        "SELECT act FROM colleague_acts WHERE app_id = ? AND at >= ?"
        " GROUP BY act_id ORDER BY at DESC LIMIT ?",
        (app_id, at, limit),
    )
    return [_act(body) for (body,) in rows.fetchall()[::-1]]


def between(
    connection: sqlite3.Connection, app_id: int, since: float, until: float, limit: int
) -> list[tuple[Act, Receipt]]:
    """The acts between two times (unix seconds), each once, oldest first; of very many the first.

    With their receipts.
    """
    rows = connection.execute(
        "SELECT act, receipt FROM colleague_acts WHERE app_id = ? AND at BETWEEN ? AND ?"
        " ORDER BY at LIMIT ?",
        (app_id, since, until, limit),
    )
    every = ((_act(act), _receipt(receipt)) for act, receipt in rows.fetchall())
    return list({act.act_id: (act, receipt) for act, receipt in every}.values())
