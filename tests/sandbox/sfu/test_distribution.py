"""What tracks give is handed out, and never kept without a bound."""

import asyncio
import contextlib
from typing import Any

import pytest

from tests.media_extra import need_media
from tests.patience import patient

need_media("aiortc", "numpy")

import numpy as np  # noqa: E402  (after the skip)
from aiortc import RTCSessionDescription  # noqa: E402
from aiortc.mediastreams import MediaStreamError  # noqa: E402

from console.base.tasks import Tasks  # noqa: E402
from console.sandbox.sfu.distribution import MOST_WAITING, Distribution, Outlet  # noqa: E402
from console.sandbox.sfu.messages import TrackType  # noqa: E402
from console.sandbox.sfu.peers import Publisher, Subscriber, _connection  # noqa: E402
from console.sandbox.sfu.tracks import FRAME, RATE, Camera, Voice  # noqa: E402

KEY = ("session", TrackType.AUDIO)


def loud(seconds):
    at = np.arange(int(seconds * 50) * FRAME) / RATE
    return (np.sin(2 * np.pi * 440 * at) * 9_000).astype(np.int16)


async def until(condition, seconds=5):
    async with asyncio.timeout(patient(seconds)):
        while not condition():  # noqa: ASYNC110  # frames tell nobody
            await asyncio.sleep(0.01)


async def test_a_sender_that_takes_nothing_holds_a_second_of_a_track():
    tasks = Tasks()
    distribution, voice, outlet = Distribution(tasks), Voice(), Outlet("audio")
    distribution.follow(outlet, voice)

    await until(lambda: outlet.dropped > 5)

    assert outlet.waiting == MOST_WAITING["audio"]
    distribution.end(voice)
    await tasks.close()


async def test_a_track_that_is_not_sent_any_more_fills_nothing():
    tasks = Tasks()
    distribution, voice = Distribution(tasks), Voice()
    left, stays = Outlet("audio"), Outlet("audio")
    distribution.follow(left, voice)
    distribution.follow(stays, voice)
    await until(lambda: left.waiting and stays.waiting)

    distribution.follow(left, None)
    stays.clear()

    await until(lambda: stays.waiting > 5)
    assert left.waiting == 0
    distribution.end(voice)
    await until(lambda: len(tasks) == 0)


async def test_no_two_senders_get_the_same_frame():
    tasks = Tasks()
    distribution = Distribution(tasks)
    camera, voice = Camera(np.full((180, 320, 3), 90, np.uint8)), Voice()
    outlets = [Outlet("video"), Outlet("video"), Outlet("audio"), Outlet("audio")]
    for outlet, track in zip(outlets, (camera, camera, voice, voice), strict=True):
        distribution.follow(outlet, track)
    voice.say(loud(1))

    given: list[Any] = [await outlet.recv() for outlet in outlets]
    one, other, heard, heard_too = given

    assert one is not other
    assert (one.to_ndarray() == other.to_ndarray()).all()
    assert (one.pts, one.time_base) == (other.pts, other.time_base)
    assert heard is not heard_too
    assert (heard.to_ndarray() == heard_too.to_ndarray()).all()
    assert heard.sample_rate == heard_too.sample_rate
    for track in (camera, voice):
        distribution.end(track)
    await tasks.close()


async def test_an_offer_that_was_not_answered_is_made_again():
    tasks = Tasks()
    distribution, voice, offers = Distribution(tasks), Voice(), []

    async def lose(sdp):
        offers.append(sdp)

    subscriber = Subscriber(distribution, lose, answer_s=0.1)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            await subscriber.receive(lambda: {KEY: ("p", voice)})

    assert len(offers) == 2
    await subscriber.close()
    distribution.end(voice)
    await tasks.close()


async def test_a_receiver_hears_a_track_again_that_was_off():
    tasks = Tasks()
    distribution, client, voice = Distribution(tasks), _connection(), Voice()
    heard = []

    async def answer(sdp):
        await client.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        await client.setLocalDescription(await client.createAnswer())
        tasks.spawn(subscriber.answer(client.localDescription.sdp), name="answer")

    async def listen(track):
        with contextlib.suppress(MediaStreamError):
            while True:
                heard.append(int(np.abs((await track.recv()).to_ndarray()).max()))

    client.on("track", lambda track: tasks.spawn(listen(track), name="listen") and None)
    subscriber = Subscriber(distribution, answer)
    wanted = {KEY: ("prefix", voice)}
    voice.say(loud(30))
    await subscriber.receive(lambda: wanted)
    await until(lambda: heard and heard[-1] > 3_000)

    for _ in range(2):
        await subscriber.receive(dict)
        before = len(heard)
        await subscriber.receive(lambda: wanted)
        await until(lambda before=before: max(heard[before + 50 :], default=0) > 3_000)

    await subscriber.close()
    await client.close()
    distribution.end(voice)
    await tasks.close()


async def test_what_a_client_sends_is_read_although_nobody_is_sent_it():
    tasks = Tasks()
    distribution, client = Distribution(tasks), _connection()
    arrived = []

    def read(_kind, track):
        arrived.append(track)
        distribution.read(track)

    publisher = Publisher(read)
    client.addTrack(Voice())
    await client.setLocalDescription(await client.createOffer())
    sdp = await publisher.offer(client.localDescription.sdp, {})
    await client.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
    await until(lambda: publisher.connection.connectionState == "connected")
    outlet = Outlet("audio")
    distribution.follow(outlet, arrived[0])
    await until(lambda: outlet.dropped > 5)
    distribution.follow(outlet, None)
    most: list[int] = []

    async with asyncio.timeout(patient(5)):
        while len(most) < 50:
            most.append(arrived[0]._queue.qsize())
            await asyncio.sleep(0.02)

    assert max(most) < 25
    distribution.end(arrived[0])
    await client.close()
    await publisher.close()
    await tasks.close()
