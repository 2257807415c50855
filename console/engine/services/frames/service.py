"""Frames of cameras and screens: looked at, made items and told; and pictures by their hash."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.frames import SeenFrame, TrackKey, track_of
from console.domain.item import Item, Picture
from console.domain.picture import may_be_shown
from console.domain.verdict import Verdict
from console.engine.pictures.desk import OVERTAKEN, SHED, WantedLook
from console.engine.services.frames.newest import NewestFrames
from console.engine.services.listening.call_heat import CallHeat
from console.engine.services.service import Received, Service, SessionContext
from console.engine.sources.frames import FrameLooked
from console.engine.wire.egress_events import FrameRecordingReady
from console.protocol.frames import (
    AskFreshFrame,
    AskPicture,
    FramesSeen,
    FreshFrameAnswer,
    PictureAnswer,
    PicturesWithheld,
)
from console.protocol.media import FrameBegun, FrameTaken, SampleNow
from console.protocol.to_window import Heard

LOOK_S = 1.0
WITHHELD = (
    "Nobody may see this picture: something says that it shows the abuse of a child. Only its hash"
    " is kept here."
)
TOO_FAST = "A frame was left out, because frames came faster than they are judged."
GONE = "This picture is not kept any more."
NOT_LISTENED = (
    "A frame can be taken at once only of a call that this console listens to. Stream's own frames"
    " come by themselves, every few seconds."
)


class Frames(Service):
    """Runs the desk of pictures for everybody; the hottest calls go first."""

    handles: ClassVar = (AskPicture, AskFreshFrame)

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._heat = CallHeat()
        self._looks = Tasks()
        self._newest = NewestFrames(stream_looks=context.gateway.may_check)
        self._judged = 0
        self._lost = 0
        self._stops: list[Callable[[], None]] = []

    async def start(self) -> None:
        shelf = self.context.pictures.shelf
        shelf.withheld |= await self.context.store.pictures.withheld()
        self.context.keep_running(self.context.pictures.run, "pictures")
        self.context.keep_running(self._follow, "frames")
        self.context.pictures.told_shed = self._on_shed
        media = self.context.media
        self._stops = [media.on(FrameBegun, self._on_begun), media.on(FrameTaken, self._on_taken)]

    async def close(self) -> None:
        for stop in self._stops:
            stop()
        await self._looks.close()

    async def answer(
        self, message: AskPicture | AskFreshFrame
    ) -> PictureAnswer | FreshFrameAnswer | None:
        if isinstance(message, AskFreshFrame):
            return self._take_fresh(message)
        shelf, picture_id = self.context.pictures.shelf, message.picture_id
        if picture_id in shelf.withheld:
            return PictureAnswer(message.request_id, sentence=WITHHELD)
        jpeg = shelf.find(picture_id) or await self.context.store.pictures.find(picture_id)
        return PictureAnswer(message.request_id, jpeg=jpeg, sentence="" if jpeg else GONE)

    async def on_event(self, received: Received) -> None:
        event = received.event
        if not isinstance(event, FrameRecordingReady):
            return
        user = next(iter(event.users.values()), None)
        if user is None:
            self.context.channel.problem("frames", "A frame came without the person it shows.")
            return
        key = TrackKey(event.call_cid, user.id, track_of(event.track_type))
        self._looks.spawn(self._look(key, user.shown_name, event), name="frame")

    def on_items(self, heard: Heard) -> None:
        for judged in heard.items:
            for verdict in judged.verdicts:
                self._on_verdict(judged.item, verdict)

    def on_verdict(self, item: Item, verdict: Verdict) -> None:
        self._heat.add(item.cid, verdict, self.context.clock.monotonic())
        self._on_verdict(item, verdict)

    def numbers(self, now: float) -> dict[str, Any]:
        pictures = self.context.pictures
        return {
            "frames_judged": self._judged,
            "pictures_waiting": pictures.waiting,
            "pictures_unreadable": pictures.unreadable,
            "pictures_shed": pictures.shed + self._lost,
        }

    def _take_fresh(self, question: AskFreshFrame) -> FreshFrameAnswer:
        call = self.context.directory.call(question.key.cid)
        if call is None or not call.listened:
            return FreshFrameAnswer(question.request_id, sentence=NOT_LISTENED)
        self.context.media.send(SampleNow(question.key))
        return FreshFrameAnswer(question.request_id)

    def _on_shed(self, wanted: WantedLook) -> None:
        self.context.marks.put("pictures", wanted.cid, wanted.user_id, SHED)

    def _on_begun(self, begun: FrameBegun) -> None:
        key = begun.key
        name = self.context.directory.name_of(key.cid, key.user_id)
        self._begin(key, name, begun.captured_at, begun.preview)

    def _begin(self, key: TrackKey, name: str, captured_at: float, preview: bytes = b"") -> None:
        seen = self._newest.begin(key, name, captured_at, preview)
        if seen is not None:
            self._show(seen)

    def _on_taken(self, taken: FrameTaken) -> None:
        """A frame that the media process took and looked at."""
        key = TrackKey(taken.cid, taken.user_id, taken.track)
        picture = Picture(
            picture_id=hashlib.sha256(taken.jpeg).hexdigest(),
            track=taken.track,
            labels=taken.labels,
            text=taken.text,
            qr=taken.qr,
            likeness=taken.likeness,
            width=taken.width,
            height=taken.height,
        )
        picture = self.context.pictures.take_in(picture, taken.jpeg)
        name = self.context.directory.name_of(key.cid, key.user_id)
        self._take(key, name, "", taken.captured_at, picture)

    async def _look(self, key: TrackKey, name: str, event: FrameRecordingReady) -> None:
        wanted = WantedLook(
            url=event.url,
            cid=key.cid,
            user_id=key.user_id,
            key=f"{key.cid}\x1f{key.user_id}\x1f{key.track}",
            track=key.track,
        )
        at = event.captured_at.seconds or self.context.clock.now()
        self._begin(key, name, at)
        picture = await self.context.pictures.look(wanted, partial(self._begin, key, name, at))
        if picture.sentence not in (SHED, OVERTAKEN):
            self._take(key, name, event.session_id, at, picture)

    def _take(
        self, key: TrackKey, name: str, session_id: str, captured_at: float, picture: Picture
    ) -> None:
        self._judged += picture.seen
        if self._newest.needs_verdict(key, captured_at, picture):
            looked = FrameLooked(
                key=key,
                session_id=session_id,
                name=name,
                captured_at=captured_at,
                picture=picture,
                entity_id=self._newest.entity_of(key, captured_at),
            )
            if self.context.looked_frames.full():
                self._lost += 1
                self.context.marks.put("frames", key.cid, key.user_id, TOO_FAST)
                return
            self.context.looked_frames.put_nowait(looked)
        seen = self._newest.take(key, name, captured_at, picture)
        if seen is not None:
            self._show(seen)

    def _show(self, *seen: SeenFrame) -> None:
        self.context.channel.put(FramesSeen(frames=seen))

    # -- what verdicts make of pictures

    def _on_verdict(self, item: Item, verdict: Verdict) -> None:
        body = item.body
        if not isinstance(body, Picture):
            return
        if not may_be_shown(verdict.labels):
            self._withhold(item, body)
        elif verdict.raised:
            self._newest.raised.add(item.item_id)
            self._looks.spawn(self._keep(body.picture_id), name="picture to keep")

    def _withhold(self, item: Item, body: Picture) -> None:
        self.context.pictures.withhold(body.picture_id)
        self.context.channel.put(PicturesWithheld((body.picture_id,)))
        self._show(*self._newest.withhold(body.picture_id))
        self._looks.spawn(self._forget(item), name="picture to forget")

    async def _forget(self, item: Item) -> None:
        try:
            await self.context.store.pictures.withhold(item, self.context.clock.now())
        except WorldError as error:
            sentence = f"What is kept of a picture that nobody may see stays: {error.sentence}"
            self.context.channel.problem("store", sentence)

    async def _keep(self, picture_id: str) -> None:
        jpeg = self.context.pictures.shelf.find(picture_id)
        if not jpeg:
            return
        try:
            await self.context.store.pictures.keep(picture_id, jpeg, self.context.clock.now())
        except WorldError as error:
            sentence = f"A raised picture could not be saved: {error.sentence}"
            self.context.channel.problem("store", sentence)

    def _has_left(self, key: TrackKey) -> bool:
        return self.context.directory.person(key.cid, key.user_id) is None

    async def _follow(self) -> None:
        while True:
            self.context.pictures.heats = self._heat.all(self.context.clock.monotonic())
            gone = self._newest.drop(self._has_left)
            if gone:
                self.context.channel.put(FramesSeen(gone=gone))
            await self.context.clock.sleep(LOOK_S)
