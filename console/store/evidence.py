"""Evidence on disk: copied lines and pictures of an act, who held and opened it."""

import sqlite3
from collections.abc import Mapping
from hashlib import sha256

import msgspec

from console.domain.audit import AuditEntry, AuditKind, PersonalText, person_texts
from console.domain.evidence import Evidence, EvidenceEvent, EvidenceHead, EvidenceNote, Hold
from console.store import audit

MOST_LISTED = 500
MOST_NOTES = 200

_HEAD = (
    "SELECT evidence_id, at, kind, cid, by, length(body), held_by, held_why, held_at,"
    " json_extract(body, '$.act.names'), (SELECT count(*) FROM evidence_pictures p"
    " WHERE p.app_id = e.app_id AND p.evidence_id = e.evidence_id) FROM evidence e"
)
_KINDS = {
    EvidenceEvent.OPENED: AuditKind.EVIDENCE_OPENED,
    EvidenceEvent.HELD: AuditKind.EVIDENCE_HELD,
    EvidenceEvent.RELEASED: AuditKind.EVIDENCE_RELEASED,
    EvidenceEvent.EXPORTED: AuditKind.EXPORT,
}

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Evidence).decode
_names = msgspec.json.Decoder(tuple[str, ...]).decode


def keep(
    connection: sqlite3.Connection, app_id: int, evidence: Evidence, jpegs: Mapping[str, bytes]
) -> bool:
    """Keep evidence once; False, and nothing changed, where its act has some already.

    The log gets the hash of every byte of it, so that a change is found.
    """
    act, body = evidence.act, _encode(evidence)
    added = connection.execute(
        "INSERT OR IGNORE INTO evidence (app_id, evidence_id, at, kind, cid, session_id, by, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (app_id, act.act_id, _at(evidence), act.kind, act.cid, act.session_id, act.by, body),
    )
    if not added.rowcount:
        return False
    people = dict.fromkeys((each.line.item.author_id for each in evidence.lines), 0)
    people |= dict.fromkeys(act.user_ids, 1)
    connection.executemany(
        "INSERT OR IGNORE INTO evidence_people (app_id, user_id, target, at, evidence_id)"
        " VALUES (?, ?, ?, ?, ?)",
        [(app_id, who, target, _at(evidence), act.act_id) for who, target in people.items()],
    )
    quoted = [each.line.item for each in evidence.lines if each.theirs or each.subject]
    ids = {key for item in quoted for key in (item.item_id, item.source_id) if key}
    if act.review is not None and act.review.entity_id:
        ids.add(act.review.entity_id)
    connection.executemany(
        "INSERT OR IGNORE INTO evidence_items (app_id, item_id, evidence_id) VALUES (?, ?, ?)",
        [(app_id, item_id, act.act_id) for item_id in ids],
    )
    connection.executemany(
        "INSERT INTO evidence_pictures (app_id, evidence_id, picture_id, jpeg) VALUES (?, ?, ?, ?)",
        [(app_id, act.act_id, picture_id, jpeg) for picture_id, jpeg in jpegs.items()],
    )
    facts = {
        "evidence_id": act.act_id,
        "sha256": sha256(body).hexdigest(),
        **{f"jpeg {key}": sha256(jpeg).hexdigest() for key, jpeg in jpegs.items()},
    }
    entry = AuditEntry(
        kind=AuditKind.EVIDENCE_FROZEN,
        at=evidence.frozen_at,
        by=act.by,
        facts=facts,
        texts=person_texts(act.user_ids),
    )
    audit.add(connection, app_id, entry)
    return True


def body_of(connection: sqlite3.Connection, app_id: int, evidence_id: str) -> bytes:
    """The JSON of an evidence, byte by byte as it was kept; empty where there is none."""
    query = "SELECT body FROM evidence WHERE app_id = ? AND evidence_id = ?"
    row = connection.execute(query, (app_id, evidence_id)).fetchone()
    return bytes(row[0]) if row else b""


def one(connection: sqlite3.Connection, app_id: int, evidence_id: str) -> Evidence | None:
    """The evidence of this act; None where there is none."""
    body = body_of(connection, app_id, evidence_id)
    return _decode(body) if body else None


def pictures(connection: sqlite3.Connection, app_id: int, evidence_id: str) -> dict[str, bytes]:
    """The JPEGs of an evidence by the hash of the picture; those withheld since are left out."""
    rows = connection.execute(
        "SELECT p.picture_id, p.jpeg FROM evidence_pictures p WHERE p.app_id = ?"
        " AND p.evidence_id = ? AND NOT EXISTS (SELECT 1 FROM withheld_pictures w"
        " WHERE w.app_id = p.app_id AND w.picture_id = p.picture_id)",
        (app_id, evidence_id),
    )
    return {picture_id: bytes(jpeg) for picture_id, jpeg in rows}


