"""Raised items on disk: what became of each, and the decisions of moderators about them."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from console.domain.item import Item
from console.domain.raised import Decision, Handling, RaisedItem, RaisedState
from console.domain.verdict import Verdict
from console.store import items, verdicts

_RAISE = (
    "INSERT OR IGNORE INTO raised_items"
    " (app_id, item_id, state, incident, raised_at, changed_at, handling, cid, session_id, said_at)"
    " SELECT app_id, item_id, 'open', '', ?, ?, NULL, cid, session_id, start_time"
    " FROM items WHERE app_id = ? AND item_id = ?"
)
_CHANGE = (
    "UPDATE raised_items SET state = ?, incident = ?, raised_at = ?, changed_at = ?, handling = ?"
    " WHERE app_id = ? AND item_id = ?"
)
_ADD = (
    "INSERT OR IGNORE INTO raised_items"
    " (state, incident, raised_at, changed_at, handling, app_id, item_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_PLACE = (
    "UPDATE raised_items SET (cid, session_id, said_at) = (SELECT cid, session_id, start_time"
    " FROM items i WHERE i.app_id = raised_items.app_id AND i.item_id = raised_items.item_id)"
    " WHERE app_id = ? AND item_id = ? AND cid = '' AND EXISTS (SELECT 1 FROM items i"
    " WHERE i.app_id = raised_items.app_id AND i.item_id = raised_items.item_id)"
)
_SELECT = "SELECT item_id, state, incident, raised_at, handling FROM raised_items"

_encode = msgspec.json.Encoder().encode
_handling = msgspec.json.Decoder(Handling).decode
_decision = msgspec.json.Decoder(Decision).decode


class StoredDecision(NamedTuple):
    """A decision; ``undone_at`` (unix seconds) is 0.0 while it holds."""

    decision: Decision
    undone_at: float = 0.0


def open_new(connection: sqlite3.Connection, app_id: int, verdict: Verdict) -> None:
    """Open the item of ``verdict`` where that raises it; one that was raised before stays."""
    if verdict.raised:
        at = verdict.judged_at
        connection.execute(_RAISE, (at, at, app_id, verdict.item_id))


def keep(connection: sqlite3.Connection, app_id: int, handlings: Iterable[Handling]) -> None:
    """Keep what became of raised items."""
    for each in handlings:
        changed_at, key = each.at or each.raised_at, (app_id, each.item_id)
        row = (each.state, each.incident, each.raised_at, changed_at, _encode(each), *key)
        if connection.execute(_CHANGE, row).rowcount == 0:
            connection.execute(_ADD, row)
            connection.execute(_PLACE, key)


def add_decision(connection: sqlite3.Connection, app_id: int, decision: Decision) -> bool:
    """Keep ``decision``; False, and nothing changed, when its id is known."""
    added = connection.execute(
        "INSERT INTO decisions (app_id, decision_id, at, undone_at, decision)"
        " VALUES (?, ?, ?, 0.0, ?) ON CONFLICT DO NOTHING",
        (app_id, decision.decision_id, decision.at, _encode(decision)),
    )
    return added.rowcount > 0


def undo_decision(connection: sqlite3.Connection, app_id: int, decision_id: str, at: float) -> None:
    """Note that a decision was taken back at ``at`` (unix seconds)."""
    connection.execute(
        "UPDATE decisions SET undone_at = ? WHERE app_id = ? AND decision_id = ?",
        (at, app_id, decision_id),
    )


def decision(
    connection: sqlite3.Connection, app_id: int, decision_id: str
) -> StoredDecision | None:
    """The decision with this id."""
    row = connection.execute(
        "SELECT decision, undone_at FROM decisions WHERE app_id = ? AND decision_id = ?",
        (app_id, decision_id),
    ).fetchone()
    return StoredDecision(_decision(row[0]), row[1]) if row else None


def decisions_since(
    connection: sqlite3.Connection, app_id: int, since: float, limit: int
) -> list[StoredDecision]:
    """The last decisions that were made since ``since`` (unix seconds), newest last."""
    rows = connection.execute(
        "SELECT decision, undone_at FROM decisions WHERE app_id = ? AND at >= ?"
        " ORDER BY at DESC, place DESC LIMIT ?",
        (app_id, since, limit),
    ).fetchall()
    return [StoredDecision(_decision(body), undone_at) for body, undone_at in reversed(rows)]


def counts(connection: sqlite3.Connection, app_id: int) -> dict[RaisedState, int]:
    """How many raised items are in each state."""
    rows = connection.execute(
        "SELECT state, count(*) FROM raised_items WHERE app_id = ? GROUP BY state", (app_id,)
    )
    return {RaisedState(state): count for state, count in rows}


def oldest_open_at(connection: sqlite3.Connection, app_id: int) -> float:
    """When the oldest open item was raised (unix seconds); infinity where none is open."""
    row = connection.execute(
        "SELECT min(raised_at) FROM raised_items WHERE app_id = ? AND state = 'open'", (app_id,)
    ).fetchone()
    return float("inf") if row[0] is None else float(row[0])


def open_ones(connection: sqlite3.Connection, app_id: int, limit: int) -> list[RaisedItem]:
    """The last open items with their verdicts, oldest first."""
    tail = "WHERE app_id = ? AND state = 'open' ORDER BY raised_at DESC LIMIT ?"
    return _read(connection, app_id, tail, app_id, limit)[::-1]


def ended_ones(connection: sqlite3.Connection, app_id: int, limit: int) -> list[RaisedItem]:
    """The items about which something was decided last, the last of them last."""
    tail = "WHERE app_id = ? AND state <> 'open' ORDER BY changed_at DESC LIMIT ?"
    return _read(connection, app_id, tail, app_id, limit)[::-1]


def with_ids(
    connection: sqlite3.Connection, app_id: int, item_ids: Sequence[str]
) -> list[RaisedItem]:
    """Those of these items that were raised."""
    tail = "WHERE app_id = ? AND item_id = ?"
    return [
        each for item_id in item_ids for each in _read(connection, app_id, tail, app_id, item_id)
    ]


def _read(
    connection: sqlite3.Connection, app_id: int, tail: str, *parameters: object
) -> list[RaisedItem]:
    """The raised items that ``tail`` picks, in its order; one whose line is gone is left out."""
    rows = connection.execute(f"{_SELECT} {tail}", parameters).fetchall()
    kept: list[Item] = items.with_ids(connection, app_id, [row[0] for row in rows])
    judged = {each.item.item_id: each for each in verdicts.judged(connection, app_id, kept)}
    found = []
    for item_id, state, incident, raised_at, body in rows:
        line = judged.get(item_id)
        if line is None or line.standing is None:
            continue
        handling = (
            _handling(body)
            if body is not None
            else Handling(
                item_id=item_id, incident=incident, raised_at=raised_at, state=RaisedState(state)
            )
        )
        found.append(RaisedItem(item=line.item, verdict=line.standing, handling=handling))
    return found
