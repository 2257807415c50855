"""The plan of how long what is kept, on disk; each change of it is a row of the log."""

import sqlite3

import msgspec

from console.domain.audit import AuditEntry, AuditKind
from console.domain.retention import Kept, RetentionPlan
from console.store import audit

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(RetentionPlan).decode


def read(connection: sqlite3.Connection) -> RetentionPlan:
    """The plan in force; the default until somebody changed it."""
    row = connection.execute("SELECT body FROM retention WHERE only = 1").fetchone()
    return _decode(row[0]) if row else RetentionPlan()


def keep(
    connection: sqlite3.Connection, app_id: int, plan: RetentionPlan, *, at: float, by: str
) -> None:
    """Replace the plan, at ``at`` (unix seconds)."""
    before = read(connection)
    if before == plan:
        return
    facts = {"setting": "retention"} | {
        f"{kept.value}": f"{_words(before, kept)} -> {_words(plan, kept)}"
        for kept in Kept
        if before.rule(kept) != plan.rule(kept)
    }
    if before.most_mb != plan.most_mb:
        facts["most_mb"] = f"{before.most_mb} -> {plan.most_mb}"
    audit.add(connection, app_id, AuditEntry(kind=AuditKind.SETTING, at=at, by=by, facts=facts))
    connection.execute(
        "INSERT OR REPLACE INTO retention (only, body, changed_at) VALUES (1, ?, ?)",
        (_encode(plan), at),
    )


def _words(plan: RetentionPlan, kept: Kept) -> str:
    rule = plan.rule(kept)
    return f"{rule.days} days, {rule.at_end.value}"
