"""What the log proves of acts: that they were wanted, by whom, and how they came out."""

import sqlite3

import msgspec

from console.domain.act import AUTOMATION, BY_CLOCK, Act, Receipt, ReceiptState
from console.domain.audit import AuditEntry, AuditKind, PersonalText, person_texts
from console.store import audit

_ENDED = frozenset({ReceiptState.SEEN, ReceiptState.UNCONFIRMED, ReceiptState.FAILED})

_act = msgspec.json.Decoder(Act).decode


def note_wanted(connection: sqlite3.Connection, app_id: int, act: Act, receipt: Receipt) -> None:
    """Add the row of an act that was put in the outbox, or was refused."""
    audit.add(connection, app_id, _wanted(act, receipt, act.requested_at or receipt.queued_at))


def note_step(
    connection: sqlite3.Connection, app_id: int, receipt: Receipt, *, at: float | None = None
) -> None:
    """Add a row where ``receipt`` ends an act or begins it again; before the receipt is kept."""
    row = connection.execute(
        "SELECT state, act FROM acts WHERE app_id = ? AND act_id = ?", (app_id, receipt.act_id)
    ).fetchone()
    if row is None or row[0] == receipt.state:
        return
    act = _act(row[1])
    if receipt.state in _ENDED:
        audit.add(connection, app_id, _outcome(act, receipt, at))
    elif row[0] in _ENDED:
        again = _wanted(act, receipt, receipt.sent_at or receipt.queued_at)
        audit.add(connection, app_id, again)


def _wanted(act: Act, receipt: Receipt, at: float) -> AuditEntry:
    automatic = act.by in (AUTOMATION, BY_CLOCK)
    facts = {
        "act_id": act.act_id,
        "act": act.kind,
        "cid": act.cid,
        "session_id": act.session_id,
        "people": str(len(act.user_ids)),
        "state": receipt.state.value,
        "minutes": "" if act.minutes is None else str(act.minutes),
        "undo_of": act.undo_of,
        "rule": act.rule,
        "item_id": act.item.item_id if act.item else "",
    }
    return AuditEntry(
        kind=AuditKind.AUTOMATIC_ACT if automatic else AuditKind.ACT,
        at=at,
        by=act.by,
        facts={name: fact for name, fact in facts.items() if fact},
        texts=(
            *person_texts(act.user_ids, act.names),
            *_said("reason", act.reason),
            *_said("refused", receipt.reason),
        ),
    )


def _outcome(act: Act, receipt: Receipt, at: float | None) -> AuditEntry:
    times = receipt.seen_at, receipt.accepted_at, receipt.sent_at, receipt.queued_at
    facts = {
        "act_id": act.act_id,
        "act": act.kind,
        "cid": act.cid,
        "state": receipt.state.value,
        "attempts": str(receipt.attempts),
        "evidence": receipt.evidence,
    }
    return AuditEntry(
        kind=AuditKind.OUTCOME,
        at=max(times) if at is None else at,
        by=act.by,
        facts={name: fact for name, fact in facts.items() if fact},
        texts=(
            *person_texts(act.user_ids),
            *_said("reason", receipt.reason),
            *_said("details", receipt.details),
        ),
    )


def _said(what: str, text: str) -> tuple[PersonalText, ...]:
    return (PersonalText(what, text),) if text else ()
