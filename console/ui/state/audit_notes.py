"""Tells the engine what only the window knows and the log of what was done has to hold."""

import json
from collections import deque
from typing import Any

from PySide6.QtCore import QObject

from console.base.clock import Clock
from console.domain.phase import Phase
from console.protocol.audit import NoteExport, NoteSetting
from console.ui.state.engine_link import EngineLink
from console.ui.state.session_state import SessionState
from console.ui.state.settings import Settings
from console.ui.state.settings_table import SETTINGS

MOST_WAITING = 200
"""Notes of before the sign-in; of more the oldest are lost."""


class AuditNotes(QObject):
    """Changes of settings and exports; what happens before there is a sign-in is told in it."""

    def __init__(
        self,
        session: SessionState,
        link: EngineLink,
        settings: Settings,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._settings = settings
        self._clock = clock
        self._values = {name: settings[name] for name, each in SETTINGS.items() if each.title}
        self._waiting: deque[NoteSetting | NoteExport] = deque(maxlen=MOST_WAITING)
        settings.changed.connect(self._on_setting)
        session.state_changed.connect(self._send)

    def exported(self, what: str, file: str, count: int) -> None:
        """Something was written to ``file``: ``count`` rows or items of ``what``."""
        self._put(NoteExport(what=what, file=file, count=count, at=self._clock.now()))

    def _on_setting(self, name: str) -> None:
        if name not in self._values:
            return  # where a splitter stands and the like
        before, after = self._values[name], self._settings[name]
        self._values[name] = after
        self._put(NoteSetting(name, _text(before), _text(after), self._clock.now()))

    def _put(self, note: NoteSetting | NoteExport) -> None:
        self._waiting.append(note)
        self._send()

    def _send(self) -> None:
        while (
            self._waiting
            and self._session.engine_up
            and self._session.state.phase in (Phase.LIVE, Phase.READING)
        ):
            self._link.tell(self._waiting.popleft())


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
