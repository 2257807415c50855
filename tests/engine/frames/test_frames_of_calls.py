"""Frames that Stream records: fetched, looked at by a real media process, judged and raised."""

import asyncio
import io

import pytest
import pytest_asyncio

from console.domain.frames import TrackKey
from console.domain.item import FRAME, Picture
from console.domain.phase import Phase
from console.domain.sign_in import Method
from console.engine.pictures import desk
from console.engine.services.frames.service import Frames
from console.protocol.frames import AskPicture, FramesSeen, PictureAnswer, PicturesWithheld
from console.protocol.raised import RaisedChanged
from console.protocol.to_window import NoticeKind, Problem, Pulse
from tests.engine.pictures.test_desk import card, png
from tests.media_extra import need_media
from tests.patience import patient

CID = "default:one"
RULE = {"label": "Gambling", "action": "remove", "min_confidence": 80}
NEVER = {"label": "Child Exploitation", "action": "flag", "min_confidence": 80}


@pytest_asyncio.fixture
async def filmed(sandbox, console):
    """A call with a camera and a screen, whose frames come over sockets."""
    need_media("PIL", "rapidocr", "zxingcpp", "onnxruntime")
    sandbox.sockets.frames = True
    sandbox.world.frames.lag = 0.0
    ann, bob = sandbox.call("one", "ann", "bob")
    sandbox.world.attendance.publish(CID, ann.user_session_id, "video")
    sandbox.world.attendance.publish(CID, bob.user_session_id, "screenshare")
    yield sandbox


async def begun(sandbox, console, method=Method.TOKEN):
    console.router.answer(sandbox.sign_in(method))
    await console.until(lambda: console.state.phase is Phase.LIVE and CID in console.calls)


def frames(console):
    return [line for line in console.lines if line.kind == FRAME]


def standing(console, item):
    return next(each for each in reversed(console.verdicts) if each.item_id == item.item_id)


def rules(sandbox, *rules):
    config = {"ai_image_config": {"enabled": True, "rules": list(rules)}}
    sandbox.world.judging.put_config("custom:captions", config)


async def asked(console, picture_id):
    console.router.answer(AskPicture(f"q{len(console.messages)}", picture_id))
    before = len(console.of(PictureAnswer))
    await console.until(lambda: len(console.of(PictureAnswer)) > before)
    return console.of(PictureAnswer)[-1]


async def test_a_test_card_is_raised_and_its_small_picture_can_be_had(filmed, console):
    await begun(filmed, console)
    filmed.world.frames.show(CID, "ann", ["Explicit Nudity"])
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))

    card = next(line for line in frames(console) if line.author_id == "ann")
    verdict = standing(console, card)
    assert (verdict.action, verdict.labels) == ("remove", ("Explicit Nudity",))
    assert (verdict.severity, verdict.confidence) == ("high", 1.0)
    assert card.body.track == "video"
    assert card.body.text.splitlines()[0] == "TEST CARD"

    seen = {each.key: each for told in console.of(FramesSeen) for each in told.frames}
    assert seen[TrackKey(CID, "ann", "video")].item_id == card.item_id
    assert (await asked(console, card.body.picture_id)).jpeg.startswith(b"\xff\xd8")
    await console.until(lambda: console.of(Pulse)[-1].frames_judged == 2)


async def test_what_can_be_read_on_a_screen_is_judged_like_any_text(filmed, console):
    bob = filmed.world.state.users["bob"]
    bob.custom |= {"screen": "you should kill yourself", "qr": "https://free-coins.example/win"}
    await begun(filmed, console)
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    screen = next(line for line in frames(console) if line.author_id == "bob")
    assert screen.body.qr == ("https://free-coins.example/win",)
    verdict = standing(console, screen)
    assert verdict.raised
    assert verdict.why.endswith("It can be read in the picture.")
    matches = [screen.text[each.start : each.end] for each in verdict.matches]
    assert "kill yourself" in " ".join(matches)


async def test_a_frame_that_shows_what_the_one_before_showed_is_no_new_item(filmed, console):
    await begun(filmed, console)
    for count in (2, 4, 6):
        filmed.world.frames.capture(CID)
        await console.until(lambda c=count: _judged(console) == c, timeout=patient(40))
    assert len(frames(console)) == 2
    filmed.world.frames.show(CID, "ann", ["Violence"])
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 3)


