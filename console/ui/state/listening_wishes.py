"""Tells each engine what to listen to: what was chosen by hand, and what the settings say."""

from typing import Any

from PySide6.QtCore import QObject

from console.domain.listening import ListeningOptions, ListeningRules
from console.domain.phase import Phase
from console.protocol.listening import SetListening
from console.ui.state.engine_link import EngineLink
from console.ui.state.session_state import SessionState
from console.ui.state.settings import Settings
from console.ui.state.speech_plugin import plugin_of

NAMES = (
    "listen_uncaptioned",
    "listen_hot",
    "listen_hot_calls",
    "listen_at_once",
    "listen_model",
    "listen_plugin_python",
    "listen_plugin",
    "listen_plugin_options",
    "listen_replay",
    "frames_camera_s",
    "frames_screen_s",
)
"""The settings that it depends on."""


class ListeningWishes(QObject):
    """Tells them once there is a sign-in, and whenever they change."""

    def __init__(
        self, session: SessionState, link: EngineLink, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._link = link
        self._settings = settings
        self._told: tuple[Any, ...] = ()
        session.listening.chosen_changed.connect(self._tell)
        session.state_changed.connect(self._follow)
        settings.changed.connect(self._on_setting)

    def wish(self) -> SetListening:
        """What is wished now."""
        read = self._settings
        return SetListening(
            chosen=self._session.listening.chosen,
            rules=ListeningRules(
                uncaptioned=read["listen_uncaptioned"],
                hot=float(read["listen_hot"]),
                hot_calls=read["listen_hot_calls"],
                at_once=read["listen_at_once"],
            ),
            options=ListeningOptions(
                speech=read["listen_model"],
                replay_s=30.0 if read["listen_replay"] else 0.0,
                camera_s=float(read["frames_camera_s"]),
                screen_s=float(read["frames_screen_s"]),
                plugin=plugin_of(read),
            ),
        )

    def _on_setting(self, name: str) -> None:
        if name in NAMES:
            self._tell()

    def _follow(self) -> None:
        state = self._session.state
        live = state.phase is Phase.LIVE
        if live and self._told != (state.profile,):
            self._told = (state.profile,)
            self._tell()
        elif state.phase in (Phase.SIGNED_OUT, Phase.CONNECTING, Phase.RECONNECTING):
            self._told = ()  # the sign-in that comes knows nothing of it

    def _tell(self) -> None:
        if self._session.engine_up and self._session.state.phase is not Phase.SIGNED_OUT:
            self._link.tell(self.wish())
