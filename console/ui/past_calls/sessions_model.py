"""The rows of the list of past calls: one a session, in the order in which the store gave them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from console.base.clock import Clock
from console.base.plain_text import visible
from console.domain.past import PastSession
from console.ui.past_calls.words import row_spoken
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index

SESSION = Qt.ItemDataRole.UserRole


def key_of(session: PastSession) -> str:
    """What names the row of a session."""
    return f"{session.cid}\x1f{session.session_id}"


class SessionsModel(OrderedRows):
    """Sessions by key, page after page."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._sessions: dict[str, PastSession] = {}
        self._order: list[str] = []

    def show_page(self, sessions: Sequence[PastSession], *, more: bool) -> None:
        """Show ``sessions``; ``more``: behind those that are shown."""
        page = {key_of(each): each for each in sessions}
        keys = list(page)
        self._order = list(dict.fromkeys([*self._order, *keys])) if more else keys
        known = self._sessions if more or self.held else {}
        changed = [key for key, each in page.items() if self._sessions.get(key) != each]
        self._sessions = known | page
        self.rearrange()
        self.touch(changed)

    def wanted_keys(self) -> list[str]:
        return self._order

    def hold(self, reason: str = "pointer") -> None:
        # Rows change only when somebody asks for others: that must not wait for the keyboard.
        if reason not in ("focus", "pointer"):
            super().hold(reason)

    def session(self, row: int) -> PastSession | None:
        """The session of a row."""
        return self._sessions.get(self.key(row))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        session = self.session(index.row()) if index.isValid() else None
        if session is None:
            return None
        if role == SESSION:
            return session
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(session.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row_spoken(session, self._clock.now())
            case _:
                return None