def _judged(console):
    pulses = console.of(Pulse)
    return pulses[-1].frames_judged if pulses else 0


async def test_stream_is_asked_about_frames_where_there_is_a_secret(filmed, console):
    rules(filmed, RULE)
    await begun(filmed, console, Method.SECRET)
    filmed.world.frames.show(CID, "ann", ["Gambling"])  # no rule here names it
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    card = next(line for line in frames(console) if line.author_id == "ann")
    await console.until(lambda: standing(console, card).source == "stream")
    assert (standing(console, card).action, standing(console, card).labels) == (
        "remove",
        ("Gambling",),
    )


async def test_many_frames_of_one_camera_are_one_item_of_streams_queue(filmed, console):
    rules(filmed, RULE, {"label": "Violence", "action": "flag", "min_confidence": 80})
    await begun(filmed, console, Method.SECRET)
    for number, label in enumerate(("Gambling", "Violence", "Gambling"), 1):
        filmed.world.frames.show(CID, "ann", [label])
        filmed.world.frames.capture(CID)
        await console.until(lambda n=number: len(_judged_by_stream(console)) == n, patient(40))
    first, *_ = _judged_by_stream(console)
    (item,) = filmed.world.judging.items.values()
    assert (item.entity_type, item.entity_id) == ("stream:v1:frame", first.item_id)


def _judged_by_stream(console):
    of_ann = {each.item_id for each in frames(console) if each.author_id == "ann"}
    return [each for each in console.verdicts if each.source == "stream" and each.item_id in of_ann]


@pytest.mark.parametrize("method", [Method.TOKEN, Method.SECRET])
async def test_a_picture_of_child_abuse_is_raised_and_nobody_may_see_it(filmed, console, method):
    rules(filmed, NEVER)
    await begun(filmed, console, method)
    filmed.world.frames.show(CID, "ann", ["Child Exploitation"])
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    card = next(line for line in frames(console) if line.author_id == "ann")
    await console.until(lambda: standing(console, card).action == "remove")
    assert (standing(console, card).severity, card.body.withheld) == ("critical", True)
    assert (card.body.url, card.body.text) == ("", "")
    await console.until(lambda: console.of(PicturesWithheld))
    answer = await asked(console, card.body.picture_id)
    assert answer.jpeg == b""
    assert "Nobody may see" in answer.sentence


async def test_streams_label_alone_withholds_a_picture_everywhere(filmed, console):
    """Nothing is found here; the words on the screen go with the picture that they were in."""
    rules(filmed, NEVER)
    await begun(filmed, console, Method.SECRET)
    filmed.world.frames.show(CID, "ann", ["Child Exploitation"], card=False)
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    card = next(line for line in frames(console) if line.author_id == "ann")
    local = next(each for each in console.verdicts if each.item_id == card.item_id)
    assert (local.source, local.action, card.body.withheld) == ("local", "keep", False)
    assert card.body.url
    assert "Ann" in card.text  # what the picture reads
    await console.until(lambda: console.of(PicturesWithheld))
    verdict = standing(console, card)
    assert (verdict.source, verdict.severity, verdict.raised) == ("stream", "critical", True)

    left = Picture(picture_id=card.body.picture_id, track="video", withheld=True)
    (raised,) = [one for told in console.of(RaisedChanged) for one in told.changed]
    assert raised.item.body == left
    key = TrackKey(CID, "ann", "video")
    assert _told_of(console, key)[-1].picture == left
    answer = await asked(console, card.body.picture_id)
    assert (answer.jpeg, "Nobody may see" in answer.sentence) == (b"", True)

    archive = await console.engine.archive()
    places = await archive.places("key", CID)
    await _forgotten(console)
    assert (await _saved(archive, places, card.item_id)).body == left
    assert (await console.engine.session._store.pictures.find(card.body.picture_id)) == b""

    # The same bytes again: known by their hash, and nobody looks at them.
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(_told_of(console, key)) > 3, timeout=patient(20))
    assert _told_of(console, key)[-1].picture.withheld


async def _forgotten(console):
    """Nothing of a withheld picture is under way to the disk any more."""
    service = next(
        each for each in console.engine.session._services._services if isinstance(each, Frames)
    )
    await asyncio.wait_for(asyncio.gather(*service._looks._tasks), patient(10))


