"""The rows of the board: what ends first comes first."""

from typing import Any

from PySide6.QtCore import QObject, Qt

from console.base.plain_text import visible
from console.domain.sanction import Sanction
from console.ui.sanctions.sanction_words import (
    by_words,
    form_words,
    left_token,
    left_words,
    name_words,
    where_words,
)
from console.ui.state.targets import Target
from console.ui.state.window_context import WindowContext
from console.ui.widgets.folding import folded_words, holds
from console.ui.widgets.ordered_rows import OrderedRows
from console.ui.widgets.roles import Index, Role
from console.ui.widgets.timers import ticking

TICK_MS = 1000
SANCTION = Qt.ItemDataRole.UserRole
LEFT = Qt.ItemDataRole.UserRole + 100


class SanctionsModel(OrderedRows):
    """One row a sanction; ``search`` narrows them by name, call, form and who set it."""

    def __init__(self, context: WindowContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._clock = context.session, context.clock
        self._shown: dict[str, Sanction] = {}
        self._words: list[str] = []
        self._timer = ticking(TICK_MS, self)
        self._timer.timeout.connect(lambda: self.touch(self.keys()))
        self._timer.start()
        self._session.sanctions.changed.connect(self.rearrange)
        self._session.names_changed.connect(lambda _cid: self.touch(self.keys()))
        self.rearrange()

    def search(self, typed: str) -> None:
        """Show only rows that have every word of ``typed``."""
        self._words = folded_words(typed)
        self.rearrange()

    def wanted_keys(self) -> list[str]:
        found = self._session.sanctions.all()
        return [one.sanction_id for one in found if holds(self._said_of(one), self._words)]

    def rearrange(self) -> None:
        # Rows that are over keep their data while they are held.
        known = {} if not self.held else dict(self._shown)
        now = {one.sanction_id: one for one in self._session.sanctions.all()}
        changed = [key for key, one in now.items() if self._shown.get(key) != one]
        self._shown = known | now
        super().rearrange()
        self.touch(changed)

    def hold(self, reason: str = "pointer") -> None:
        # Keys act on what is chosen and not on a row: with the keyboard here alone, rows may go.
        if reason != "focus":
            super().hold(reason)

    def sanction(self, row: int) -> Sanction | None:
        """The sanction of a row."""
        return self._shown.get(self.key(row))

    def target(self, sanction: Sanction) -> Target:
        """Whom it concerns, for the inspector."""
        call = self._session.call(sanction.place)
        return Target(
            cid=sanction.place,
            session_id=call.session_id if call else "",
            user_id=sanction.user_id,
            name=sanction.name or sanction.user_id,
            call_name=call.name if call else sanction.call_name,
        )

    def name(self, sanction: Sanction) -> str:
        """How the person is told apart from all others in the call."""
        if not sanction.cid:
            return name_words(sanction)
        return self._session.names.shown(sanction.cid, sanction.user_id, sanction.name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        sanction = self.sanction(index.row()) if index.isValid() else None
        if sanction is None:
            return None
        now = self._clock.now()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.name(sanction)
            case Qt.ItemDataRole.AccessibleTextRole:
                left = left_words(sanction, now)
                return f"{self.name(sanction)}, {self._note(sanction)}, {left}"
            case Role.CALL_NAME:
                return self._note(sanction)
            case Role.TARGET:
                return self.target(sanction)
            case Role.TONE:
                return left_token(sanction, now)
            case Role.GONE:
                return self.key(index.row()) in self._gone
        if role == SANCTION:
            return sanction
        return left_words(sanction, now) if role == LEFT else None

    def _note(self, sanction: Sanction) -> str:
        if sanction.trouble:
            return f"not lifted: {visible(sanction.trouble)}"
        by = by_words(sanction.newest.by, self._session.state.user_id)
        return f"{form_words(sanction)} by {by} · {where_words(sanction)}"

    def _said_of(self, sanction: Sanction) -> str:
        reasons = " ".join(claim.reason for claim in sanction.claims)
        return f"{self.name(sanction)} {sanction.user_id} {self._note(sanction)} {reasons}"
