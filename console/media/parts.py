"""The parts of the media process, put together: who carries out which order."""

import importlib.util
from functools import partial

from console.base.clock import Clock
from console.base.paths import resources
from console.base.tasks import Tasks
from console.media.calls import Calls
from console.media.looking import Looked, Looking
from console.media.orders import Handlers
from console.media.plugin_trial import begin_once
from console.media.sampling import Sampling
from console.media.teller import Teller
from console.models.picture_registry import ADVICE, EXTRA_MISSING, load_eyes
from console.protocol.media import (
    Begin,
    BeginPlugin,
    Heats,
    Join,
    Leave,
    LookAt,
    PicturePreview,
    PictureSeen,
    ReplaySpeaker,
    Sample,
    SampleNow,
)

LOOK_WITH = ("PIL", "onnxruntime", "rapidocr", "zxingcpp")


class Parts:
    """What one media process does.

    Attributes:
        handlers: by class of order, what carries it out.
        cannot_look: why no picture can be looked at; empty where one can.
    """

    def __init__(self, teller: Teller, clock: Clock, cannot_join: str) -> None:
        self._teller = teller
        self._looking = Looking(partial(load_eyes, resources() / "models"))
        self._sampling = Sampling(self._looking, teller.tell, clock)
        self._calls = Calls(teller, clock, cannot_join, self._sampling)
        self._trials = Tasks()
        missing = [name for name in LOOK_WITH if importlib.util.find_spec(name) is None]
        self.cannot_look = f"{EXTRA_MISSING.format(missing[0])} {ADVICE}" if missing else ""
        self.handlers: Handlers = {
            Begin: self._calls.begin,
            Join: self._calls.join,
            Leave: self._calls.leave,
            Heats: self._calls.heats,
            Sample: self._calls.sample,
            SampleNow: self._sampling.now,
            LookAt: self._look_at,
            ReplaySpeaker: self._calls.replay,
            BeginPlugin: self._begin_plugin,
        }

    def counts(self) -> dict[str, float]:
        """Fields of MediaLoad."""
        return self._calls.counts() | self._looking.counts()

    async def close(self) -> None:
        """Leave all calls."""
        await self._trials.close()
        await self._calls.close()
        await self._looking.close()

    def _begin_plugin(self, order: BeginPlugin) -> None:
        self._trials.spawn(self._tell_begun(order), name="trial of a speech plugin")

    async def _tell_begun(self, order: BeginPlugin) -> None:
        self._teller.tell(await begin_once(order))

    def _look_at(self, question: LookAt) -> None:
        if question.preview and not self.cannot_look:
            told = partial(self._told_preview, question.request_id)
            self._looking.preview(question.picture, told)
        self._looking.put(question.picture, partial(self._seen, question.request_id))

    def _told_preview(self, request_id: str, preview: bytes) -> None:
        self._teller.tell(PicturePreview(request_id, preview))

    def _seen(self, request_id: str, looked: Looked) -> None:
        look = looked.look
        if look is None:
            seen = PictureSeen(request_id, sentence=looked.sentence, advice=looked.advice)
        else:
            seen = PictureSeen(
                request_id,
                labels=look.labels,
                text=look.text,
                qr=look.qr,
                likeness=look.likeness,
                jpeg=look.jpeg,
                width=look.width,
                height=look.height,
            )
        self._teller.tell(seen)
