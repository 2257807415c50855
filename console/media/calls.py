"""The calls that this process is in, and what writes down what is said in them."""

import asyncio
import importlib
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from console.base.clock import Clock
from console.base.errors import WorldError
from console.base.tasks import Tasks
from console.domain.speech import PLUGIN, Speaker
from console.media.plugin_hearing import PluginHearing
from console.media.plugin_process import command
from console.media.replays import Replays
from console.media.sampling import Sampling
from console.media.speech_to_text import SpeechToText
from console.media.teller import Teller
from console.media.unwritten import Unwritten
from console.media.whisper_hearing import WhisperHearing
from console.models.speech_registry import load_speech, voice_detector
from console.models.speech_segments import Segment
from console.protocol.media import (
    Begin,
    Heats,
    Join,
    Joining,
    JoinState,
    Leave,
    MediaProblem,
    ReplaySpeaker,
    Sample,
    Speech,
)
from console.protocol.speech_plugin import Hello

if TYPE_CHECKING:
    from console.media.joined_call import JoinedCall

NOT_BEGUN = "The media process was not told how to write speech down."


class Calls:
    """``cannot_join``: why no call can be joined; empty where one can."""

    def __init__(self, teller: Teller, clock: Clock, cannot_join: str, sampling: Sampling) -> None:
        self._tell = teller.tell
        self._clock = clock
        self._cannot_join = cannot_join
        self._sampling = sampling
        self._tasks = Tasks()
        self._calls: dict[str, JoinedCall] = {}
        self._hearing: SpeechToText | None = None
        self._begun: Begin | None = None
        self._replays = Replays()
        self._unwritten = Unwritten(self._tell)
        self._unreadable = 0

    def begin(self, order: Begin) -> None:
        """Get ready to write speech down; a second time only where it is to be done otherwise."""
        self._replays.keep(order.replay_s)
        before, self._begun = self._begun, order
        if before is None:
            self._tasks.spawn(self._unwritten.run(), name="sound that is not heard")
        if before is not None and replace(before, replay_s=order.replay_s) == order:
            return
        if self._hearing is not None:
            self._tasks.spawn(self._hearing.close(), name="end of a model")
        self._hearing = self._make_hearing(order)
        self._tasks.spawn(self._start(self._hearing), name="speech model")

    def join(self, order: Join) -> None:
        """Join a call, or take the new token of one that is joined."""
        known = self._calls.get(order.cid)
        if known is not None:
            known.order = order
            return
        if self._cannot_join or self._hearing is None:
            now = self._clock.now()
            why = self._cannot_join or NOT_BEGUN
            self._tell(JoinState(order.cid, Joining.FAILED, now, why))
            return
        # Needs the native client, which need not be installed.
        made = importlib.import_module("console.media.joined_call").JoinedCall
        self._calls[order.cid] = made(
            order, self, self._sampling, self._tell, self._unwritten.add, self._clock
        )

    def sample(self, order: Sample) -> None:
        """Take frames of a call from now on, or none any more."""
        self._sampling.want(order)
        call = self._calls.get(order.cid)
        if call is not None:
            self._tasks.spawn(call.subscribe(), name=f"subscriptions in {order.cid}")

    def leave(self, order: Leave) -> None:
        """Leave a call."""
        self._sampling.want(Sample(order.cid))
        self._replays.forget(order.cid)
        call = self._calls.pop(order.cid, None)
        if call is not None:
            self._unreadable += call.unreadable
            self._tasks.spawn(call.leave(), name=f"leave {order.cid}")

    def heats(self, order: Heats) -> None:
        """Write down first what is said in the hottest calls."""
        if self._hearing is not None:
            self._hearing.heats(order.heats)

    def replay(self, question: ReplaySpeaker) -> None:
        """Answer with what somebody said last."""
        self._tell(self._replays.answer(question))

    def counts(self) -> dict[str, float]:
        """Fields of MediaLoad."""
        counts = self._hearing.counts() if self._hearing is not None else {}
        calls = self._calls.values()
        return counts | {
            "calls": sum(call.joined for call in calls),
            "silent": sum(call.silent for call in calls),
            "unreadable": self._unreadable + sum(call.unreadable for call in calls),
        }

    async def close(self) -> None:
        """Leave all calls."""
        await asyncio.gather(*(call.leave() for call in self._calls.values()))
        self._calls.clear()
        await self._tasks.close()
        if self._hearing is not None:
            await self._hearing.close()

    # -- what a joined call hands on, whatever writes it down at the moment

    def feed(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        """Sound of somebody."""
        if self._hearing is not None:
            self._hearing.feed(speaker, pcm, at)

    def ended(self, speaker: Speaker) -> None:
        """Somebody's sound ended."""
        if self._hearing is not None:
            self._hearing.ended(speaker)

    def _make_hearing(self, order: Begin) -> SpeechToText:
        if order.speech == PLUGIN:
            plugin = order.plugin
            return PluginHearing(
                self._tell,
                self._tell,
                self._tell,
                self._clock,
                command=command(plugin),
                hello=Hello(plugin=plugin.plugin, key=order.plugin_key, options=plugin.options),
                voices=voice_detector,
                kept=self._keep,
            )
        return WhisperHearing(
            self._tell,
            self._problem,
            self._clock,
            load=partial(load_speech, order.speech, order.workers),
            voices=voice_detector,
            workers=order.workers,
            kept=self._keep,
            not_written=self._tell,
        )

    async def _start(self, hearing: SpeechToText) -> None:
        try:
            await hearing.start()
        except WorldError as error:
            self._tell(Speech(hearing.name, error.sentence, error.advice))
        else:
            self._tell(Speech(hearing.name))

    def _keep(self, speaker: Speaker, segment: Segment, end: float) -> None:
        self._replays.add(speaker, segment, end)

    def _problem(self, sentence: str, cid: str = "") -> None:
        self._tell(MediaProblem("media", sentence, cid))
