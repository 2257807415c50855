"""Notes about people and marks to watch them, on disk. The latest word on each counts."""

import sqlite3

from console.domain.about_person import Note, WatchMark

_KEEP_NOTE = (
    "INSERT INTO notes (app_id, note_id, user_id, text, by, at, removed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_REMOVE = "UPDATE notes SET removed = 1, text = '' WHERE app_id = ? AND note_id = ? AND removed = 0"
_NOTE = "SELECT note_id, user_id, text, by, at, removed FROM notes"
_KEEP_MARK = (
    "INSERT INTO watch_marks (app_id, user_id, name, by, at, watched) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET name = excluded.name, by = excluded.by, at = excluded.at,"
    " watched = excluded.watched WHERE excluded.at > watch_marks.at"
)
_MARK = "SELECT user_id, name, by, at, watched FROM watch_marks"


def keep(connection: sqlite3.Connection, app_id: int, note: Note) -> bool:
    """Keep a note, or that it was removed; False where that changes nothing.

    A note that was removed never comes back.
    """
    row = (note.note_id, note.user_id, note.text, note.by, note.at, note.removed)
    if connection.execute(_KEEP_NOTE, (app_id, *row)).rowcount:
        return True
    if not note.removed:
        return False
    return connection.execute(_REMOVE, (app_id, note.note_id)).rowcount > 0


def of_person(connection: sqlite3.Connection, app_id: int, user_id: str, limit: int) -> list[Note]:
    """The last notes about one person, newest last."""
    tail = "WHERE app_id = ? AND user_id = ? AND removed = 0 ORDER BY at DESC LIMIT ?"
    return _notes(connection, tail, app_id, user_id, limit)[::-1]


def one(connection: sqlite3.Connection, app_id: int, note_id: str) -> Note | None:
    """The note with this id, removed or not."""
    found = _notes(connection, "WHERE app_id = ? AND note_id = ?", app_id, note_id)
    return found[0] if found else None


def since(connection: sqlite3.Connection, app_id: int, at: float, limit: int) -> list[Note]:
    """The notes written since ``at``, oldest first; of very many the last."""
    tail = "WHERE app_id = ? AND at >= ? AND removed = 0 ORDER BY at DESC LIMIT ?"
    return _notes(connection, tail, app_id, at, limit)[::-1]


def keep_mark(connection: sqlite3.Connection, app_id: int, mark: WatchMark) -> bool:
    """Keep a mark; False where a later one is known."""
    row = (mark.user_id, mark.name, mark.by, mark.at, mark.on)
    return connection.execute(_KEEP_MARK, (app_id, *row)).rowcount > 0


def watched(connection: sqlite3.Connection, app_id: int, limit: int) -> list[WatchMark]:
    """The people who are to be watched, those marked last first."""
    tail = "WHERE app_id = ? AND watched = 1 ORDER BY at DESC LIMIT ?"
    return _marks(connection, tail, app_id, limit)


def mark_of(connection: sqlite3.Connection, app_id: int, user_id: str) -> WatchMark | None:
    """The latest mark of a person; None where there never was one."""
    found = _marks(connection, "WHERE app_id = ? AND user_id = ?", app_id, user_id)
    return found[0] if found else None


def _notes(connection: sqlite3.Connection, tail: str, *parameters: object) -> list[Note]:
    return [
        Note(note_id=note_id, user_id=user_id, text=text, by=by, at=at, removed=bool(removed))
        for note_id, user_id, text, by, at, removed in connection.execute(
            f"{_NOTE} {tail}", parameters
        )
    ]


def _marks(connection: sqlite3.Connection, tail: str, *parameters: object) -> list[WatchMark]:
    return [
        WatchMark(user_id=user_id, name=name, by=by, at=at, on=bool(on))
        for user_id, name, by, at, on in connection.execute(f"{_MARK} {tail}", parameters)
    ]
