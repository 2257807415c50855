"""The sound of one track as speech models want it: mono, 16 bits, 16 kHz."""

from typing import Any

import numpy as np
import soxr

from console.domain.speech import SAMPLE_RATE


class ToSpeech:
    """Changes one track; a new sample rate in its middle begins anew."""

    def __init__(self) -> None:
        self._rate = 0
        self._change: Any = None

    def change(self, samples: Any, rate: int, channels: int) -> bytes:
        """Interleaved samples in 16 bits.

        Raises:
            ValueError: they are no sound: a rate or a number of channels that cannot be.
        """
        if not (8_000 <= rate <= 192_000 and 1 <= channels <= 8):
            raise ValueError(f"{rate} Hz in {channels} channels")
        whole = len(samples) // channels * channels
        sound = np.asarray(samples[:whole], np.int16).reshape(-1, channels)
        mono = sound[:, 0] if channels == 1 else sound.mean(axis=1).astype(np.int16)
        if rate == SAMPLE_RATE:
            return bytes(mono.tobytes())
        if rate != self._rate:
            self._rate = rate
            self._change = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="int16", quality="MQ")
        changed = self._change.resample_chunk(np.ascontiguousarray(mono))
        return bytes(changed.tobytes())
