"""The spectrogram by its published formula, against sums written out by hand."""

import math

import pytest

numpy = pytest.importorskip("numpy")
speech_mel = pytest.importorskip("console.models.speech_mel")


def tone(hertz, seconds=0.5):
    at = numpy.arange(int(16_000 * seconds)) / 16_000
    return (numpy.sin(2 * math.pi * hertz * at) * 20_000).astype(numpy.int16).tobytes()


def test_it_has_a_frame_each_10_ms():
    assert speech_mel.log_mel(tone(440, 1.0)).shape == (80, 100)
    assert speech_mel.log_mel(b"").shape == (80, 0)


def test_a_tone_is_loudest_in_its_band():
    bands = speech_mel.log_mel(tone(1_000)).mean(axis=1)
    centre = speech_mel._mels(1_000.0) / speech_mel._mels(8_000.0) * 81 - 1
    assert abs(int(bands.argmax()) - centre) <= 1


def test_bands_have_equal_areas_and_the_scale_is_linear_below_1_khz():
    filters = speech_mel._filters()
    areas = filters.sum(axis=1) * (16_000 / 400)
    assert areas[20:].tolist() == pytest.approx([1.0] * 60, abs=0.1)
    assert speech_mel._mels(500.0) == pytest.approx(15 + math.log(0.5) / math.log(6.4) * 27)


def test_a_frame_equals_the_sum_written_out():
    pcm = tone(700)
    samples = numpy.frombuffer(pcm, numpy.int16) / 32768
    at, frame = 20, 20 * 160
    window = [0.5 - 0.5 * math.cos(2 * math.pi * n / 400) for n in range(400)]
    piece = samples[frame - 200 : frame + 200] * window
    power = [
        abs(sum(x * complex(math.cos(a), -math.sin(a)) for x, a in zip(piece, angles, strict=True)))
        ** 2
        for angles in ([2 * math.pi * k * n / 400 for n in range(400)] for k in range(201))
    ]
    logs = numpy.log10(numpy.maximum(speech_mel._filters() @ numpy.array(power), 1e-10))
    found = speech_mel.log_mel(pcm)[:, at] * 4 - 4
    assert found[logs > logs.max() - 4] == pytest.approx(logs[logs > logs.max() - 4], abs=0.01)
