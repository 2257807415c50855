"""A track that cannot be read, breaks off, or is silent: counted, marked, the rest goes on."""

import asyncio
from types import SimpleNamespace

import pytest

from console.domain.speech import Speaker
from tests.media_extra import need_media

ANN = Speaker(cid="default:a", user_id="ann", user_session_id="ann", name="Ann")


class HandClock:
    def __init__(self):
        self.time = 1_000.0

    def now(self):
        return self.time

    def monotonic(self):
        return self.time

    async def sleep(self, seconds):
        self.time += seconds

    def timeout(self, seconds):
        return asyncio.timeout(seconds)


class Taker:
    def __init__(self):
        self.heard = 0
        self.over = False

    def feed(self, speaker, pcm, at):
        self.heard += len(pcm)

    def ended(self, speaker):
        self.over = True


class Track:
    """Frames as a native client gives them; an exception is raised in its place."""

    def __init__(self, *frames):
        self._frames = list(frames)

    async def next_pcm(self):
        if not self._frames:
            return None
        frame = self._frames.pop(0)
        if isinstance(frame, Exception):
            raise frame
        return frame


@pytest.fixture
def track():
    need_media("soxr", "numpy")
    from console.media.sound_track import SoundTrack

    clock, taker = HandClock(), Taker()
    missed = []
    made = SoundTrack(ANN, taker, lambda *what: missed.append(what), clock)
    return SimpleNamespace(made=made, clock=clock, taker=taker, missed=missed)


def frame(loud=1_000, rate=16_000, channels=1):
    numpy = pytest.importorskip("numpy")
    samples = numpy.full(320 * max(channels, 1), loud, numpy.int16)
    return SimpleNamespace(samples=samples, sample_rate=rate, channels=channels)


async def test_sound_that_cannot_be_read_is_counted_and_marked_and_the_rest_is_heard(track):
    await track.made.read(Track(frame(rate=0), frame(channels=99), frame()).next_pcm)
    assert track.made.unreadable == 2
    assert track.taker.heard == 640
    assert [what[4] for what in track.missed] == [
        "their sound cannot be read (0 Hz in 1 channels)",
        "their sound cannot be read (16000 Hz in 99 channels)",
    ]
    assert track.taker.over


async def test_a_codec_that_fails_ends_this_track_with_a_mark(track):
    with pytest.raises(RuntimeError):
        await track.made.read(Track(frame(), RuntimeError("decoder"), frame()).next_pcm)
    assert track.missed[-1] == (ANN, 1_000.0, 1_000.0, 0.0, "their sound ended with an error")
    assert track.taker.over


async def test_a_microphone_that_brings_only_silence_is_marked_once(track):
    await track.made.read(Track(frame(loud=3)).next_pcm)
    track.clock.time += 200.0
    track.made.look()
    assert track.missed == []
    track.clock.time += 101.0
    track.made.look()
    track.made.look()
    ((who, since, until, seconds, why),) = track.missed
    assert (who, since, until, seconds) == (ANN, 1_000.0, 1_301.0, 0.0)
    assert "nothing but silence" in why
    assert track.made.silent

    await track.made.read(Track(frame()).next_pcm)
    assert not track.made.silent


async def test_who_was_heard_once_may_be_silent(track):
    await track.made.read(Track(frame(), frame(loud=0)).next_pcm)
    track.clock.time += 3_600.0
    track.made.look()
    assert track.missed == []
