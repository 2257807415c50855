"""The team as the window knows it: who is there, and what they did lately."""

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.names import plain_name
from console.domain.team import Colleague, Told
from console.protocol.team import TeamChanged, TeamTold

KEPT = 1_000


class Team(QObject):
    """
    Signals: changed; told carries what was done since the last one, oldest first; watched_changed
    carries the cids of calls at which others look now than before.
    """

    changed = Signal()
    watched_changed = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = TeamChanged()
        self._at: dict[str, tuple[str, ...]] = {}
        """Who looks at each call, by cid."""
        self.lately: deque[Told] = deque(maxlen=KEPT)
        self.handlers: dict[type, Callable[[Any], None]] = {
            TeamChanged: self._change,
            TeamTold: self._tell,
        }

    def name_of(self, user_id: str) -> str:
        """How a moderator is called; hostile. The id where nobody is known by it."""
        for colleague in self.now.colleagues:
            if colleague.user_id == user_id:
                return colleague.name
        members = {member.user_id: member.name for member in self.now.members}
        return members.get(user_id) or user_id

    def called(self, user_id: str) -> str:
        """How a moderator is called, safe to look at; "" for nobody."""
        return plain_name(self.name_of(user_id), user_id) if user_id else ""

    def looking_at(self, cid: str, *, but: str = "") -> list[Colleague]:
        """Who looks at this call now, apart from the user ``but``."""
        return [one for one in self.now.colleagues if one.cid == cid != "" and one.user_id != but]

    def names_at(self, cid: str, *, but: str = "") -> list[str]:
        """How those are called who look at this call, apart from the user ``but``."""
        return [self.called(one.user_id) for one in self.looking_at(cid, but=but)]

    def watchers(self, cid: str, me: str) -> tuple[str, ...] | None:
        """How those are called who look at this call now, ``me`` first and as "you".

        None where it is not known, because there is no team or its channel cannot be read.
        """
        if not self.now.joined:
            return None
        ids = self._at.get(cid, ())
        others = tuple(self.called(user_id) for user_id in ids if user_id != me)
        return ("you", *others) if me in ids else others

    def clear(self) -> None:
        """Forget everybody."""
        self.lately.clear()
        self._change(TeamChanged())

    def _change(self, change: TeamChanged) -> None:
        joined_before, self.now = self.now.joined, change
        at: dict[str, tuple[str, ...]] = {}
        for one in change.colleagues:
            if one.cid:
                at[one.cid] = (*at.get(one.cid, ()), one.user_id)
        before, self._at = self._at, at
        moved = {cid for cid in before.keys() | at.keys() if before.get(cid) != at.get(cid)}
        self.changed.emit()
        if change.joined != joined_before:
            self.watched_changed.emit(())
        elif moved:
            self.watched_changed.emit(tuple(moved))

    def _tell(self, told: TeamTold) -> None:
        self.lately.extend(told.told)
        self.told.emit(told.told)
