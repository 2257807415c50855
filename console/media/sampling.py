"""Takes a frame of each camera and screen of joined calls every so often, or when it is asked."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from console.base.clock import Clock
from console.domain.frames import TrackKey
from console.domain.picture import SCREEN
from console.media.looking import Looked, Looking
from console.media.previews import preview_of_pixels
from console.protocol.media import FrameBegun, FrameTaken, MediaProblem, Sample, SampleNow

NOTHING = Sample("")
IDLE_S = 3_600.0
"""A track of which nothing is wanted waits until something is."""

Tell = Callable[[FrameBegun | FrameTaken | MediaProblem], None]


class Sampling:
    """What is wanted of which call, and the looks at it."""

    def __init__(self, looking: Looking, tell: Tell, clock: Clock) -> None:
        self._looking = looking
        self._tell = tell
        self._clock = clock
        self._wanted: dict[str, Sample] = {}
        self._turns: dict[TrackKey, asyncio.Event] = {}

    def want(self, order: Sample) -> None:
        """Take frames of a call as ``order`` says from now on."""
        if order.camera_s or order.screen_s:
            self._wanted[order.cid] = order
        else:
            self._wanted.pop(order.cid, None)
        for key, turn in self._turns.items():
            if key.cid == order.cid:
                turn.set()

    def now(self, order: SampleNow) -> None:
        """Take a frame of one camera or screen at once."""
        turn = self._turns.get(order.key)
        if turn is not None:
            turn.set()

    def wanted(self, cid: str) -> Sample:
        """What is wanted of a call."""
        return self._wanted.get(cid, NOTHING)

    async def follow(self, key: TrackKey, session_id: str, frames: Any) -> None:
        """Take frames of one track until ``frames``, of the native client, end."""
        turn = self._turns[key] = asyncio.Event()
        try:
            while True:
                turn.clear()
                try:
                    frame = await anext(frames)
                except StopAsyncIteration:
                    return
                self._take(key, session_id, frame)
                await self._wait(key, turn)
        finally:
            if self._turns.get(key) is turn:
                del self._turns[key]

    async def _wait(self, key: TrackKey, turn: asyncio.Event) -> None:
        """Until a frame is due, or something else is wanted. The client keeps only the newest."""
        wanted = self.wanted(key.cid)
        pause = wanted.screen_s if key.track == SCREEN else wanted.camera_s
        try:
            async with asyncio.timeout(pause or IDLE_S):
                await turn.wait()
        except TimeoutError:
            return

    def _take(self, key: TrackKey, session_id: str, frame: Any) -> None:
        at = self._clock.now()
        then = partial(self._looked, key, session_id, at)
        try:
            pixels = rgb(frame.data, frame.width, frame.height)
        except ValueError as error:
            sentence = f"A frame cannot be read: {error}."
            self._tell(MediaProblem("frames", sentence, key.cid, key.user_id))
            return
        preview = preview_of_pixels(pixels)
        if preview:
            self._tell(FrameBegun(key, at, preview))
        self._looking.put(pixels, then)

    def _looked(self, key: TrackKey, session_id: str, at: float, looked: Looked) -> None:
        look = looked.look
        if look is None:
            self._tell(MediaProblem("frames", looked.sentence, key.cid, key.user_id))
            return
        self._tell(
            FrameTaken(
                cid=key.cid,
                user_id=key.user_id,
                user_session_id=session_id,
                track=key.track,
                captured_at=at,
                width=look.width,
                height=look.height,
                jpeg=look.jpeg,
                labels=look.labels,
                text=look.text,
                qr=look.qr,
                likeness=look.likeness,
            )
        )


def rgb(data: Any, width: int, height: int) -> Any:
    """Pixels (height, width, 3) of a frame of the native client, which gives planes (I420).

    Raises:
        ValueError: they are not as many as there should be.
    """
    if width <= 0 or height <= 0 or width * height > 64_000_000:
        raise ValueError(f"{width} by {height} pixels")
    flat = np.asarray(data, np.uint8).reshape(-1)
    if flat.size == width * height * 3:
        return flat.reshape(height, width, 3)
    half = ((height + 1) // 2, (width + 1) // 2)
    plane, chroma = width * height, half[0] * half[1]
    if flat.size != plane + 2 * chroma:
        raise ValueError(f"{flat.size} bytes for {width} by {height} pixels")
    light = flat[:plane].reshape(height, width).astype(np.float32)
    blue, red = (
        flat[plane + at * chroma : plane + (at + 1) * chroma]
        .reshape(half)
        .repeat(2, 0)
        .repeat(2, 1)[:height, :width]
        .astype(np.float32)
        - 128
        for at in range(2)
    )
    light = 1.164 * (light - 16)
    channels = (light + 1.596 * red, light - 0.392 * blue - 0.813 * red, light + 2.017 * blue)
    return np.stack(channels, -1).clip(0, 255).astype(np.uint8)
