"""What moderators remember of people: who is to be watched, and whose notes changed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.about_person import WatchMark
from console.protocol.people import NotesChanged, WatchedChanged


class AboutPeople(QObject):
    """Signals: watched_changed carries the user ids whose mark changed, notes_changed those about
    whom a note was written or taken back.
    """

    watched_changed = Signal(object)
    notes_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.marks: dict[str, WatchMark] = {}
        """Of those who are to be watched."""
        self.handlers: dict[type, Callable[[Any], None]] = {
            WatchedChanged: self._change_marks,
            NotesChanged: lambda changed: self.notes_changed.emit(changed.user_ids),
        }

    def watched(self, user_id: str) -> bool:
        """Whether a moderator said that this person is to be watched."""
        return user_id in self.marks

    def clear(self) -> None:
        """Forget everybody."""
        self._change_marks(WatchedChanged(whole=True))

    def _change_marks(self, change: WatchedChanged) -> None:
        changed = {mark.user_id for mark in change.changed}
        if change.whole:
            changed |= self.marks.keys()
            self.marks.clear()
        for mark in change.changed:
            if mark.on:
                self.marks[mark.user_id] = mark
            else:
                self.marks.pop(mark.user_id, None)
        if changed:
            self.watched_changed.emit(frozenset(changed))