def without(connection: sqlite3.Connection, app_id: int, since: float, limit: int) -> list[str]:
    """The ids of acts since ``since`` (unix seconds) that have no evidence, oldest first."""
    rows = connection.execute(
        "SELECT act_id FROM acts a WHERE app_id = ? AND requested_at >= ? AND NOT EXISTS"
        " (SELECT 1 FROM evidence e WHERE e.app_id = a.app_id AND e.evidence_id = a.act_id)"
        " ORDER BY place DESC LIMIT ?",
        (app_id, since, limit),
    )
    return [act_id for (act_id,) in rows.fetchall()[::-1]]


def recent(connection: sqlite3.Connection, app_id: int, limit: int) -> list[EvidenceHead]:
    """The last evidence, newest first."""
    return _heads(connection, "WHERE e.app_id = ? ORDER BY at DESC LIMIT ?", app_id, limit)


def of_act(connection: sqlite3.Connection, app_id: int, act_id: str) -> list[EvidenceHead]:
    """The evidence of one act, if there is any."""
    return _heads(connection, "WHERE e.app_id = ? AND e.evidence_id = ?", app_id, act_id)


def of_person(connection: sqlite3.Connection, app_id: int, user_id: str) -> list[EvidenceHead]:
    """The evidence of acts on one person, newest first."""
    tail = (
        "WHERE e.app_id = ? AND e.evidence_id IN (SELECT evidence_id FROM evidence_people"
        " WHERE app_id = e.app_id AND user_id = ? AND target = 1) ORDER BY at DESC LIMIT ?"
    )
    return _heads(connection, tail, app_id, user_id, MOST_LISTED)


def of_item(connection: sqlite3.Connection, app_id: int, item_id: str) -> list[EvidenceHead]:
    """The evidence that quotes an item, by its id here or at Stream, newest first."""
    tail = (
        "WHERE e.app_id = ? AND e.evidence_id IN (SELECT evidence_id FROM evidence_items"
        " WHERE app_id = e.app_id AND item_id = ?) ORDER BY at DESC LIMIT ?"
    )
    return _heads(connection, tail, app_id, item_id, MOST_LISTED)


def hold_of(connection: sqlite3.Connection, app_id: int, evidence_id: str) -> Hold | None:
    """Who holds an evidence; None while nobody does."""
    heads = of_act(connection, app_id, evidence_id)
    return heads[0].hold if heads else None


def change_hold(
    connection: sqlite3.Connection, app_id: int, evidence_id: str, hold: Hold | None
) -> None:
    """Hold an evidence, or release it for None."""
    held = (hold.by, hold.why, hold.at) if hold is not None else ("", "", 0.0)
    connection.execute(
        "UPDATE evidence SET held_by = ?, held_why = ?, held_at = ?"
        " WHERE app_id = ? AND evidence_id = ?",
        (*held, app_id, evidence_id),
    )


def note(
    connection: sqlite3.Connection, app_id: int, evidence_id: str, event: EvidenceNote
) -> None:
    """Note who did what with an evidence, here and in the log that cannot be changed silently."""
    connection.execute(
        "INSERT INTO evidence_events (app_id, evidence_id, at, by, what, why)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (app_id, evidence_id, event.at, event.by, event.what.value, event.why),
    )
    texts = (PersonalText("why", event.why),) if event.why else ()
    facts = {"evidence_id": evidence_id, "what": event.what.value}
    kind = _KINDS[event.what]
    entry = AuditEntry(kind=kind, at=event.at, by=event.by, facts=facts, texts=texts)
    audit.add(connection, app_id, entry)


def notes(connection: sqlite3.Connection, app_id: int, evidence_id: str) -> list[EvidenceNote]:
    """Who did what with an evidence, oldest first; of very much the last."""
    rows = connection.execute(
        "SELECT at, by, what, why FROM evidence_events WHERE app_id = ? AND evidence_id = ?"
        " ORDER BY place DESC LIMIT ?",
        (app_id, evidence_id, MOST_NOTES),
    ).fetchall()
    return [EvidenceNote(at, by, EvidenceEvent(what), why) for at, by, what, why in rows[::-1]]


def _at(evidence: Evidence) -> float:
    return evidence.act.requested_at or evidence.frozen_at


def _heads(connection: sqlite3.Connection, tail: str, *parameters: object) -> list[EvidenceHead]:
    found = []
    for row in connection.execute(f"{_HEAD} {tail}", parameters):
        evidence_id, at, kind, cid, by, size, held_by, held_why, held_at, names, many = row
        hold = Hold(held_by, held_why, held_at) if held_by else None
        head = EvidenceHead(
            evidence_id=evidence_id,
            at=at,
            kind=kind,
            cid=cid,
            by=by,
            names=_names(names or "[]"),
            size=size,
            pictures=many,
            hold=hold,
        )
        found.append(head)
    return found
