"""What has come to the end of its time: found in small pieces, and deleted in small steps."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from console.domain.audit import AuditEntry, AuditKind
from console.domain.retention import AtEnd, Kept, RetentionPlan, kept_as
from console.store import audit
from console.store.audit import ErasableText
from console.store.retention import deleting, in_force

SCANNED = 2_000
"""Rows that one look reads."""
STEP = 8
"""Items, acts or texts that one step deletes: some milliseconds, for which an act may wait."""

_ITEMS = (
    "SELECT place, app_id, item_id, kind, cid, received_at, start_time,"
    " waiting OR EXISTS (SELECT 1 FROM raised_items r WHERE r.app_id = items.app_id"
    "  AND r.item_id = items.item_id AND r.state = 'open')"
    " FROM items WHERE place > ? ORDER BY place LIMIT ?"
)
_VERDICTS = "SELECT 1 FROM verdicts WHERE app_id = ? AND item_id = ? AND judged_at < ? LIMIT 1"
_ACTS = (
    "SELECT place, app_id, act_id, cid, requested_at, "
    f"{in_force.act('acts')}"
    " FROM acts WHERE place > ? AND requested_at < ? ORDER BY place LIMIT ?"
)
_TEXTS = (
    "SELECT t.place, t.number, t.hash FROM audit_texts t JOIN audit a USING (place)"
    " WHERE t.place > ? AND a.at_ms < ? AND t.text IS NOT NULL ORDER BY t.place, t.number LIMIT ?"
)


class DueItem(NamedTuple):
    """An item whose time is over, or only that of its verdicts."""

    app_id: int
    item_id: str
    kept: Kept
    cid: str
    at: float
    verdicts_only: bool = False


class DueAct(NamedTuple):
    """An act whose time is over."""

    app_id: int
    act_id: str
    cid: str
    at: float


class Look(NamedTuple):
    """What one look found.

    Attributes:
        cursor: where the next look goes on. ended: nothing that is old enough comes behind it.
    """

    found: list[DueItem]
    cursor: int
    ended: bool


def items(
    connection: sqlite3.Connection,
    cutoffs: Mapping[Kept, float],
    cursor: int,
    limit: int = SCANNED,
) -> Look:
    """Items behind the place ``cursor`` whose time is over; what is open or waits never is."""
    kinds = (Kept.LINES, Kept.CHAT, Kept.FRAMES)
    own = {kept: cutoffs.get(kept, float("-inf")) for kept in (*kinds, Kept.VERDICTS)}
    latest = max(own.values())
    found: list[DueItem] = []
    rows = connection.execute(_ITEMS, (cursor, limit)).fetchall()
    for place, app_id, item_id, kind, cid, received_at, start_time, needed in rows:
        if received_at >= latest:
            return Look(found, cursor, ended=True)
        cursor = place
        kept, at = kept_as(kind), start_time or received_at
        if needed:
            continue
        if received_at < own[kept]:
            found.append(DueItem(app_id, item_id, kept, cid, at))
        elif received_at < own[Kept.VERDICTS]:
            row = (app_id, item_id, own[Kept.VERDICTS])
            if connection.execute(_VERDICTS, row).fetchone():
                found.append(DueItem(app_id, item_id, Kept.VERDICTS, cid, at, verdicts_only=True))
    return Look(found, cursor, ended=len(rows) < limit)


def oldest_items(connection: sqlite3.Connection, cursor: int, limit: int) -> Look:
    """The oldest items behind ``cursor``, whatever their time, that nobody has to decide about."""
    rows = connection.execute(_ITEMS, (cursor, limit)).fetchall()
    found = [
        DueItem(app_id, item_id, kept_as(kind), cid, start_time or received_at)
        for _, app_id, item_id, kind, cid, received_at, start_time, needed in rows
        if not needed
    ]
    return Look(found, rows[-1][0] if rows else cursor, ended=len(rows) < limit)


def delete_items(
    connection: sqlite3.Connection, plan: RetentionPlan, due: Sequence[DueItem], cutoff: float
) -> None:
    """Delete items that were found; only verdicts before ``cutoff`` where the item stays."""
    whole = [each for each in due if not each.verdicts_only]
    deleting.items(connection, [(each.app_id, each.item_id) for each in whole])
    connection.executemany(
        "DELETE FROM verdicts WHERE app_id = ? AND item_id = ? AND judged_at < ?",
        [(each.app_id, each.item_id, cutoff) for each in due if each.verdicts_only],
    )
    for kept in {each.kept for each in due}:
        if plan.rule(kept).at_end is AtEnd.COUNT:
            gone = [(each.app_id, each.at, each.cid) for each in due if each.kept is kept]
            deleting.count(connection, kept, gone)


def acts(
    connection: sqlite3.Connection, cutoff: float, cursor: int, limit: int = STEP
) -> tuple[list[DueAct], int, bool]:
    """Acts behind ``cursor`` whose time is over; those under way and in force never are."""
    rows = connection.execute(_ACTS, (cursor, cutoff, limit)).fetchall()
    found = [DueAct(app_id, act_id, cid, at) for _, app_id, act_id, cid, at, n in rows if not n]
    return found, rows[-1][0] if rows else cursor, len(rows) < limit


def delete_acts(connection: sqlite3.Connection, plan: RetentionPlan, due: Sequence[DueAct]) -> None:
    """Delete acts that were found."""
    deleting.acts(connection, [(each.app_id, each.act_id) for each in due])
    if plan.acts.at_end is AtEnd.COUNT:
        gone = [(each.app_id, each.at, each.cid) for each in due]
        deleting.count(connection, Kept.ACTS, gone)


def delete_beside_acts(connection: sqlite3.Connection, cutoff: float, limit: int = STEP) -> int:
    """Delete what goes with acts by its own time: colleagues' acts, proposals, decisions."""
    gone = 0
    for statement in (
        "DELETE FROM colleague_acts WHERE (app_id, user_id, act_id) IN (SELECT app_id, user_id,"
        " act_id FROM colleague_acts WHERE at < ? LIMIT ?)",
        "DELETE FROM automation_proposals WHERE place IN (SELECT place FROM automation_proposals"
        " WHERE at < ? AND state NOT IN ('asked', 'counting', 'sent') LIMIT ?)",
        "DELETE FROM decisions WHERE place IN (SELECT place FROM decisions WHERE at < ? LIMIT ?)",
    ):
        gone += connection.execute(statement, (cutoff, limit)).rowcount
    return gone


