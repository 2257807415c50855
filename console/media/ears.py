"""Finds speech in the sound of speakers: a voice detector and a segmenter for each of them."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from console.domain.speech import BYTES_A_SECOND, CHUNK_BYTES, CHUNK_S, Speaker, VoiceDetector
from console.models.speech_segments import LEAD_S, Segment, Segmenter

PAUSE_S = 0.6
"""Who was talking and sends nothing for so long was muted: what they said is complete."""
LOOK_S = 0.2
FORGET_S = 600.0
"""Of who says nothing for so long nothing is kept."""

TakeSegment = Callable[[Speaker, Segment, float], None]
"""Gets a segment, and until when it was said (unix seconds)."""
TakeSpeech = Callable[[Speaker, bytes, float], None]
"""Gets sound of somebody who talks, as it comes, and until when that was said."""


class _Ear:
    """What is kept of one speaker."""

    def __init__(self, voice: VoiceDetector) -> None:
        self.voice = voice
        self.segmenter = Segmenter()
        self.lead: deque[bytes] = deque(maxlen=round(LEAD_S / CHUNK_S))
        self.rest = b""
        self.fed_at = 0.0
        self.fed_until = 0.0


class Ears:
    """``speech``: for who wants sound while somebody talks, before its segment is complete."""

    def __init__(
        self,
        voices: Callable[[], VoiceDetector],
        segment: TakeSegment,
        speech: TakeSpeech | None = None,
    ) -> None:
        self._voices = voices
        self._segment = segment
        self._speech = speech
        self._ears: dict[Speaker, _Ear] = {}
        self.heard_s = 0.0

    @property
    def talking(self) -> int:
        """How many people talk now."""
        return sum(ear.segmenter.talking for ear in self._ears.values())

    def spoken_until(self, speaker: Speaker) -> float:
        """When somebody who talks was heard last (unix seconds); 0.0 of who was never heard."""
        ear = self._ears.get(speaker)
        return ear.fed_until - ear.segmenter.quiet_s if ear is not None else 0.0

    def feed(self, speaker: Speaker, pcm: bytes, at: float) -> None:
        """Sound that ``speaker`` made until ``at`` (unix seconds)."""
        ear = self._ears.get(speaker)
        if ear is None:
            ear = self._ears[speaker] = _Ear(self._voices())
        ear.fed_at, ear.fed_until = time.monotonic(), at
        sound = ear.rest + pcm
        whole = len(sound) // CHUNK_BYTES * CHUNK_BYTES
        ear.rest = sound[whole:]
        for first in range(0, whole, CHUNK_BYTES):
            self._hear(speaker, ear, sound[first : first + CHUNK_BYTES])
        self.heard_s += len(pcm) / BYTES_A_SECOND

    def ended(self, speaker: Speaker) -> None:
        """No more sound comes of ``speaker``."""
        ear = self._ears.pop(speaker, None)
        if ear is not None:
            self._end(speaker, ear)

    async def watch_pauses(self) -> None:
        """Ends what people said whose sound stopped; runs until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            now = time.monotonic()
            for speaker, ear in list(self._ears.items()):
                if ear.segmenter.talking and now - ear.fed_at > PAUSE_S:
                    self._end(speaker, ear)
                elif now - ear.fed_at > FORGET_S:
                    del self._ears[speaker]

    def _hear(self, speaker: Speaker, ear: _Ear, chunk: bytes) -> None:
        talked = ear.segmenter.talking
        segments = list(ear.segmenter.feed(chunk, ear.voice.voiced(chunk)))
        if self._speech is not None:
            if talked:
                self._speech(speaker, chunk, ear.fed_until)
            elif ear.segmenter.talking:
                self._speech(speaker, b"".join((*ear.lead, chunk)), ear.fed_until)
                ear.lead.clear()
            else:
                ear.lead.append(chunk)
        self._take_all(speaker, ear, segments, talked=talked)

    def _end(self, speaker: Speaker, ear: _Ear) -> None:
        talked = ear.segmenter.talking
        self._take_all(speaker, ear, list(ear.segmenter.end()), talked=talked)

    def _take_all(
        self, speaker: Speaker, ear: _Ear, segments: list[Segment], *, talked: bool
    ) -> None:
        for segment in segments:
            self._take(speaker, ear, segment)
        ended = talked and not ear.segmenter.talking
        if self._speech is not None and ended and not any(each.final for each in segments):
            # It was too short for speech; who was given it is told that it is over.
            nothing = Segment(-1, b"", ear.segmenter.heard_s, 0.0, True)
            self._take(speaker, ear, nothing)

    def _take(self, speaker: Speaker, ear: _Ear, segment: Segment) -> None:
        behind = ear.segmenter.heard_s - segment.start - segment.seconds
        self._segment(speaker, segment, ear.fed_until - behind)
