"""What people of a scenario send: their voice, and a picture that stands for their camera."""

import asyncio
import fractions
import time
from collections import deque

import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame
from numpy.typing import NDArray

from console.sandbox.sfu.pictures import Picture

RATE = 48_000
FRAME = RATE // 50
"""Samples of one Opus frame, 20 ms."""

MOST_WAITING_S = 60
"""Seconds of speech that may wait to be said; what comes beyond is not said aloud."""

PICTURES_A_SECOND = 5
_VIDEO_CLOCK = 90_000

Pcm = NDArray[np.int16]


class _Pace:
    """Lets frames go out in time, by the monotonic clock."""

    def __init__(self, each: float) -> None:
        self._each = each
        self._start: float | None = None
        self.count = 0

    async def next(self) -> int:
        if self._start is None:
            self._start = time.monotonic()
        late = self._start + self.count * self._each - time.monotonic()
        if late < -1.0:  # the machine slept or was busy: go on from now
            self._start -= late
        await asyncio.sleep(max(0.0, late))
        self.count += 1
        return self.count - 1


class Voice(MediaStreamTrack):
    """Says what it is given, one after the other, and is silent otherwise."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._pace = _Pace(FRAME / RATE)
        self._unsaid: deque[Pcm] = deque()
        self._samples = 0

    def say(self, pcm: Pcm) -> bool:
        """Say ``pcm`` (48 kHz, mono) after what waits; False where too much waits already."""
        if self._samples > MOST_WAITING_S * RATE:
            return False
        padded = np.pad(pcm, (0, -len(pcm) % FRAME))
        self._unsaid.extend(padded.reshape(-1, FRAME))
        self._samples += len(padded)
        return True

    def hush(self) -> None:
        """Forget what waits."""
        self._unsaid.clear()
        self._samples = 0

    async def recv(self) -> AudioFrame:
        """The next 20 ms.

        Raises:
            MediaStreamError: it was stopped.
        """
        number = await self._pace.next()
        if self.readyState != "live":
            raise MediaStreamError
        if self._unsaid:
            pcm = self._unsaid.popleft()
            self._samples -= FRAME
        else:
            pcm = np.zeros(FRAME, np.int16)
        frame = AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = RATE
        frame.pts = number * FRAME
        frame.time_base = fractions.Fraction(1, RATE)
        return frame


class Camera(MediaStreamTrack):
    """Shows one picture (height, width, 3 in RGB) until it is given another."""

    kind = "video"

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._pace = _Pace(1 / PICTURES_A_SECOND)
        self.picture = picture

    async def recv(self) -> VideoFrame:
        """The picture as the next frame.

        Raises:
            MediaStreamError: it was stopped.
        """
        number = await self._pace.next()
        if self.readyState != "live":
            raise MediaStreamError
        # As encoders want it, so that each of them need not change it again.
        frame = VideoFrame.from_ndarray(self.picture, format="rgb24").reformat(format="yuv420p")
        frame.pts = number * _VIDEO_CLOCK // PICTURES_A_SECOND
        frame.time_base = fractions.Fraction(1, _VIDEO_CLOCK)
        return frame
