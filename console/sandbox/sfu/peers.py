"""The two peer connections of one client: the one it receives by and the one it sends by.

How a client wants them (seen with getstream_rtc 0.1.0): the server offers for the one that
receives, one offer at a time and all media in one bundle; the client offers for the one that sends.
A track is known by the id of its media stream, ``PREFIX:TRACK_TYPE_AUDIO``.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

import aioice.ice
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.sdp import candidate_from_sdp

from console.sandbox.sfu.distribution import Distribution, Outlet
from console.sandbox.sfu.messages import TrackType

ANSWER_S = 10.0
MOST_TRACKS = 100
"""Of one subscriber; a section of the session's description is never used again."""


def _loopback(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    return ["127.0.0.1"]


# aioice leaves the loopback interface out, and there is no setting for it
# (https://github.com/aiortc/aioice/blob/main/src/aioice/ice.py, get_host_addresses).
# tests/sandbox/sfu/test_loopback.py tells when it no longer does.
aioice.ice.get_host_addresses = _loopback

Key = tuple[str, TrackType]
"""Session id and type of a track."""

Wanted = Mapping[Key, tuple[str, MediaStreamTrack]]
"""The prefix of its owner and the track, by key."""


def _connection() -> RTCPeerConnection:
    return RTCPeerConnection(
        RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )


async def add_candidate(connection: RTCPeerConnection, written: str) -> None:
    """Add a candidate as a client writes it: JSON.

    Raises:
        ValueError: it is none.
    """
    given = json.loads(written)
    text = given.get("candidate", "") if isinstance(given, dict) else ""
    if not text:  # the end of candidates
        return
    try:
        candidate = candidate_from_sdp(text.removeprefix("candidate:"))
    except (AssertionError, IndexError) as error:
        raise ValueError("that is no candidate") from error
    candidate.sdpMid, candidate.sdpMLineIndex = given.get("sdpMid"), given.get("sdpMLineIndex")
    await connection.addIceCandidate(candidate)


class Subscriber:
    """What one client receives.

    ``send_offer`` sends the description of a session to the client.
    """

    def __init__(
        self,
        distribution: Distribution,
        send_offer: Callable[[str], Awaitable[None]],
        answer_s: float = ANSWER_S,
    ) -> None:
        self.connection = _connection()
        self._distribution = distribution
        self._send_offer = send_offer
        self._answer_s = answer_s
        self._outlets: dict[Key, tuple[Outlet, MediaStreamTrack | None]] = {}
        self._count = 0
        self._turn = asyncio.Lock()
        self._answered = asyncio.Event()
        self._answered.set()

    async def receive(self, find: Callable[[], Wanted]) -> None:
        """Send exactly the tracks that ``find`` finds once the offer before is answered.

        Raises:
            TimeoutError: the client did not answer an offer.
        """
        async with self._turn:
            wanted = find()
            for key, (outlet, sent) in self._outlets.items():
                track = wanted[key][1] if key in wanted else None
                if track is not sent:
                    self._distribution.follow(outlet, track)
                    self._outlets[key] = outlet, track
            fresh = [key for key in wanted if key not in self._outlets]
            fresh = fresh[: max(0, MOST_TRACKS - self._count)]
            for key in fresh:
                prefix, track = wanted[key]
                outlet = Outlet(track.kind)
                self._distribution.follow(outlet, track)
                sender = self.connection.addTrack(outlet)
                # aiortc draws these ids; a client of Stream finds a track by them.
                sender._stream_id = f"{prefix}:TRACK_TYPE_{key[1].name}"
                sender._track_id = f"{sender._stream_id}:{self._count}"
                self._outlets[key] = outlet, track
                self._count += 1
            if fresh or not self._answered.is_set():
                await self._offer()

    async def _offer(self) -> None:
        self._answered.clear()
        await self.connection.setLocalDescription(await self.connection.createOffer())
        await self._send_offer(self.connection.localDescription.sdp)
        await asyncio.wait_for(self._answered.wait(), self._answer_s)

    async def answer(self, sdp: str) -> None:
        """The client's answer to the last offer."""
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        self._answered.set()

    async def close(self) -> None:
        """End it."""
        self._answered.set()
        for outlet, _ in self._outlets.values():
            self._distribution.follow(outlet, None)
        await self.connection.close()


class Publisher:
    """What one client sends. ``arrived`` is called with each track and its type."""

    def __init__(self, arrived: Callable[[TrackType, MediaStreamTrack], None]) -> None:
        self.connection = _connection()
        self._arrived = arrived
        self._types: dict[str, TrackType] = {}
        self.connection.on("track", self._on_track)

    async def offer(self, sdp: str, types: Mapping[str, TrackType]) -> str:
        """Answer the client's offer; ``types`` are those of its sections, by mid."""
        self._types |= types
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        await self.connection.setLocalDescription(await self.connection.createAnswer())
        answer: str = self.connection.localDescription.sdp
        return answer

    def _on_track(self, track: MediaStreamTrack) -> None:
        for transceiver in self.connection.getTransceivers():
            if transceiver.receiver.track is track:
                usual = TrackType.AUDIO if track.kind == "audio" else TrackType.VIDEO
                self._arrived(self._types.get(transceiver.mid or "", usual), track)

    async def close(self) -> None:
        """End it."""
        await self.connection.close()
