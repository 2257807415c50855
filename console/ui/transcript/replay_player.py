"""Plays sound that is only in memory: nothing of it is written to a file."""

import importlib
import importlib.util
import logging
import threading
import time
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from console.ui.alerts.sound import NO_SCREEN

log = logging.getLogger(__name__)

NO_PLAYER = (
    "Nothing here can play sound: neither PySide6's QtMultimedia nor the package miniaudio is"
    " installed. Install moderator-console[sound]."
)
NO_DESK = "There is no screen, so nobody sits here to hear it."
NO_DEVICE = "No sound device could be opened."
LONGEST_S = 60.0
LOOK_MS = 100
RATE = 16_000
_WAV_HEAD = 44


class ReplayPlayer(QObject):
    """Plays one WAV (16 kHz, mono, 16 bits) at a time.

    Signals:
        ended: why it could not be heard to its end; "" where it could.
    """

    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._sink: Any = None
        self._buffer: QBuffer | None = None
        self._began = 0.0
        # Not by QAudioSink.stateChanged: PySide6 6.11 cannot hand its argument to Python.
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._look)

    @property
    def playing(self) -> bool:
        """Whether something is heard now."""
        if self._sink is not None:
            return True
        return self._thread is not None and self._thread.is_alive()

    def play(self, wav: bytes) -> str:
        """Begin to play; returns why that cannot be."""
        self.stop()
        if QGuiApplication.platformName() in NO_SCREEN:
            return NO_DESK
        try:
            multimedia = importlib.import_module("PySide6.QtMultimedia")
        except ImportError:
            return self._play_small(wav)
        return self._play_by_qt(multimedia, wav)

    def stop(self) -> None:
        """Be silent."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(1.0)
            self._thread = None
        if self._sink is not None:
            self._looks.stop()
            self._sink.stop()
            self._sink = self._buffer = None

    def _play_by_qt(self, multimedia: Any, wav: bytes) -> str:
        if multimedia.QMediaDevices.defaultAudioOutput().isNull():
            return NO_DEVICE
        sound = multimedia.QAudioFormat()
        sound.setSampleRate(RATE)
        sound.setChannelCount(1)
        sound.setSampleFormat(multimedia.QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(wav[_WAV_HEAD:]))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._sink = multimedia.QAudioSink(sound, self)
        self._sink.start(self._buffer)
        self._began = time.monotonic()
        self._looks.start()
        return ""

    def _look(self) -> None:
        """Whether Qt has played all of it, or cannot."""
        state, error = self._sink.state().name, self._sink.error().name
        if state == "StoppedState" and error != "NoError":
            why = NO_DEVICE
        elif state == "IdleState" and self._buffer is not None and self._buffer.atEnd():
            why = ""
        elif time.monotonic() - self._began > LONGEST_S:
            why = NO_DEVICE
        else:
            return
        self.stop()
        self.ended.emit(why)

    def _play_small(self, wav: bytes) -> str:
        if importlib.util.find_spec("miniaudio") is None:
            return NO_PLAYER
        self._stop = threading.Event()
        # To import it and to open a device take half a second.
        self._thread = threading.Thread(
            target=self._run, args=(wav, self._stop), name="replay", daemon=True
        )
        self._thread.start()
        return ""

    def _run(self, wav: bytes, stop: threading.Event) -> None:
        audio: Any = importlib.import_module("miniaudio")
        try:
            stream = audio.stream_with_callbacks(
                audio.stream_memory(wav, nchannels=1, sample_rate=RATE), end_callback=stop.set
            )
            next(stream)
            with audio.PlaybackDevice(nchannels=1, sample_rate=RATE) as device:
                device.start(stream)
                stop.wait(LONGEST_S)
            self.ended.emit("")
        except audio.MiniaudioError as error:
            log.warning("no replay: %s", error)
            self.ended.emit(NO_DEVICE)
