"""One call that this process is in: joined through Stream's native client, and joined again."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import getstream_rtc as rtc

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.frames import TrackKey
from console.domain.picture import SCREEN as SCREENSHARE
from console.domain.picture import VIDEO
from console.domain.speech import Speaker
from console.media.sampling import Sampling
from console.media.sound_track import Missed, SoundTrack
from console.media.speech_to_text import SoundTaker
from console.media.track_kinds import TrackKinds
from console.protocol.media import Join, Joining, JoinState, MediaProblem

log = logging.getLogger(__name__)

JOIN_LIMIT_S = 25.0
LEAVE_LIMIT_S = 2.0
LOOK_S = 5.0
WAITS_S = (1.0, 2.0, 5.0, 10.0, 30.0)
CAMERA, SCREEN = (640, 360), (1_280, 720)
"""What is asked for at most; words on a screen have to be readable."""
PICTURES = {rtc.TrackType.VIDEO: VIDEO, rtc.TrackType.SCREEN_SHARE: SCREENSHARE}
SOUND = (rtc.TrackType.AUDIO, rtc.TrackType.SCREEN_SHARE_AUDIO)

Tell = Callable[[JoinState | MediaProblem], None]


class JoinedCall:
    """``hearing``: gets the sound of each person here. ``missed``: what of it is not heard.

    Attributes:
        order: whom the call sees, and what is wanted of it.
        joined: whether it is joined now.
    """

    def __init__(
        self,
        order: Join,
        hearing: SoundTaker,
        sampling: Sampling,
        tell: Tell,
        missed: Missed,
        clock: Clock,
    ) -> None:
        self.order = order
        self.joined = False
        self._hearing = hearing
        self._sampling = sampling
        self._call: Any = None
        self._tell_state = tell
        self._missed = missed
        self._tracks: list[SoundTrack] = []
        self._unreadable = 0
        self._clock = clock
        self._tasks = Tasks()
        self._readers = Tasks()
        self._leaving = False
        self._kinds = TrackKinds()
        self._subscribed: list[str] = []
        self._tasks.spawn(self._run(), name=f"call {order.cid}")
        self._tasks.spawn(self._look_for_silence(), name=f"silence in {order.cid}")

    @property
    def silent(self) -> int:
        """Microphones that are on and bring nothing but silence."""
        return sum(track.silent for track in self._tracks)

    @property
    def unreadable(self) -> int:
        """Pieces of sound that could not be read."""
        return self._unreadable + sum(track.unreadable for track in self._tracks)

    async def leave(self) -> None:
        """Leave for good."""
        self._leaving = True
        await self._tasks.close(LEAVE_LIMIT_S)
        await self._readers.close(LEAVE_LIMIT_S)
        self._tell(Joining.LEFT)

    async def _look_for_silence(self) -> None:
        while True:
            await self._clock.sleep(LOOK_S)
            for track in tuple(self._tracks):
                track.look()

    async def _run(self) -> None:
        failures = 0
        while not self._leaving:
            self._tell(Joining.AGAIN if failures else Joining.JOINING)
            try:
                await self._one_stay()
                failures, sentence = 1, "The connection to this call ended."
            except TimeoutError:
                failures += 1
                sentence = f"The call did not let this console in within {JOIN_LIMIT_S:.0f} s."
            except rtc.RustError as error:
                failures += 1
                sentence = f"The call could not be joined: {error}"[:300]
            except Exception as error:  # native code raises whatever it likes
                log.exception("%s could not be joined", self.order.cid)
                failures += 1
                sentence = f"The call could not be joined ({type(error).__name__})."
            self.joined = False
            self._tell(Joining.FAILED, sentence)
            await self._clock.sleep(WAITS_S[min(failures, len(WAITS_S)) - 1])

    async def _one_stay(self) -> None:
        """Join and hear until the call ends or the connection is lost for good."""
        order = self.order
        self._kinds = TrackKinds()
        client = rtc.Client(
            order.api_key, token=order.token, base_url=order.base_url, ws_url=order.ws_url
        )
        kind, _, call_id = order.cid.partition(":")
        call = client.call(kind, call_id)
        ended = asyncio.Event()
        following = [
            self._readers.spawn(self._follow_tracks(call), name=f"tracks of {order.cid}"),
            self._readers.spawn(self._follow_state(call, ended), name=f"state of {order.cid}"),
        ]
        try:
            async with asyncio.timeout(JOIN_LIMIT_S):
                await call.join(order.user_id, False)
            self._call = call
            await self.subscribe()
            self.joined = True
            self._tell(Joining.JOINED)
            await ended.wait()
        finally:
            self._call = None
            for task in following:
                task.cancel()
            try:
                async with asyncio.timeout(LEAVE_LIMIT_S):
                    await call.leave()
            except (TimeoutError, rtc.RustError):
                log.info("%s was not left in order", order.cid)

    async def subscribe(self) -> None:
        """Ask for the tracks that are wanted now."""
        if self._call is None:
            return
        wanted = self._sampling.wanted(self.order.cid)
        self._subscribed = [VIDEO] if wanted.camera_s else []
        self._subscribed += [SCREENSHARE] if wanted.screen_s else []
        kinds = [*SOUND, *(each for each in PICTURES if PICTURES[each] in self._subscribed)]
        tracks = rtc.TrackSubscriptionConfig(
            track_types=kinds, video_dimension=CAMERA, screenshare_dimension=SCREEN
        )
        try:
            await self._call.update_subscriptions(rtc.SubscriptionConfig(default=tracks))
        except rtc.RustError as error:
            self._problem(f"Not all tracks of this call are read: {error}"[:300])

    async def _follow_state(self, call: Any, ended: asyncio.Event) -> None:
        async for event in call.client_events():
            state = getattr(event, "state", None)
            if state in (rtc.CallingState.LEFT, rtc.CallingState.RECONNECTING_FAILED):
                break  # of a failed one nothing more comes by itself
            if state == rtc.CallingState.RECONNECTING:
                self._tell(Joining.AGAIN)
            elif state == rtc.CallingState.JOINED and self.joined:
                self._tell(Joining.JOINED)
        ended.set()

    async def _follow_tracks(self, call: Any) -> None:
        tracks = call.tracks()
        while True:
            try:
                track = await anext(tracks)
            except StopAsyncIteration:
                return
            except rtc.RtcError as error:  # told once where too many wait; others follow
                self._problem(f"Some tracks of this call are not read: {error}"[:300])
                continue
            if track.track_type in SOUND and self.order.hear:
                self._readers.spawn(self._hear(track), name=f"sound in {self.order.cid}")
            elif track.track_type in PICTURES:
                self._readers.spawn(self._look(track), name=f"pictures of {self.order.cid}")

    async def _look(self, track: Any) -> None:
        who = track.participant
        published = [PICTURES[each] for each in who.published_tracks if each in PICTURES]
        said = PICTURES[track.track_type]
        kind = self._kinds.kind_of(who.session_id, said, published, self._subscribed)
        key = TrackKey(self.order.cid, who.user_id, kind)
        try:
            await self._sampling.follow(key, who.session_id, track.video_frames())
        except rtc.RustError as error:
            self._problem(f"Pictures of {who.name or who.user_id} ended: {error}"[:300])
        finally:
            self._kinds.ended(who.session_id, kind)

    async def _hear(self, track: Any) -> None:
        who = track.participant
        speaker = Speaker(
            cid=self.order.cid,
            user_id=who.user_id,
            user_session_id=who.session_id,
            name=who.name or who.user_id,
        )
        sound = SoundTrack(speaker, self._hearing, self._missed, self._clock)
        self._tracks.append(sound)
        try:
            await sound.read(track.next_pcm)
        except rtc.RustError as error:
            self._problem(f"Sound of {speaker.name} ended: {error}"[:300])
        finally:
            self._tracks.remove(sound)
            self._unreadable += sound.unreadable

    def _tell(self, state: Joining, sentence: str = "") -> None:
        self._tell_state(JoinState(self.order.cid, state, self._clock.now(), sentence))

    def _problem(self, sentence: str) -> None:
        self._tell_state(MediaProblem("media", sentence, self.order.cid))
