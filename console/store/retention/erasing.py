"""Erases a person: what they said, showed and what was copied of it goes; what is held stays."""

import sqlite3
from typing import NamedTuple

import msgspec

from console.domain.act import Act
from console.domain.audit import AuditEntry, AuditKind, PersonalText
from console.store import audit
from console.store.retention import copies, deleting, in_force

_decode = msgspec.json.Decoder(Act).decode
_encode = msgspec.json.Encoder().encode

_ON = (
    f"SELECT a.act_id, a.act, {in_force.act('a')}"
    " FROM acts a JOIN act_people p USING (app_id, act_id) WHERE p.app_id = ? AND p.user_id = ?"
)
_EVIDENCE = (
    f"SELECT evidence_id, held_by <> '', max(target), {in_force.EVIDENCE}"
    " FROM evidence_people JOIN evidence USING (app_id, evidence_id)"
    " WHERE app_id = ? AND user_id = ? GROUP BY evidence_id"
)


class Standing(NamedTuple):
    """What would go of a person, and what would be spared.

    Attributes:
        items: lines, messages and pictures. acts: done to them, here and by colleagues.
        evidence: copied for acts. notes: about them, the mark to watch them included.
        held: evidence that would be spared because somebody holds it. in_force: acts that would
            be, with their evidence, because they are under way or in force.
    """

    items: int = 0
    acts: int = 0
    evidence: int = 0
    notes: int = 0
    held: int = 0
    in_force: int = 0


class Erased(NamedTuple):
    """How much went, and how much was spared.

    Attributes:
        held: evidence that somebody holds. in_force: acts that are under way or in force; the
            evidence of these is spared, too.
        texts: of the log of what was done, which stays whole.
    """

    items: int = 0
    pictures: int = 0
    acts: int = 0
    evidence: int = 0
    notes: int = 0
    texts: int = 0
    held: int = 0
    in_force: int = 0

    def __add__(self, other: object) -> "Erased":
        if not isinstance(other, Erased):
            return NotImplemented
        return Erased(*(one + more for one, more in zip(self, other, strict=True)))


def standing(connection: sqlite3.Connection, app_id: int, user_id: str) -> Standing:
    """What erasing a person would take, and what it would spare."""
    key = (app_id, user_id)

    def counted(query: str) -> int:
        return int(connection.execute(query, key).fetchone()[0])

    acts = connection.execute(_ON, key).fetchall()
    evidence = connection.execute(_EVIDENCE, key).fetchall()
    return Standing(
        items=counted("SELECT count(*) FROM items WHERE app_id = ? AND author_id = ?"),
        acts=sum(not kept for _, _, kept in acts)
        + counted("SELECT count(*) FROM colleague_acts WHERE app_id = ? AND user_id = ?"),
        evidence=sum(not held and not (aimed and needed) for _, held, aimed, needed in evidence),
        notes=counted("SELECT count(*) FROM notes WHERE app_id = ? AND user_id = ? AND removed = 0")
        + counted("SELECT count(*) FROM watch_marks WHERE app_id = ? AND user_id = ? AND watched"),
        held=sum(held for _, held, _, _ in evidence),
        in_force=sum(bool(kept) for _, _, kept in acts),
    )


def erase_items(connection: sqlite3.Connection, app_id: int, user_id: str, *, limit: int) -> Erased:
    """Erase some of what a person said and showed, with the pictures that nobody else showed."""
    connection.execute("PRAGMA secure_delete = ON")
    found = connection.execute(
        "SELECT item_id, body FROM items WHERE app_id = ? AND author_id = ? LIMIT ?",
        (app_id, user_id, limit),
    ).fetchall()
    ids = [(app_id, item_id) for item_id, _ in found]
    earlier = [
        body
        for key in ids
        for (body,) in connection.execute(
            "SELECT body FROM replaced_bodies WHERE app_id = ? AND item_id = ?", key
        )
    ]
    pictures = deleting.pictures_in([*(body for _, body in found), *earlier])
    deleting.items(connection, ids)
    gone = 0
    for picture_id in pictures:
        shown = connection.execute(
            "SELECT 1 FROM items WHERE app_id = ? AND kind <> 'caption'"
            " AND instr(body, CAST(? AS BLOB)) > 0 LIMIT 1",
            (app_id, picture_id),
        ).fetchone()
        if shown is None:
            query = "DELETE FROM pictures WHERE app_id = ? AND picture_id = ?"
            gone += connection.execute(query, (app_id, picture_id)).rowcount
    return Erased(items=len(ids), pictures=gone)


