"""Frames of the native client as pixels, and as often as they are wanted."""

import asyncio

import pytest

from console.base.clock import SystemClock
from console.domain.frames import TrackKey
from console.domain.picture import PictureLook
from console.protocol.media import FrameBegun, FrameTaken, Sample, SampleNow
from tests.media_extra import need_media
from tests.patience import patient

KEY = TrackKey("default:a", "ann", "video")
LOOK = PictureLook(labels=(), text="", qr=(), jpeg=b"jpeg", likeness="00", width=2, height=2)


@pytest.fixture
def sampling():
    need_media("numpy", "PIL")
    return pytest.importorskip("console.media.sampling")


def test_planes_become_red_green_and_blue(sampling):
    numpy = pytest.importorskip("numpy")
    red = numpy.array([81] * 16 + [90] * 4 + [240] * 4, numpy.uint8)
    pixels = sampling.rgb(red, 4, 4)
    assert pixels.shape == (4, 4, 3)
    assert [int(value) for value in pixels[0, 0]] == pytest.approx([254, 0, 0], abs=3)
    assert sampling.rgb(numpy.zeros(9 + 2 * 4, numpy.uint8), 3, 3).shape == (3, 3, 3)
    for data, width, height in ((red[:-1], 4, 4), (red, 0, 4), (red, 40_000, 40_000)):
        with pytest.raises(ValueError, match="pixels"):
            sampling.rgb(data, width, height)


class Frames:
    """Frames of a track without an end; counts those that were taken."""

    def __init__(self, numpy):
        self.taken = 0
        self._data = numpy.zeros(2 * 2 * 3, numpy.uint8)

    width = height = 2

    @property
    def data(self):
        return self._data

    async def __anext__(self):
        self.taken += 1
        return self


class Eyes:
    def look(self, image):
        raise AssertionError("no file is looked at here")

    def look_at_pixels(self, pixels):
        return LOOK


async def test_a_frame_is_taken_when_it_is_asked_for_and_none_in_between(sampling):
    looking = pytest.importorskip("console.media.looking").Looking(Eyes)
    told, news = [], asyncio.Event()

    def tell(message):
        told.append(message)
        news.set()

    async def until(count):
        async with asyncio.timeout(patient(10)):
            while len(told) < count:
                news.clear()
                await news.wait()

    taker = sampling.Sampling(looking, tell, SystemClock())
    frames = Frames(pytest.importorskip("numpy"))
    taker.want(Sample("default:a", camera_s=600.0))
    following = asyncio.create_task(taker.follow(KEY, "s", frames))
    await until(2)
    taker.now(SampleNow(KEY))
    await until(4)
    taker.now(SampleNow(TrackKey("default:a", "bob", "video")))
    assert frames.taken == 2
    begun, taken = told[:2]
    assert [type(each) for each in told] == [FrameBegun, FrameTaken] * 2
    assert (begun.key, begun.preview[:2], begun.captured_at) == (
        KEY,
        b"\xff\xd8",
        taken.captured_at,
    )
    assert (taken.user_id, taken.jpeg) == ("ann", b"jpeg")
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await looking.close()
