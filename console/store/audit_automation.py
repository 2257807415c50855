"""What the log proves of automation: who changed its rules, and who stopped what it proposed."""

import hashlib
import sqlite3

from console.domain.audit import AuditEntry, AuditKind, PersonalText, person_texts
from console.domain.automation.proposal import Proposal, ProposalState
from console.store import audit

_VETOES = frozenset({ProposalState.STOPPED, ProposalState.DECLINED})


def note_book(
    connection: sqlite3.Connection, app_id: int, body: bytes, *, at: float, by: str
) -> None:
    """Add the row that other rules hold from now on, by their content; before they are kept."""
    row = connection.execute(
        "SELECT body FROM automation_books WHERE app_id = ?", (app_id,)
    ).fetchone()
    before = _hash(row[0]) if row else ""
    if before == _hash(body):
        return
    facts = {"setting": "automation rules", "before": before, "after": _hash(body)}
    audit.add(connection, app_id, AuditEntry(kind=AuditKind.SETTING, at=at, by=by, facts=facts))


def note_veto(connection: sqlite3.Connection, app_id: int, proposal: Proposal, at: float) -> None:
    """Add a row where a person stops or declines ``proposal``; before it is kept."""
    if proposal.state not in _VETOES:
        return
    row = connection.execute(
        "SELECT state FROM automation_proposals WHERE app_id = ? AND proposal_id = ?",
        (app_id, proposal.proposal_id),
    ).fetchone()
    if row is None or row[0] == proposal.state:
        return
    facts = {
        "proposal_id": proposal.proposal_id,
        "rule": proposal.rule,
        "state": proposal.state.value,
        "cid": proposal.item.cid,
        "item_id": proposal.item.item_id,
    }
    texts = person_texts((proposal.item.author_id,), (proposal.item.author_name,))
    if proposal.note:
        texts = (*texts, PersonalText("note", proposal.note))
    audit.add(
        connection,
        app_id,
        AuditEntry(kind=AuditKind.VETO, at=at, by=proposal.by, facts=facts, texts=texts),
    )


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