def erase_rest(
    connection: sqlite3.Connection,
    app_id: int,
    user_id: str,
    before: Erased,
    *,
    at: float,
    by: str,
) -> Erased:
    """Erase what else is kept of a person, and say in the log that they were erased.

    ``before``: what went already. Returns all that went.
    """
    connection.execute("PRAGMA secure_delete = ON")
    erased = (
        before
        + _erase_acts(connection, app_id, user_id)
        + _erase_evidence(connection, app_id, user_id, at=at, by=by)
        + _erase_notes(connection, app_id, user_id)
    )
    texts = audit.texts_about(connection, app_id, user_id)
    erased += Erased(texts=len(texts))
    facts = {name: str(many) for name, many in erased._asdict().items() if name != "texts"}
    who = (PersonalText("person", user_id, user_id),) if erased.held or erased.in_force else ()
    entry = AuditEntry(kind=AuditKind.ERASED, at=at, by=by, facts=facts, texts=who)
    audit.erase(connection, app_id, texts, entry)
    return erased


def _erase_acts(connection: sqlite3.Connection, app_id: int, user_id: str) -> Erased:
    gone = spared = 0
    for act_id, body, kept in connection.execute(_ON, (app_id, user_id)).fetchall():
        if kept:
            spared += 1
            continue
        gone += 1
        rest = _without(_decode(body), user_id)
        if rest is None:
            deleting.acts(connection, [(app_id, act_id)])
            continue
        connection.execute(
            "UPDATE acts SET act = ? WHERE app_id = ? AND act_id = ?",
            (_encode(rest), app_id, act_id),
        )
        connection.execute(
            "DELETE FROM act_people WHERE app_id = ? AND act_id = ? AND user_id = ?",
            (app_id, act_id, user_id),
        )
    gone += _erase_colleague_acts(connection, app_id, user_id)
    connection.execute(
        "DELETE FROM automation_proposals WHERE app_id = ? AND user_id = ?", (app_id, user_id)
    )
    return Erased(acts=gone, in_force=spared)


def _erase_colleague_acts(connection: sqlite3.Connection, app_id: int, user_id: str) -> int:
    found = connection.execute(
        "SELECT act_id, act FROM colleague_acts WHERE app_id = ? AND user_id = ?",
        (app_id, user_id),
    ).fetchall()
    for act_id, body in found:
        rest = _without(_decode(body), user_id)
        if rest is not None:
            connection.execute(
                "UPDATE colleague_acts SET act = ? WHERE app_id = ? AND act_id = ?",
                (_encode(rest), app_id, act_id),
            )
    connection.execute(
        "DELETE FROM colleague_acts WHERE app_id = ? AND user_id = ?", (app_id, user_id)
    )
    return len(found)


def _without(act: Act, user_id: str) -> Act | None:
    """An act on a crowd without one of them; None where nobody is left."""
    at = [number for number, each in enumerate(act.user_ids) if each != user_id]
    if not at:
        return None
    spoken = act.item is not None and act.item.author_id == user_id
    return msgspec.structs.replace(
        act,
        user_ids=tuple(act.user_ids[number] for number in at),
        names=tuple(act.names[number] for number in at if number < len(act.names)),
        each=tuple(act.each[number] for number in at if number < len(act.each)),
        item=None if spoken else act.item,
        reason="",
    )


def _erase_evidence(
    connection: sqlite3.Connection, app_id: int, user_id: str, *, at: float, by: str
) -> Erased:
    gone = held = 0
    found = connection.execute(_EVIDENCE, (app_id, user_id)).fetchall()
    for evidence_id, is_held, aimed, needed in found:
        if is_held:
            held += 1
        elif not aimed:
            gone += 1
            copies.take_out(connection, app_id, evidence_id, user_id)
        elif not needed:  # else it is spared with its act, and counted there
            gone += 1
            why = "the person was erased"
            deleting.evidence(connection, app_id, evidence_id, at=at, by=by, why=why)
    return Erased(evidence=gone, held=held)


def _erase_notes(connection: sqlite3.Connection, app_id: int, user_id: str) -> Erased:
    gone = 0
    for table, column in (("notes", "user_id"), ("watch_marks", "user_id")):
        query = f"DELETE FROM {table} WHERE app_id = ? AND {column} = ?"
        gone += connection.execute(query, (app_id, user_id)).rowcount
    for table, column in (("given_labels", "author_id"), ("known_names", "user_id")):
        connection.execute(
            f"DELETE FROM {table} WHERE app_id = ? AND {column} = ?", (app_id, user_id)
        )
    return Erased(notes=gone)
