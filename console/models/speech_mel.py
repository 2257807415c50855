"""The spectrogram that Whisper reads: 80 bands of loudness, 100 frames a second.

After "Robust Speech Recognition via Large-Scale Weak Supervision" (Radford and others, 2022) and
the reference implementation (MIT): windows of 25 ms each 10 ms, Slaney's mel scale with bands of
equal area, log10, at most 8 below the loudest, scaled to about -1 to 1.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
BANDS = 80
WINDOW = 400
HOP = 160
_LINEAR_HZ = 200 / 3
"""Of Slaney's scale: linear up to 1 kHz, then 27 steps for a factor of 6.4."""
_BREAK_HZ = 1_000.0
_LOG_STEP = np.log(6.4) / 27.0

Numbers = NDArray[np.float32]


def log_mel(pcm: bytes) -> Numbers:
    """The spectrogram of mono sound in 16 bits at SAMPLE_RATE: BANDS x frames."""
    samples = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
    frames = len(samples) // HOP
    if frames == 0:
        return np.zeros((BANDS, 0), np.float32)
    mode = "reflect" if len(samples) > WINDOW // 2 else "constant"
    padded = np.pad(samples, WINDOW // 2, mode=mode)  # type: ignore[call-overload]  # a str
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:frames]
    power = np.abs(np.fft.rfft(windows * _hann(), axis=1)) ** 2
    loudness = np.log10(np.maximum(_filters() @ power.T.astype(np.float32), 1e-10))
    loudness = np.maximum(loudness, loudness.max() - 8.0)
    scaled: Numbers = ((loudness + 4.0) / 4.0).astype(np.float32)
    return scaled


@lru_cache(maxsize=1)
def _hann() -> Numbers:
    window = np.hanning(WINDOW + 1)[:-1]  # periodic
    return window.astype(np.float32)


@lru_cache(maxsize=1)
def _filters() -> Numbers:
    """BANDS x frequencies: triangles that overlap by half, each of the same area."""
    frequencies = np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE)
    edges = _hertz(np.linspace(0.0, _mels(SAMPLE_RATE / 2), BANDS + 2))
    slopes = edges[:, None] - frequencies[None, :]
    widths = np.diff(edges)
    rising = -slopes[:-2] / widths[:-1, None]
    falling = slopes[2:] / widths[1:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    triangles *= (2.0 / (edges[2:] - edges[:-2]))[:, None]
    return triangles.astype(np.float32)


def _mels(hertz: float) -> float:
    return float(_BREAK_HZ / _LINEAR_HZ + np.log(hertz / _BREAK_HZ) / _LOG_STEP)


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    turn = _BREAK_HZ / _LINEAR_HZ
    linear = mels * _LINEAR_HZ
    curved = _BREAK_HZ * np.exp(_LOG_STEP * (mels - turn))
    return np.where(mels < turn, linear, curved)
