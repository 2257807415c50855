"""Reads one person's track of sound, and tells what is wrong with it: unreadable, or silent."""

from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np

from console.base.clock import Clock
from console.domain.speech import Speaker
from console.media.sound import ToSpeech
from console.media.speech_to_text import SoundTaker

SILENT_S = 300.0
"""A microphone that is on and has never brought as much as noise for so long is told. One that was
heard before may be silent: noise suppression makes it so while nobody speaks."""
NO_NOISE = 8
"""Of 32,768: no sample of a track without noise is louder; codecs leave that much."""

UNREADABLE = "their sound cannot be read ({})"
SILENT = "their microphone is on and brings nothing but silence"
ENDED = "their sound ended with an error"

Missed = Callable[[Speaker, float, float, float, str], None]
"""Gets whose sound is missing, from when to when, how much speech of it is known, and why."""


class SoundTrack:
    """``missed``: what was not heard.

    Attributes:
        unreadable: pieces of sound that could not be read.
        silent: whether it is on for SILENT_S and nothing but silence has come.
    """

    def __init__(self, speaker: Speaker, hearing: SoundTaker, missed: Missed, clock: Clock) -> None:
        self.speaker = speaker
        self._hearing = hearing
        self._missed = missed
        self._clock = clock
        self._sound = ToSpeech()
        self._began_at = clock.now()
        self._began = clock.monotonic()
        self._noisy = False
        self.unreadable = 0
        self.silent = False

    async def read(self, next_pcm: Callable[[], Awaitable[Any]]) -> None:
        """Read to the end. Whatever ``next_pcm`` raises ends it, is marked, and comes through."""
        try:
            while (frame := await next_pcm()) is not None:
                self._take(frame)
        except Exception:
            now = self._clock.now()
            self._missed(self.speaker, now, now, 0.0, ENDED)
            raise
        finally:
            self._hearing.ended(self.speaker)

    def look(self) -> None:
        """Find out whether it is silent; to be called now and then."""
        if self.silent or self._noisy or self._clock.monotonic() - self._began < SILENT_S:
            return
        self.silent = True
        self._missed(self.speaker, self._began_at, self._clock.now(), 0.0, SILENT)

    def _take(self, frame: Any) -> None:
        now = self._clock.now()
        try:
            pcm = self._sound.change(frame.samples, frame.sample_rate, frame.channels)
        except ValueError as error:
            self.unreadable += 1
            self._missed(self.speaker, now, now, 0.0, UNREADABLE.format(error))
            return
        if not self._noisy and pcm:
            samples = np.frombuffer(pcm, np.int16)
            self._noisy = bool(samples.max() > NO_NOISE or samples.min() < -NO_NOISE)
            self.silent = self.silent and not self._noisy
        self._hearing.feed(self.speaker, pcm, now)