async def _saved(archive, places, item_id):
    return next(
        each.item for each in await archive.lines("key", places) if each.item.item_id == item_id
    )


async def test_a_picture_that_cannot_be_had_says_why_and_the_rest_goes_on(filmed, console):
    await begun(filmed, console)
    filmed.between.add("/sandbox-media/frames", 200, b"no picture")
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    wrong = [each for each in frames(console) if each.body.sentence]
    assert len(wrong) == 1
    assert "no picture" in wrong[0].body.sentence
    assert wrong[0].item_id not in {each.item_id for each in console.verdicts}
    await console.until(lambda: console.of(Pulse)[-1].pictures_unreadable == 1)


async def test_a_frame_is_shown_at_once_blurred_and_judged_a_moment_later(filmed, console):
    await begun(filmed, console)
    go_on = filmed.between.held["/sandbox-media/frames"] = asyncio.Event()
    filmed.world.frames.capture(CID)
    key = TrackKey(CID, "ann", "video")
    await console.until(lambda: _told_of(console, key))
    (early,) = _told_of(console, key)
    assert (early.judged, early.preview, early.picture.picture_id) == (False, b"", "")
    assert frames(console) == []
    go_on.set()
    await console.until(lambda: _told_of(console, key)[-1].judged, timeout=patient(40))
    blurred = _told_of(console, key)[1]
    assert (blurred.judged, blurred.picture.picture_id) == (False, "")
    assert 0 < len(blurred.preview) < 1_500
    assert _told_of(console, key)[-1].preview == b""


def _told_of(console, key):
    told = (each for message in console.of(FramesSeen) for each in message.frames)
    return [each for each in told if each.key == key]


async def test_frames_that_are_left_out_are_told_with_whose_they_were_and_counted(
    filmed, console, monkeypatch
):
    monkeypatch.setattr(desk, "MAX_WAITING", 1)
    monkeypatch.setattr(desk, "AT_ONCE", 1)
    for name in ("cleo", "dan"):
        (presence,) = filmed.call("one", name)
        filmed.world.attendance.publish(CID, presence.user_session_id, "video")
    await begun(filmed, console)
    await console.until(lambda: console.calls[CID].people == 4)
    go_on = filmed.between.held["/sandbox-media/frames"] = asyncio.Event()
    for _ in range(2):
        filmed.world.frames.capture(CID)
    await console.until(lambda: console.pulse.pictures_shed >= 4)
    told = {each.sentence for each in console.of(Problem) if each.place == "pictures"}
    assert f"Cleo: {desk.SHED} (Call one)" in told
    marks = [each for each in console.notices if each.kind is NoticeKind.MEDIA]
    assert ("cleo",) in {each.user_ids for each in marks}
    assert len(marks) == len({(each.user_ids, each.text) for each in marks})
    go_on.set()
    await console.until(lambda: frames(console), timeout=patient(40))


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (lambda: png(20_000, 20_000), "too many pixels"),
        (lambda: card("Hello", kind="JPEG")[:2_000], "broken"),
    ],
)
async def test_a_frame_that_cannot_be_read_is_a_row_with_its_reason_and_counted(
    filmed, console, picture, words
):
    await begun(filmed, console)
    filmed.between.add("/sandbox-media/frames", 200, picture(), times=2)
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    assert all(words in each.body.sentence for each in frames(console))
    await console.until(lambda: console.pulse.pictures_unreadable == 2)
    filmed.world.frames.capture(CID)
    await console.until(lambda: any(each.body.seen for each in frames(console)), patient(20))


async def test_an_animated_frame_is_judged_by_what_any_of_its_pictures_shows(filmed, console):
    await begun(filmed, console)
    filmed.between.add("/sandbox-media/frames", 200, animation("Hello", "TEST CARD\nViolence"))
    filmed.world.frames.capture(CID)
    await console.until(lambda: len(frames(console)) == 2, timeout=patient(40))
    assert any("Violence" in each.body.text for each in frames(console))


def animation(*cards):
    image = pytest.importorskip("PIL.Image")
    first, *rest = (image.open(io.BytesIO(card(*words.split("\n")))) for words in cards)
    into = io.BytesIO()
    first.save(into, "GIF", save_all=True, append_images=rest, duration=100)
    return into.getvalue()
