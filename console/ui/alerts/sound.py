"""The sounds of alerts, through whatever can play them here."""

import importlib
import importlib.util
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

LONGEST_S = 3.0
NO_SCREEN = frozenset({"offscreen", "minimal", "vnc"})
"""Platforms of Qt at which nobody sits."""

NO_PLAYER = (
    "Alerts make no sound: neither PySide6's QtMultimedia nor the package miniaudio is installed."
    " Install moderator-console[sound]."
)
NO_DESK = "Alerts make no sound: there is no screen, so nobody sits here."
NO_DEVICE = "Alerts make no sound: no sound device could be opened."


class Player(Protocol):
    """Plays one short file at a time and does not wait for its end."""

    def play(self, file: Path) -> None:
        """Play ``file`` from its beginning."""


class _QtPlayer:
    """QtMultimedia, which comes with the whole of PySide6 and not with its essentials."""

    def __init__(self, multimedia: Any) -> None:
        self._multimedia = multimedia
        self._effects: dict[Path, Any] = {}

    def play(self, file: Path) -> None:
        effect = self._effects.get(file)
        if effect is None:
            effect = self._effects[file] = self._multimedia.QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(file)))
        effect.play()


class _MiniaudioPlayer:
    """miniaudio, in a thread of its own: to import it and to open a device take half a second."""

    def __init__(self, ended: Callable[[bool], object]) -> None:
        """``ended`` is told in that thread whether there was a device."""
        self._ended = ended
        self._playing = threading.Lock()

    def play(self, file: Path) -> None:
        if self._playing.locked():
            return  # two at once are one noise
        threading.Thread(target=self._play, args=(file,), name="alert sound", daemon=True).start()

    def _play(self, file: Path) -> None:
        audio: Any = importlib.import_module("miniaudio")
        over = threading.Event()
        with self._playing:
            try:
                stream = audio.stream_with_callbacks(
                    audio.stream_file(str(file)), end_callback=over.set
                )
                next(stream)
                with audio.PlaybackDevice() as device:
                    device.start(stream)
                    over.wait(LONGEST_S)
                self._ended(True)
            except audio.MiniaudioError as error:
                log.warning("no sound: %s", error)
                self._ended(False)


class Sounds(QObject):
    """The two sounds of alerts, in ``folder``.

    Attributes:
        why_silent: why there is none, in one sentence; "" while nothing speaks against it.

    Signals:
        silent: ``why_silent``, the first time.
    """

    silent = Signal(str)
    _ended = Signal(bool)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._player: Player | None = None
        self._looked = False
        self.why_silent = ""
        self._ended.connect(self._on_ended)

    def play(self, *, critical: bool) -> None:
        """Play the sound of a raised line, or of a critical one."""
        self.look()
        if self._player is not None:
            self._player.play(self._folder / ("critical.wav" if critical else "raised.wav"))

    def look(self) -> None:
        """Find out, once, what can play a sound here."""
        if not self._looked and QGuiApplication.platformName() in NO_SCREEN:
            self.why_silent = NO_DESK  # nobody has to be told
            self._looked = True
        if not self._looked:
            self._looked = True
            self._player = self._find()
            if self._player is None:
                self._stay_silent(NO_PLAYER)

    def _find(self) -> Player | None:
        try:
            return _QtPlayer(importlib.import_module("PySide6.QtMultimedia"))
        except ImportError:
            pass
        installed = importlib.util.find_spec("miniaudio") is not None
        return _MiniaudioPlayer(self._ended.emit) if installed else None

    def _on_ended(self, heard: bool) -> None:
        """A device may be plugged in later, so each alert tries again."""
        if heard:
            self.why_silent = ""
        else:
            self._stay_silent(NO_DEVICE)

    def _stay_silent(self, why: str) -> None:
        if not self.why_silent:
            self.why_silent = why
            self.silent.emit(why)
