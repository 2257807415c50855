"""Writes speech down in this process: a voice detector a speaker, one model for all of them."""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.speech import Speaker, SpeechModel, VoiceDetector, Written
from console.media.ears import Ears
from console.media.segment_queue import SegmentQueue, Waiting
from console.media.speech_to_text import Problem, Tell
from console.media.unwritten import Unwritten
from console.models.speech_segments import Segment
from console.protocol.media import SPEECH_HUNG, NotWritten, SpeechHeard

log = logging.getLogger(__name__)

HANGS_S = 60.0
"""A segment takes a second; native code that takes so long never comes back, and cannot be stopped
but with its process."""

TOO_MUCH = "more was said than this machine can write down, and other calls are hotter"
FAILED = "the speech model failed ({})"


class WhisperHearing:
    """Args:
    load: loads the model; in a thread.
    kept: gets each final segment, for replay.
    not_written: gets the speech that is not written down.
    """

    def __init__(
        self,
        tell: Tell,
        problem: Problem,
        clock: Clock,
        *,
        load: Callable[[], SpeechModel],
        voices: Callable[[], VoiceDetector],
        workers: int = 1,
        kept: Callable[[Speaker, Segment, float], None] = lambda *_: None,
        not_written: Callable[[NotWritten], None] = lambda _: None,
    ) -> None:
        self.name = "Whisper"
        self._tell = tell
        self._problem = problem
        self._clock = clock
        self._load = load
        self._workers = workers
        self._kept = kept
        self._ears = Ears(voices, self._take)
        self._queue = SegmentQueue()
        self._unwritten = Unwritten(not_written)
        self._any = asyncio.Event()
        self._threads = ThreadPoolExecutor(workers, "speech")
        self._tasks = Tasks()
        self._told: set[tuple[Speaker, int]] = set()
        """Segments of which something partial was told."""
        self._counts: dict[str, float] = dict.fromkeys(
            ("speech_cpu_s", "spoken_s", "lines", "repeats", "late_ms"), 0
        )

    async def start(self) -> None:
        model = await asyncio.get_running_loop().run_in_executor(self._threads, self._load)
        self.name = model.name
        for number in range(self._workers):
            self._tasks.spawn(self._work(model), name=f"speech {number}")
        self._tasks.spawn(self._ears.watch_pauses(), name="pauses")
        self._tasks.spawn(self._unwritten.run(), name="speech that is not written down")

    def feed(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        self._ears.feed(speaker, pcm, at)

    def ended(self, speaker: Speaker) -> None:
        self._ears.ended(speaker)

    def heats(self, heats: Mapping[str, float]) -> None:
        self._queue.heats = dict(heats)

    def counts(self) -> dict[str, float]:
        return self._counts | {
            "heard_s": self._ears.heard_s,
            "talking": self._ears.talking,
            "waiting": len(self._queue),
            "shed": self._queue.shed,
        }

    async def close(self) -> None:
        await self._tasks.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _take(self, speaker: Speaker, segment: Segment, end: float) -> None:
        if segment.final and not segment.pcm:
            self._heard(Waiting(speaker, segment, end), Written(text=""))
            return
        if segment.final:
            self._counts["spoken_s"] += segment.seconds
            self._kept(speaker, segment, end)
        out = self._queue.put(Waiting(speaker, segment, end))
        self._any.set()
        if out is not None:
            sentence = (
                "More is said than this machine can write down: of the call with the least heat"
                f" {out.segment.seconds:.0f} s were left out."
            )
            self._problem(sentence, out.speaker.cid)
            self._miss(out, TOO_MUCH)

    def _miss(self, waiting: Waiting, why: str) -> None:
        if not waiting.segment.final:
            return
        end = waiting.end - waiting.segment.quiet
        start = waiting.end - waiting.segment.seconds
        self._unwritten.add(waiting.speaker, start, end, waiting.segment.seconds, why)

    async def _work(self, model: SpeechModel) -> None:
        loop = asyncio.get_running_loop()
        while True:
            waiting = self._queue.take()
            if waiting is None:
                self._any.clear()
                await self._any.wait()
                continue
            work = loop.run_in_executor(self._threads, model.write_down, waiting.segment.pcm)
            done, _ = await asyncio.wait([work], timeout=HANGS_S)
            if not done:
                log.critical("the speech model hangs; this process ends")
                os._exit(SPEECH_HUNG)
            try:
                written = work.result()
            except Exception as error:  # native code raises whatever it likes
                log.exception("a segment could not be written down")
                sentence = f"A segment could not be written down ({type(error).__name__})."
                self._problem(sentence, waiting.speaker.cid)
                self._miss(waiting, FAILED.format(type(error).__name__))
                continue
            self._counts["speech_cpu_s"] += written.cpu_s
            self._heard(waiting, written)

    def _heard(self, waiting: Waiting, written: Written) -> None:
        speaker, segment = waiting.speaker, waiting.segment
        key = (speaker, segment.number)
        if written.repeated:
            self._counts["repeats"] += 1
        if segment.final:
            if not written.text and key not in self._told:
                return
            self._told.discard(key)
            self._counts["lines"] += bool(written.text)
            said_until = waiting.end - segment.quiet
            self._counts["late_ms"] = max(0.0, (self._clock.now() - said_until) * 1000)
        else:
            self._told.add(key)
        self._tell(
            SpeechHeard(
                utterance_id=f"{speaker.user_session_id}:{segment.number}",
                cid=speaker.cid,
                user_id=speaker.user_id,
                user_session_id=speaker.user_session_id,
                name=speaker.name,
                text=written.text,
                start=waiting.end - segment.seconds,
                end=waiting.end - segment.quiet,
                final=segment.final,
                confidence=written.confidence,
                language=written.language,
                heard_by=self.name,
                cpu_s=written.cpu_s,
            )
        )
