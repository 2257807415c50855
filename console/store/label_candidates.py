"""Items that may be worth a label of a moderator, read from what was judged and done."""

import sqlite3

import msgspec

from console.domain.act import Act, Receipt
from console.domain.automation.proposal import Proposal
from console.domain.verdict import JudgedItem
from console.store import items, verdicts

NEWEST = 20_000
"""Only among so many items are the unsure ones looked for: it reads every verdict of them."""
MOST_PEOPLE = 10
"""People of one act of whom it is looked up what they said before."""

_DIFFERENT = (
    " JOIN verdicts l ON l.app_id = i.app_id AND l.item_id = i.item_id"
    "  AND l.revision = i.revision AND l.source = 'local'"
    " JOIN verdicts s ON s.app_id = i.app_id AND s.item_id = i.item_id"
    "  AND s.revision = i.revision AND s.source = 'stream'"
    " WHERE i.app_id = ? AND l.action <> s.action ORDER BY i.place DESC LIMIT ?"
)
_MEASURED = (
    " JOIN verdicts l ON l.app_id = i.app_id AND l.item_id = i.item_id"
    "  AND l.revision = i.revision AND l.source = 'local'"
    " WHERE i.app_id = ? AND i.place > (SELECT coalesce(max(place), 0) FROM items) - ?"
    " AND json_extract(l.body, '$.confidence') IS NOT NULL ORDER BY i.place DESC LIMIT ?"
)
_UNDONE = (
    "SELECT act, receipt FROM acts WHERE app_id = ? AND json_extract(receipt, '$.undone_by') <> ''"
    " ORDER BY place DESC LIMIT ?"
)
_OVERTURNED = (
    "SELECT body FROM automation_proposals WHERE app_id = ? AND state = 'overturned'"
    " ORDER BY place DESC LIMIT ?"
)
_SAID_BEFORE = (
    "WHERE app_id = ? AND cid = ? AND author_id = ? AND received_at BETWEEN ? AND ?"
    " AND item_id IN (SELECT item_id FROM raised_items WHERE app_id = i.app_id)"
    " ORDER BY received_at DESC LIMIT 1"
)

_act = msgspec.json.Decoder(Act).decode
_receipt = msgspec.json.Decoder(Receipt).decode
_proposal = msgspec.json.Decoder(Proposal).decode


def judged_differently(connection: sqlite3.Connection, app_id: int, limit: int) -> list[JudgedItem]:
    """Items of which the policy and Stream recommend different actions, newest first."""
    return verdicts.judged(connection, app_id, items.select(connection, _DIFFERENT, app_id, limit))


def measured(connection: sqlite3.Connection, app_id: int, limit: int) -> list[JudgedItem]:
    """Items whose local verdict has a confidence, newest first; only among the NEWEST."""
    found = items.select(connection, _MEASURED, app_id, NEWEST, limit)
    return verdicts.judged(connection, app_id, found)


def undone(
    connection: sqlite3.Connection, app_id: int, look_back_s: float, limit: int
) -> list[tuple[JudgedItem, Act]]:
    """What the last acts that somebody took back were about: what they name, else what was raised
    of the person at most ``look_back_s`` before.
    """
    found: list[tuple[JudgedItem, Act]] = []
    for body, receipt in connection.execute(_UNDONE, (app_id, limit)).fetchall():
        act = _act(body)
        if not _receipt(receipt).overturned:
            continue
        if act.item is not None:
            known = items.with_ids(connection, app_id, [act.item.item_id])
            found += [(judged, act) for judged in verdicts.judged(connection, app_id, known)]
            continue
        for user_id in act.user_ids[:MOST_PEOPLE]:
            when = act.requested_at - look_back_s, act.requested_at
            key = app_id, act.cid, user_id, *when
            said = items.select(connection, _SAID_BEFORE, *key)
            found += [(judged, act) for judged in verdicts.judged(connection, app_id, said)]
    return found


def overturned(
    connection: sqlite3.Connection, app_id: int, limit: int
) -> list[tuple[JudgedItem, Proposal]]:
    """The items of proposals of automation that were carried out and that a person took back."""
    found: list[tuple[JudgedItem, Proposal]] = []
    for (body,) in connection.execute(_OVERTURNED, (app_id, limit)).fetchall():
        proposal = _proposal(body)
        known = items.with_ids(connection, app_id, [proposal.item.item_id])
        found += [(judged, proposal) for judged in verdicts.judged(connection, app_id, known)]
    return found
