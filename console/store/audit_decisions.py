"""What the log proves of decisions about raised items."""

import sqlite3

from console.domain.audit import AuditEntry, AuditKind, PersonalText
from console.domain.raised import Decision
from console.store import audit, raised_items


def note(connection: sqlite3.Connection, app_id: int, decision: Decision) -> None:
    """Add the row of a decision that is new."""
    audit.add(connection, app_id, _entry(decision, decision.at))


def note_undone(connection: sqlite3.Connection, app_id: int, decision_id: str, at: float) -> None:
    """Add the row that a decision is taken back at ``at`` (unix seconds); before that is kept."""
    stored = raised_items.decision(connection, app_id, decision_id)
    if stored is not None and not stored.undone_at:
        audit.add(connection, app_id, _entry(stored.decision, at, undone=True))


def _entry(decision: Decision, at: float, *, undone: bool = False) -> AuditEntry:
    facts = {
        "decision_id": decision.decision_id,
        "step": "undone" if undone else decision.step.value,
        "items": " ".join(decision.item_ids),
    }
    texts = (PersonalText("note", decision.note),) if decision.note and not undone else ()
    return AuditEntry(kind=AuditKind.DECISION, at=at, by=decision.by, facts=facts, texts=texts)
