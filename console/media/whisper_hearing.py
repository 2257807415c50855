"""Writes speech down in this process: a voice detector a speaker, one model for all of them."""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.speech import CHUNK_BYTES, Speaker, SpeechModel, VoiceDetector, Written
from console.media.segment_queue import SegmentQueue, Waiting
from console.media.speech_to_text import Problem, Tell
from console.models.speech_segments import Segment, Segmenter
from console.protocol.media import SpeechHeard

log = logging.getLogger(__name__)

PAUSE_S = 0.6
"""Who was talking and sends nothing for so long was muted: what they said is complete."""
LOOK_S = 0.2
HANGS_S = 60.0
"""A segment takes a second; native code that takes so long never comes back, and cannot be stopped
but with its process."""
FORGET_S = 600.0
"""Of who says nothing for so long nothing is kept."""
HUNG_EXIT = 70


class _Ear:
    """What is kept of one speaker."""

    def __init__(self, voice: VoiceDetector) -> None:
        self.voice = voice
        self.segmenter = Segmenter()
        self.rest = b""
        self.fed_at = 0.0
        self.fed_until = 0.0


class WhisperHearing:
    """Args:
    load: loads the model; in a thread.
    kept: gets each final segment, for replay.
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
    ) -> None:
        self.name = "Whisper"
        self._tell = tell
        self._problem = problem
        self._clock = clock
        self._load = load
        self._voices = voices
        self._workers = workers
        self._kept = kept
        self._ears: dict[Speaker, _Ear] = {}
        self._queue = SegmentQueue()
        self._any = asyncio.Event()
        self._threads = ThreadPoolExecutor(workers, "speech")
        self._tasks = Tasks()
        self._told: set[tuple[Speaker, int]] = set()
        """Segments of which something partial was told."""
        self._counts: dict[str, float] = dict.fromkeys(
            ("speech_cpu_s", "heard_s", "spoken_s", "lines", "repeats", "late_ms"), 0
        )

    async def start(self) -> None:
        model = await asyncio.get_running_loop().run_in_executor(self._threads, self._load)
        self.name = model.name
        for number in range(self._workers):
            self._tasks.spawn(self._work(model), name=f"speech {number}")
        self._tasks.spawn(self._watch_pauses(), name="pauses")

    def feed(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        ear = self._ears.get(speaker)
        if ear is None:
            ear = self._ears[speaker] = _Ear(self._voices())
        ear.fed_at, ear.fed_until = time.monotonic(), at
        sound = ear.rest + pcm
        whole = len(sound) // CHUNK_BYTES * CHUNK_BYTES
        ear.rest = sound[whole:]
        for first in range(0, whole, CHUNK_BYTES):
            chunk = sound[first : first + CHUNK_BYTES]
            for segment in ear.segmenter.feed(chunk, ear.voice.voiced(chunk)):
                self._take(speaker, ear, segment)
        self._counts["heard_s"] += len(pcm) / 32_000

    def ended(self, speaker: Speaker) -> None:
        ear = self._ears.pop(speaker, None)
        if ear is not None:
            self._end(speaker, ear)

    def heats(self, heats: Mapping[str, float]) -> None:
        self._queue.heats = dict(heats)

    def counts(self) -> dict[str, float]:
        return self._counts | {
            "talking": sum(ear.segmenter.talking for ear in self._ears.values()),
            "waiting": len(self._queue),
            "shed": self._queue.shed,
        }

    async def close(self) -> None:
        await self._tasks.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _take(self, speaker: Speaker, ear: _Ear, segment: Segment) -> None:
        end = ear.fed_until - (ear.segmenter.heard_s - segment.start - segment.seconds)
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

    def _end(self, speaker: Speaker, ear: _Ear) -> None:
        for segment in ear.segmenter.end():
            self._take(speaker, ear, segment)

    async def _watch_pauses(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            now = time.monotonic()
            for speaker, ear in list(self._ears.items()):
                if ear.segmenter.talking and now - ear.fed_at > PAUSE_S:
                    self._end(speaker, ear)
                elif now - ear.fed_at > FORGET_S:
                    del self._ears[speaker]

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
                os._exit(HUNG_EXIT)
            try:
                written = work.result()
            except Exception as error:  # native code raises whatever it likes
                log.exception("a segment could not be written down")
                sentence = f"A segment could not be written down ({type(error).__name__})."
                self._problem(sentence, waiting.speaker.cid)
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
