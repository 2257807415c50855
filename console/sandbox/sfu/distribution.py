"""Hands what each track gives to everybody who is sent it, and holds no more than a moment of it.

aiortc's own relay keeps a queue without a bound for each sender that a track ever had, and what a
client sends piles up in aiortc while nobody reads it (both seen with 1.16).
"""

import asyncio
from itertools import chain, repeat

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame

from console.base.tasks import Tasks
from console.sandbox.sfu.levels import loudness

MOST_WAITING = {"audio": 50, "video": 5}
"""Frames that wait for one sender: a second each. Beyond, the oldest is dropped."""


class Outlet(MediaStreamTrack):
    """What one sender sends, for as long as it exists; which track that is may change.

    The sender never gets another track: it would go on waiting for a frame of the one before.

    Attributes:
        dropped: frames that the sender did not take in time.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.dropped = 0
        self._frames: asyncio.Queue[object] = asyncio.Queue(MOST_WAITING[kind])

    @property
    def waiting(self) -> int:
        """Frames that the sender has not taken yet."""
        return self._frames.qsize()

    def put(self, frame: object) -> None:
        """The newest frame."""
        if self._frames.full():
            self._frames.get_nowait()
            self.dropped += 1
        self._frames.put_nowait(frame)

    def clear(self) -> None:
        """Forget what waits: it is of a track that is not sent any more."""
        while not self._frames.empty():
            self._frames.get_nowait()

    async def recv(self) -> object:  # type: ignore[override]  # a frame or a packet of its track
        """The oldest frame that waits."""
        return await self._frames.get()


class Distribution:
    """The tracks of one room and the outlets that each goes to."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._outlets: dict[MediaStreamTrack, set[Outlet]] = {}
        self._readers: dict[MediaStreamTrack, asyncio.Task[None]] = {}
        self._followed: dict[Outlet, MediaStreamTrack] = {}
        self._loudest: dict[MediaStreamTrack, float] = {}

    def follow(self, outlet: Outlet, track: MediaStreamTrack | None) -> None:
        """Send ``track`` through an outlet from now on, or nothing."""
        before = self._followed.pop(outlet, None)
        if before is not None:
            self._outlets.get(before, set()).discard(outlet)
        outlet.clear()
        if track is not None:
            self._followed[outlet] = track
            self.read(track)
            self._outlets[track].add(outlet)

    def read(self, track: MediaStreamTrack) -> None:
        """Take what a track gives until :meth:`end`, whether or not anybody is sent it."""
        self._outlets.setdefault(track, set())
        if track not in self._readers:
            self._readers[track] = self._tasks.spawn(self._hand_out(track), name="hand out")

    def level(self, track: MediaStreamTrack) -> float:
        """How loud a track was at most since this was asked last, from 0.0 to 1.0."""
        return self._loudest.pop(track, 0.0)

    def end(self, track: MediaStreamTrack) -> None:
        """A track is over."""
        for outlet in self._outlets.pop(track, set()):
            self._followed.pop(outlet, None)
        self._loudest.pop(track, None)
        reader = self._readers.pop(track, None)
        if reader is not None:
            reader.cancel()

    async def _hand_out(self, track: MediaStreamTrack) -> None:
        while True:
            try:
                frame = await track.recv()
            except MediaStreamError:  # its client ended it; it stays known until end()
                return
            # Senders encode in threads, and encoding writes into the frame: one that two of them
            # encode at once is a crash of the process.
            if isinstance(frame, AudioFrame):
                self._loudest[track] = max(loudness(frame), self._loudest.get(track, 0.0))
            outlets = self._outlets.get(track, ())
            frames = chain([frame], map(_copy, repeat(frame)))
            for outlet, own in zip(outlets, frames, strict=False):
                outlet.put(own)


def _copy(frame: object) -> object:
    made: AudioFrame | VideoFrame
    if isinstance(frame, VideoFrame):
        made = VideoFrame.from_ndarray(frame.to_ndarray(), format=frame.format.name)
    elif isinstance(frame, AudioFrame):
        layout = frame.layout.name
        made = AudioFrame.from_ndarray(frame.to_ndarray(), format=frame.format.name, layout=layout)
        made.sample_rate = frame.sample_rate
    else:  # a packet is only read
        return frame
    made.pts, made.time_base = frame.pts, frame.time_base
    return made
