"""The wall of frames: blurred tiles, the riskiest first, sharp while held, acts on the person."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from console.domain.frames import SeenFrame, TrackKey
from console.domain.item import FRAME, Item, Picture
from console.protocol.acts import RequestAct
from console.protocol.frames import (
    AskFreshFrame,
    AskPicture,
    FramesSeen,
    FreshFrameAnswer,
    PictureAnswer,
    PicturesWithheld,
)
from console.ui.frames.frames_model import TILE
from console.ui.state.targets import target_of_person

HALL = "default:hall"


def jpeg():
    """Black and white stripes, of which a blur leaves nothing."""
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(0, 320, 2):
        for y in range(180):
            image.setPixelColor(x, y, QColor("black"))
    return encoded(image)


def encoded(image):
    into = QBuffer()
    into.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(into, "JPEG", 95)
    return bytes(into.data().data())


@pytest.fixture
def see(live, make):
    """A frame of somebody, with its item and verdict."""

    def build(user_id, *, action="keep", track="video", text="", picture_id="", **picture):
        item_id = f"f-{user_id}-{track}"
        shown = Picture(picture_id=picture_id or f"p-{user_id}", track=track, text=text, **picture)
        seen = SeenFrame(
            key=TrackKey(HALL, user_id, track),
            name=user_id.title(),
            captured_at=make.start,
            item_id=item_id,
            picture=shown,
        )
        item = Item(
            item_id=item_id,
            kind=FRAME,
            cid=HALL,
            session_id="session-hall",
            author_id=user_id,
            author_name=user_id.title(),
            body=shown,
            start_time=make.start,
            end_time=make.start,
            received_at=make.start,
        )
        verdict = make.verdict(item_id, action)
        live.session.apply(make.heard(item, verdicts=[verdict]))
        if action != "keep":
            live.session.apply(make.raised(make.raised_item(item_id, said=item, verdict=verdict)))
        live.session.apply(FramesSeen((seen,)))
        return seen

    return build


@pytest.fixture
def wall(window, live):
    live.commands.action("workspace.frames").trigger()
    return window.panels["frames"]


def who(panel):
    model = panel.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def answer(window, live):
    for question in window.sent.of(AskPicture):
        live.engine.say(PictureAnswer(question.request_id, jpeg=jpeg()))


def test_the_riskiest_come_first_and_the_keyboard_is_on_them(window, live, wall, see):
    see("ann")
    see("ben", action="remove")
    see("cleo", action="flag")
    wall.grid.clearFocus()
    live.commands.action("workspace.live").trigger()
    live.commands.action("workspace.frames").trigger()
    assert who(wall) == ["Ben", "Cleo", "Ann"]
    assert window.focusWidget() is wall.grid
    assert "2 to decide about" in wall.head.text()
    row = wall.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.startswith("Ben, camera, hall, remove, scam, medium severity")


def test_tiles_hold_still_while_the_keyboard_is_there(wall, see):
    see("ann")
    see("cleo")
    wall.take_focus()
    wall.model.hold("focus")
    see("ben", action="remove")
    assert who(wall) == ["Ann", "Cleo", "Ben"]
    wall.model.release("focus")
    assert who(wall) == ["Ben", "Ann", "Cleo"]


def test_a_picture_is_asked_once_blurred_and_sharp_only_while_space_is_held(
    window, live, wall, see, qtbot
):
    seen = see("ann")
    wall.grid.choose(wall.model.index(0, 0))
    wall.grid.viewport().repaint()
    wall.grid.viewport().repaint()
    assert [each.picture_id for each in window.sent.of(AskPicture)] == [seen.picture.picture_id]
    answer(window, live)
    pictures = live.pictures

    def contrast(pixmap):
        image = pixmap.toImage()
        line = [image.pixelColor(x, 90).lightness() for x in range(100, 120)]
        return max(line) - min(line)

    assert contrast(pictures.find(seen.picture.picture_id)) < 20
    assert contrast(pictures.find(seen.picture.picture_id, sharp=True)) > 200
    assert wall.delegate.revealed == -1
    wall.take_focus()
    QTest.keyPress(wall.grid, Qt.Key.Key_Space)
    assert wall.delegate.revealed == 0
    QTest.keyRelease(wall.grid, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: wall.delegate.revealed == -1)


def test_the_strength_of_the_blur_and_grey_are_settings(window, live, wall, see):
    seen = see("ann")
    wall.grid.viewport().repaint()
    answer(window, live)
    live.settings["frames_blur"] = "none"
    found = live.pictures.find(seen.picture.picture_id).toImage()
    assert abs(found.pixelColor(100, 90).lightness() - found.pixelColor(101, 90).lightness()) > 200
    live.settings["frames_grey"] = True
    assert live.pictures.find(seen.picture.picture_id).toImage().allGray()


def test_acts_and_decisions_are_for_the_chosen_tile(window, live, wall, see):
    see("ann")
    see("ben", action="remove")
    wall.grid.choose(wall.model.index(0, 0))
    assert [target.user_id for target in live.controller.chosen] == ["ben"]
    assert live.desk.chosen == ("f-ben-video",)
    live.commands.action("act.mute_video").trigger()
    (sent,) = window.sent.of(RequestAct)
    assert (sent.act.kind, sent.act.user_ids) == ("mute_video", ("ben",))


def test_a_picture_that_nobody_may_see_is_never_asked_nor_shown(window, live, wall, see):
    seen = see("ann", action="remove")
    wall.grid.viewport().repaint()
    answer(window, live)
    assert live.pictures.find(seen.picture.picture_id) is not None
    live.session.apply(PicturesWithheld((seen.picture.picture_id,)))
    assert live.pictures.find(seen.picture.picture_id, sharp=True) is None
    see("ann", action="remove", withheld=True)
    tile = wall.model.index(0, 0).data(TILE)
    assert tile.words == "Shown to nobody"
    wall.grid.viewport().repaint()
    assert len(window.sent.of(AskPicture)) == 1


def test_a_fresh_frame_is_asked_for_the_chosen_tile(window, live, wall, see):
    seen = see("ben", track="screenshare")
    said = []
    live.controller.said.connect(lambda sentence, _token: said.append(sentence))
    live.commands.action("frames.fresh").trigger()
    assert said[-1].endswith("Choose a tile first.")
    wall.grid.choose(wall.model.index(0, 0))
    live.commands.action("frames.fresh").trigger()
    (question,) = window.sent.of(AskFreshFrame)
    assert question.key == seen.key
    live.engine.say(FreshFrameAnswer(question.request_id, sentence="Not listened to."))
    assert said[-1] == "Not listened to."


def test_who_shows_nothing_any_more_leaves_the_wall_and_an_empty_one_says_why(wall, live, see):
    seen = see("ann")
    live.session.apply(FramesSeen(gone=(seen.key,)))
    assert who(wall) == []
    assert wall.blank.isVisibleTo(wall)


def test_frames_stand_in_the_transcript_and_on_the_card_blurred(window, live, see, qtbot, make):
    seen = see("ben", text="free coins")
    model = window.transcript.model
    qtbot.waitUntil(lambda: model.row_of_line(seen.item_id) >= 0)
    row = model.row_of_line(seen.item_id)
    plain = window.transcript.list.visualRect(model.index(row, 0)).height()
    assert plain > 90
    window.transcript.list.viewport().repaint()
    assert seen.picture.picture_id in {each.picture_id for each in window.sent.of(AskPicture)}
    live.controller.choose_person(make_target(live, "ben"))
    card = window.panels["card"]
    assert not card.frames.views["video"].isHidden()
    assert card.frames.views["screenshare"].isHidden()


def make_target(live, user_id):
    person = live.session.people.person(HALL, user_id)
    return target_of_person(person, live.session.call(HALL))


def test_a_frame_that_nobody_looked_at_is_a_blur_that_stays_one(window, live, wall, make, qtbot):
    key = TrackKey(HALL, "ann", "video")
    begun = SeenFrame(key=key, name="Ann", captured_at=make.start, picture=Picture(track="video"))
    live.session.apply(FramesSeen((begun,)))
    tile = wall.model.index(0, 0)
    assert "not judged yet" in tile.data(Qt.ItemDataRole.AccessibleTextRole)
    wall.grid.viewport().repaint()
    assert window.sent.of(AskPicture) == []
    small = QImage(20, 11, QImage.Format.Format_RGB32)
    small.fill(QColor("red"))
    live.session.apply(FramesSeen((replace(begun, preview=encoded(small)),)))
    place = wall.grid.visualRect(tile)
    shown = wall.grid.viewport().grab(place).toImage()
    red = shown.pixelColor(shown.width() // 2, shown.height() // 4)
    assert red.red() > 200 > red.green()
    wall.grid.choose(tile)
    wall.take_focus()
    QTest.keyPress(wall.grid, Qt.Key.Key_Space)
    assert wall.grid.viewport().grab(place).toImage().width() == shown.width()
    QTest.keyRelease(wall.grid, Qt.Key.Key_Space)
    assert window.sent.of(AskPicture) == []


def test_a_tile_that_stays_while_it_is_held_says_that_it_is_off(wall, see):
    seen = see("ann")
    wall.take_focus()
    wall.model.hold("focus")
    wall._context.session.apply(FramesSeen(gone=(seen.key,)))
    words = wall.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.endswith(", off now")
    assert not wall.grid.grab().isNull()
    wall.model.release("focus")
    assert wall.model.rowCount() == 0
