"""The one way to have a picture looked at: fetched within limits, looked at by the media process.

Whoever finds a picture in an event (a frame, an avatar, an attachment) hands over its address and
gets the body of an item; the local policy judges such a body like a text.
"""

import asyncio
import hashlib
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from console.base.errors import WorldError
from console.domain.item import Picture, withheld
from console.domain.picture import found_labels, may_be_shown
from console.engine.pictures.fetch import Fetcher
from console.engine.pictures.shelf import Shelf
from console.engine.services.listening.media_child import MediaChild
from console.protocol.media import LookAt, PicturePreview, PictureSeen

MAX_WAITING = 300
AT_ONCE = 3
"""Pictures that are fetched or looked at: while one is looked at, the next are fetched."""
REMEMBERED = 2_000
"""Pictures whose look is remembered by the hash of their bytes."""
SHED = "A picture was left out, because there were more than could be looked at."
OVERTAKEN = "A newer picture of the same camera or screen came before it was looked at."


class WantedLook(Struct, frozen=True, kw_only=True):
    """A picture to look at.

    Attributes:
        url: where it is. Hostile.
        cid: the call it belongs to, whose heat decides what is looked at first; may be empty.
        key: whom and what it shows; a newer picture with the same key takes the place of one that
            waits. Empty: none does.
        track: as in Picture.
        user_id: whose picture it is.
    """

    url: str
    cid: str = ""
    user_id: str = ""
    key: str = ""
    track: str = ""


Early = Callable[[bytes], None]
"""Gets a preview of a picture before it is looked at; see ``SeenFrame.preview``."""


class _Waiting:
    def __init__(self, wanted: WantedLook, number: int, early: Early | None) -> None:
        self.wanted = wanted
        self.early = early
        self.number = number
        self.seen: asyncio.Future[Picture] = asyncio.get_running_loop().create_future()


class PictureDesk:
    """Looks at pictures for a whole sign-in.

    Attributes:
        shelf: the small JPEGs.
        told_shed: gets what was left out because there was too much; whoever knows people sets it.
            What a newer picture of the same overtook is only counted.
        heats: how hot calls are, by cid; whoever knows it keeps it up to date.
        looked, unreadable, shed: pictures that were looked at, that nobody could look at, and that
            were left out because there were too many, or overtaken by a newer one.

    Args:
        problem: gets a place and a sentence.
    """

    def __init__(
        self, media: MediaChild, fetcher: Fetcher, problem: Callable[[str, str], None]
    ) -> None:
        self._media = media
        self._fetcher = fetcher
        self._problem = problem
        self._waiting: list[_Waiting] = []
        self._any = asyncio.Event()
        self._number = 0
        self._known: OrderedDict[str, Picture] = OrderedDict()
        self._early: dict[str, Early] = {}
        self.told_shed: Callable[[WantedLook], None] = lambda _: problem("pictures", SHED)
        self.shelf = Shelf()
        self.heats: Mapping[str, float] = {}
        self.looked = 0
        self.unreadable = 0
        self.shed = 0

    @property
    def waiting(self) -> int:
        """Pictures that wait."""
        return len(self._waiting)

    async def look(self, wanted: WantedLook, early: Early | None = None) -> Picture:
        """What is found in a picture: never raises for what is wrong with it, the body says so.

        Nothing is looked at before :meth:`run` runs.
        """
        self._number += 1
        waiting = _Waiting(wanted, self._number, early)
        if wanted.key:
            for each in [each for each in self._waiting if each.wanted.key == wanted.key]:
                self._leave_out(each, OVERTAKEN)
        self._waiting.append(waiting)
        if len(self._waiting) > MAX_WAITING:
            coldest = min(self._waiting, key=lambda each: (self._heat(each), each.number))
            self._leave_out(coldest, SHED)
            self.told_shed(coldest.wanted)
        self._any.set()
        return await waiting.seen

    async def run(self) -> None:
        """Look at what waits, the hottest call first, for as long as this runs."""
        stop = self._media.on(PicturePreview, self._on_preview)
        try:
            async with asyncio.TaskGroup() as workers:
                for _ in range(AT_ONCE):
                    workers.create_task(self._work())
        finally:
            stop()

    def take_in(self, picture: Picture, jpeg: bytes) -> Picture:
        """What may be kept of a picture that was looked at, which is ``picture`` for nearly all."""
        found = found_labels(picture.labels, picture.text)
        if not may_be_shown(name for each in found for name in each.names):
            self.withhold(picture.picture_id)
        if picture.picture_id in self.shelf.withheld:
            return withheld(picture)
        self.shelf.put(picture.picture_id, jpeg)
        return picture

    def withhold(self, picture_id: str) -> None:
        """Nobody may see this picture any more, nor when it comes again."""
        self.shelf.withhold(picture_id)
        self._known.pop(picture_id, None)

    def _leave_out(self, waiting: _Waiting, why: str) -> None:
        self._waiting.remove(waiting)
        self.shed += 1
        if not waiting.seen.done():
            waiting.seen.set_result(_unseen(waiting.wanted, why))

    async def _work(self) -> None:
        while True:
            while not self._waiting:
                self._any.clear()
                await self._any.wait()
            waiting = max(self._waiting, key=lambda each: (self._heat(each), -each.number))
            self._waiting.remove(waiting)
            if waiting.seen.done():  # whoever asked does not wait any more
                continue
            picture = await self._seen(waiting.wanted, waiting.early)
            if not waiting.seen.done():
                waiting.seen.set_result(picture)

    def _heat(self, waiting: _Waiting) -> float:
        return self.heats.get(waiting.wanted.cid, 0.0)

    def _on_preview(self, told: PicturePreview) -> None:
        early = self._early.get(told.request_id)
        if early is not None and told.preview:
            early(told.preview)

    async def _seen(self, wanted: WantedLook, early: Early | None) -> Picture:
        try:
            data = await self._fetcher.fetch(wanted.url)
        except WorldError as error:
            return self._refused(wanted, error.sentence)
        picture_id = hashlib.sha256(data).hexdigest()
        if picture_id in self.shelf.withheld:
            return withheld(Picture(picture_id=picture_id, track=wanted.track))
        known = self._known.get(picture_id)
        if known is not None:
            return replace(known, url=wanted.url, track=wanted.track)
        seen = await self._ask(data, early)
        if seen.sentence:
            found = self._refused(wanted, seen.sentence)
            return replace(found, picture_id=picture_id)
        self.looked += 1
        picture = Picture(
            wanted.url,
            picture_id=picture_id,
            track=wanted.track,
            labels=seen.labels,
            text=seen.text,
            qr=seen.qr,
            likeness=seen.likeness,
            width=seen.width,
            height=seen.height,
        )
        picture = self.take_in(picture, seen.jpeg)
        self._known[picture_id] = picture
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return picture

    async def _ask(self, data: bytes, early: Early | None) -> PictureSeen:
        question = LookAt(uuid.uuid4().hex, picture=data, preview=early is not None)
        if early is not None:
            self._early[question.request_id] = early
        try:
            seen: PictureSeen = await self._media.ask(question)
            return seen
        finally:
            self._early.pop(question.request_id, None)

    def _refused(self, wanted: WantedLook, sentence: str) -> Picture:
        self.unreadable += 1
        self._problem("pictures", sentence)
        return _unseen(wanted, sentence)


def _unseen(wanted: WantedLook, sentence: str) -> Picture:
    return Picture(wanted.url, track=wanted.track, sentence=sentence)
