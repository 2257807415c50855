"""Sound out of a file, piece by piece, as speech models want it: mono, 16 bits, 16 kHz."""

from collections.abc import Iterator
from pathlib import Path

import av
import av.error

from console.base.errors import WorldError
from console.domain.speech import SAMPLE_RATE

DAMAGED_FRAMES = 100
"""So many packets that cannot be decoded end the reading; the good ones before count."""


class SpeechFile:
    """Reads one file.

    Attributes:
        damaged: packets that could not be decoded and were left out.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.damaged = 0

    def pieces(self) -> Iterator[bytes]:
        """The sound of the file's first audio track.

        Raises:
            WorldError: it cannot be read, or holds no sound.
        """
        advice = "Give a file with sound, such as WAV, Opus or MP3."
        try:
            with av.open(str(self._path), metadata_errors="ignore") as opened:
                if not opened.streams.audio:
                    raise WorldError(f"{self._path} holds no sound.", advice)
                yield from self._decoded(opened)
        except (av.error.FFmpegError, OSError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise WorldError(f"{self._path} could not be read: {why}.", advice) from error

    def _decoded(self, opened: "av.container.InputContainer") -> Iterator[bytes]:
        change = av.AudioResampler("s16", "mono", SAMPLE_RATE)
        for packet in opened.demux(audio=0):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.damaged += 1
                if self.damaged >= DAMAGED_FRAMES:
                    return
                continue
            for frame in frames:
                for changed in change.resample(frame):
                    yield changed.to_ndarray().tobytes()
        for changed in change.resample(None):
            yield changed.to_ndarray().tobytes()
