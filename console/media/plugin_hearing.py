"""Has speech written down by a plugin's process: what people say is handed on as they say it."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence

from console.base.clock import Clock
from console.base.tasks import Tasks
from console.domain.speech import BYTES_A_SECOND, Speaker, VoiceDetector
from console.media.ears import Ears
from console.media.plugin_process import AGAIN, PluginProcess
from console.media.plugin_voices import Stretch, Voice, Voices
from console.media.speech_to_text import Tell
from console.media.unwritten import Unwritten
from console.models.speech_segments import Segment
from console.protocol.media import NotWritten, Speech, SpeechHeard
from console.protocol.speech_plugin import (
    MAX_TEXT,
    Gone,
    Hello,
    Pause,
    PluginLost,
    PluginText,
    Sound,
)

ANSWER_LIMIT_S = 15.0
"""Speech of which there is no text so long after it ended is given up."""
SHORTEST_S = 1.5
"""A shorter one may be a cough, of which there is no text."""
MOST_UNANSWERED = 3
"""So many stretches given up one after the other, and the plugin is begun anew."""
LOOK_S = 0.5

TOO_MANY = "more people talk at once than the speech plugin is given"
TOO_SLOW = "the speech plugin took nothing more"
ENDED = "the speech plugin ended"
NO_ANSWER = "the speech plugin gave no text in time"
NO_TEXT = "It gave no text for what was said and was ended."


class PluginHearing:
    """Args:
    told: gets whether speech is written down, as that changes.
    not_written: gets the speech that is not.
    kept: gets each final segment, for replay.
    """

    def __init__(
        self,
        tell: Tell,
        told: Callable[[Speech], None],
        not_written: Callable[[NotWritten], None],
        clock: Clock,
        *,
        command: Sequence[str],
        hello: Hello,
        voices: Callable[[], VoiceDetector],
        kept: Callable[[Speaker, Segment, float], None] = lambda *_: None,
    ) -> None:
        self._tell = tell
        self._told = told
        self._clock = clock
        self._kept = kept
        self._detector = voices
        self._ears = Ears(voices, self._on_segment, self._on_speech)
        self._voices = Voices()
        self._unwritten = Unwritten(not_written)
        self._why_down = "the speech plugin is not ready"
        self._unanswered = 0
        self._tasks = Tasks()
        self._process = PluginProcess(
            command,
            hello,
            heard=self._on_told,
            went_up=self._on_up,
            went_down=self._on_down,
        )
        self._counts: dict[str, float] = dict.fromkeys(
            ("spoken_s", "lines", "late_ms", "shed", "hung"), 0
        )

    @property
    def name(self) -> str:
        return self._process.name

    async def start(self) -> None:
        self._detector()  # raises where none is installed
        self._tasks.spawn(self._ears.watch_pauses(), name="pauses")
        self._tasks.spawn(self._watch(), name="answers of a speech plugin")
        self._tasks.spawn(self._unwritten.run(), name="speech that is not written down")
        await self._process.start()

    def feed(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        self._ears.feed(speaker, pcm, at)

    def ended(self, speaker: Speaker) -> None:
        self._ears.ended(speaker)
        voice = self._voices.find(speaker)
        if voice is not None:
            voice.gone_at = time.monotonic()

    def heats(self, heats: Mapping[str, float]) -> None:
        self._voices.heats = dict(heats)

    def counts(self) -> dict[str, float]:
        return self._counts | {
            "heard_s": self._ears.heard_s,
            "talking": self._ears.talking,
            "waiting": self._voices.waiting,
        }

    async def close(self) -> None:
        await self._tasks.close()
        await self._process.close()

    # -- what people say

    def _on_speech(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        voice = self._voices.of(speaker)
        if not voice.talking:
            voice.begin(at - len(pcm) / BYTES_A_SECOND)
            out = self._voices.give_way(voice)
            if out is not None:
                out.why_lost = TOO_MANY
                self._process.send(Pause(out.number))
        if voice.why_lost:
            return
        if not self._process.up:
            voice.why_lost = self._why_down
        elif not self._process.send(Sound(voice.number, pcm)):
            voice.why_lost = ENDED if self._process.ending else TOO_SLOW
        else:
            voice.given = True

    def _on_segment(self, speaker: Speaker, segment: Segment, end: float) -> None:
        voice = self._voices.find(speaker)
        if not segment.final or voice is None:
            return
        if voice.given:
            self._process.send(Pause(voice.number))
        lost = voice.end(end - segment.quiet, segment.seconds, time.monotonic())
        if not segment.pcm:
            voice.forget_last()
            return
        self._counts["spoken_s"] += segment.seconds
        self._kept(speaker, segment, end)
        if lost:
            self._counts["shed"] += 1
            start = end - segment.seconds
            self._miss(voice, start, end - segment.quiet, segment.seconds, lost)

    # -- what the plugin tells

    def _on_told(self, told: PluginText | PluginLost) -> None:
        voice = self._voices.numbered(told.speaker)
        if voice is None:
            return
        if isinstance(told, PluginLost):
            why = told.sentence[:200].strip().rstrip(".") or NO_ANSWER
            self._give_up(voice, f"{self.name}: {why}")
            return
        self._unanswered = 0
        text = told.text[:MAX_TEXT].strip()
        until = self._ears.spoken_until(voice.speaker) or self._clock.now()
        start, end = voice.said(until)
        if text or voice.partial:
            self._hear(voice, told, text, start, end)
        if told.final:
            voice.answered(end)

    def _hear(self, voice: Voice, told: PluginText, text: str, start: float, end: float) -> None:
        if told.final:
            self._counts["lines"] += bool(text)
            self._counts["late_ms"] = max(0.0, (self._clock.now() - end) * 1000)
        voice.partial = "" if told.final else text
        speaker = voice.speaker
        self._tell(
            SpeechHeard(
                utterance_id=f"{speaker.user_session_id}:{voice.utterance}",
                cid=speaker.cid,
                user_id=speaker.user_id,
                user_session_id=speaker.user_session_id,
                name=speaker.name,
                text=text,
                start=start,
                end=end,
                final=told.final,
                confidence=min(told.confidence, 1.0) if told.confidence >= 0 else -1.0,
                language=told.language[:20],
                heard_by=self.name,
            )
        )

    def _give_up(self, voice: Voice, why: str) -> None:
        """Of what the plugin has of them no text comes."""
        running = voice.give_up_running(self._clock.now())
        for stretch in (*voice.give_up(), *([running] if running else [])):
            self._lose(voice, stretch, why)
        self._take_back(voice)

    def _lose(self, voice: Voice, stretch: Stretch, why: str) -> None:
        self._counts["hung"] += 1
        self._miss(voice, stretch.start, stretch.end, stretch.seconds, why)

    def _take_back(self, voice: Voice) -> None:
        """What was told of this utterance does not become complete."""
        if voice.partial:
            taken = PluginText(speaker=voice.number, text="", final=True)
            start, end = voice.said(self._clock.now())
            self._hear(voice, taken, "", start, end)
            voice.answered(end)

    def _on_up(self) -> None:
        self._told(Speech(self.name))

    def _on_down(self, sentence: str) -> None:
        self._why_down = sentence.rstrip(".")
        for voice in self._voices.all():
            self._give_up(voice, self._why_down)
        self._voices.renumber()
        self._told(Speech(self.name, sentence, AGAIN))

    # -- what does not come

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            now = time.monotonic()
            for voice in self._voices.all():
                late = voice.give_up(ended_before=now - ANSWER_LIMIT_S)
                for stretch in late:
                    if stretch.seconds < SHORTEST_S:
                        continue
                    self._unanswered += 1
                    self._lose(voice, stretch, NO_ANSWER)
                if late:
                    self._take_back(voice)
            for number in self._voices.forget(now):
                self._process.send(Gone(number))
            if self._unanswered >= MOST_UNANSWERED:
                self._unanswered = 0
                self._process.end(NO_TEXT)

    def _miss(self, voice: Voice, start: float, end: float, seconds: float, why: str) -> None:
        self._unwritten.add(voice.speaker, start, end, seconds, why)
