"""Gives lines that wait for a verdict to the next engine, which may not know them.

A store that takes nothing leaves lines in the memory of the engine. Where that engine ends before
there is room, the window alone holds them.
"""

from collections import deque
from itertools import islice

from PySide6.QtCore import QObject

from console.domain.phase import MEANINGS, Phase
from console.domain.verdict import JudgedItem
from console.protocol.lines import ReturnLines
from console.protocol.to_window import EngineState
from console.ui.state.engine_link import EngineLink
from console.ui.state.session_state import SessionState

MOST = 20_000
"""As many as an engine holds of what it could not write; the newest are given."""

TOGETHER = 50
"""So many of the longest lines fit into one message."""


class ReturnedLines(QObject):
    """Once in each sign-in, when its calls are heard."""

    def __init__(
        self, session: SessionState, link: EngineLink, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._owed = False
        session.state_changed.connect(self._on_state)

    def _on_state(self, state: EngineState) -> None:
        if state.phase is Phase.CONNECTING:
            self._owed = True
        elif self._owed and MEANINGS[state.phase].hears:
            self._owed = False
            self._give_back()

    def _give_back(self) -> None:
        waiting = (line for line in self._session.history.lines() if line.waiting)
        newest = iter(deque(waiting, maxlen=MOST))
        while some := tuple(islice(newest, TOGETHER)):
            lines = tuple(
                JudgedItem(line.item, () if line.verdict is None else (line.verdict,))
                for line in some
            )
            self._link.tell(ReturnLines(lines))