def delete_pictures(connection: sqlite3.Connection, cutoff: float, limit: int = STEP) -> int:
    """Delete JPEGs of frames whose time is over."""
    return connection.execute(
        "DELETE FROM pictures WHERE (app_id, picture_id) IN (SELECT app_id, picture_id"
        " FROM pictures WHERE at < ? LIMIT ?)",
        (cutoff, limit),
    ).rowcount


def evidence(
    connection: sqlite3.Connection, cutoff: float, limit: int
) -> list[tuple[int, str, float, str]]:
    """Evidence whose time is over: app, id, when and in which call.

    What somebody holds and what belongs to an act under way or in force never is.
    """
    return connection.execute(
        "SELECT app_id, evidence_id, at, cid FROM evidence WHERE at < ? AND held_by = ''"
        f" AND NOT {in_force.EVIDENCE} ORDER BY at LIMIT ?",
        (cutoff, limit),
    ).fetchall()


def erase_texts(
    connection: sqlite3.Connection, app_id: int, cutoff: float, *, at: float, limit: int = STEP
) -> int:
    """Erase texts of people in the log from before ``cutoff``; the rows stay."""
    rows = connection.execute(_TEXTS, (_first_text(connection), cutoff * 1000, limit)).fetchall()
    if rows:
        entry = AuditEntry(kind=AuditKind.RETENTION, at=at, facts={"of": "texts in the log"})
        audit.erase(connection, app_id, [ErasableText(*row) for row in rows], entry)
    return len(rows)


def _first_text(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "SELECT place FROM audit_texts WHERE text IS NOT NULL ORDER BY place LIMIT 1"
    ).fetchone()
    return int(row[0]) - 1 if row else 0
