"""Pictures of review items: looked at by a real media process, shown by their hash, or never."""

import pytest_asyncio

from console.domain.sign_in import Method
from console.protocol.frames import AskPicture, PictureAnswer
from console.protocol.review import (
    AskItemPictures,
    ItemPictures,
    QueueItems,
    QueueQuery,
    WatchQueue,
)
from console.sandbox.judging import Content
from tests.media_extra import need_media
from tests.patience import patient

CID = "default:one"


@pytest_asyncio.fixture
async def filmed(sandbox, console):
    need_media("PIL", "rapidocr", "zxingcpp", "onnxruntime")
    sandbox.sockets.frames = True
    sandbox.world.frames.lag = 0.0
    (ann,) = sandbox.call("one", "ann")
    sandbox.world.attendance.publish(CID, ann.user_session_id, "video")
    sandbox.ann = ann
    return sandbox


def rule(sandbox, label):
    rules = [{"label": label, "action": "flag", "min_confidence": 80}]
    sandbox.world.judging.put_config(
        "custom:captions", {"ai_image_config": {"enabled": True, "rules": rules}}
    )


async def in_the_queue(console, sandbox):
    console.router.answer(sandbox.sign_in(Method.SECRET))
    await console.live(CID)
    console.router.answer(WatchQueue(QueueQuery()))
    return await pictured(console)


async def pictured(console):
    def found():
        items = [item for push in console.of(QueueItems) for item in push.changed]
        return next((item for item in items if item.images), None)

    await console.until(found, timeout=patient(40))
    return found()


async def pictures(console, item):
    console.router.answer(AskItemPictures("pictures", item.item_id))
    await console.until(lambda: console.of(ItemPictures))
    return console.of(ItemPictures)[-1]


async def test_a_frame_in_the_queue_can_be_shown(console, filmed):
    rule(filmed, "Gambling")
    filmed.world.frames.show(CID, "ann", ["Gambling"])
    console.router.answer(filmed.sign_in(Method.SECRET))
    await console.live(CID)
    console.router.answer(WatchQueue(QueueQuery()))
    filmed.world.frames.capture(CID)
    item = await pictured(console)
    (picture,) = (await pictures(console, item)).pictures
    assert (picture.seen, picture.sentence) == (True, "")
    console.router.answer(AskPicture("one", picture.picture_id))
    await console.until(lambda: console.of(PictureAnswer))
    assert console.of(PictureAnswer)[-1].jpeg.startswith(b"\xff\xd8")


async def test_what_shows_the_abuse_of_a_child_is_never_fetched(console, filmed, monkeypatch):
    rule(filmed, "Child Exploitation")
    world = filmed.world
    world.frames.show(CID, "ann", ["Child Exploitation"])
    world.frames.capture(CID)
    (frame,) = world.frames._kept.values()
    sent = {"images": [world.frames.link(frame)], "custom": {"cid": CID}}
    world.judging.check(Content("stream:chat:v1:message", "m1", "ann", sent, "custom:captions"))
    item = await in_the_queue(console, filmed)
    assert console.engine.session is not None
    fetched: list[str] = []
    desk = console.engine.session._services._services[0].context.pictures
    monkeypatch.setattr(desk._fetcher, "fetch", fetched.append)
    answer = await pictures(console, item)
    assert [picture.withheld for picture in answer.pictures] == [True]
    assert fetched == []
