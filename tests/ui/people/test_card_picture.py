"""The picture beside a name, on the card: small, and blurred where it is raised."""

import pytest
import shiboken6
from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from console.domain.item import AVATAR, Item, Picture
from console.domain.raised import RaisedState
from console.protocol.frames import (
    AskAvatar,
    AskPicture,
    AvatarAnswer,
    PictureAnswer,
    PicturesWithheld,
)
from console.ui.people.large_picture import LargePicture
from console.ui.people.person_card import PersonCardView
from console.ui.state.targets import target_of_person
from console.ui.transcript.picture_view import PictureView

HALL = "default:hall"


def striped():
    """Black and white, of which a blur leaves grey alone."""
    image = QImage(320, 320, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for x in range(0, 320, 16):
        painter.fillRect(QRect(x, 0, 8, 320), QColor("black"))
    painter.end()
    into = QBuffer()
    into.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(into, "JPEG", 95)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(into.data().data())


@pytest.fixture
def card(window, live, make):
    live.settings["frames_blur"] = "strong"
    live.controller.choose_person(target_of_person(make.person("ann"), make.call()))
    (question,) = [each for each in window.sent.of(AskAvatar) if each.user_id == "ann"]
    live.engine.say(AvatarAnswer(question.request_id, picture=Picture(picture_id="p1")))
    view = window.findChild(PersonCardView)
    view.head.disc.grab()
    (wanted,) = window.sent.of(AskPicture)
    live.engine.say(PictureAnswer(wanted.request_id, jpeg=striped()))
    return view


def contrast(card):
    shown = card.head.disc.grab().toImage()
    reds = [shown.pixelColor(x, shown.height() // 2).red() for x in range(8, shown.width() - 8)]
    return max(reds) - min(reds)


def raise_it(live, make, state=RaisedState.OPEN):
    item = Item(
        item_id="a1",
        kind=AVATAR,
        cid=HALL,
        session_id="session-hall",
        author_id="ann",
        author_name="Ann",
        body=Picture(picture_id="p1"),
        start_time=make.start,
        end_time=make.start,
        received_at=make.start,
    )
    verdict = make.verdict("a1", "flag")
    one = make.raised_item("a1", said=item, verdict=verdict, state=state)
    live.session.apply(make.raised(one))


def test_it_stands_in_place_of_the_initials(card):
    assert card.head.disc.toolTip().startswith("Their picture. Hold")
    assert contrast(card) > 100


def test_it_is_blurred_while_it_is_raised_and_sharp_once_it_was_dismissed(card, live, make):
    raise_it(live, make)
    assert "blurred" in card.head.disc.toolTip()
    assert contrast(card) < 40
    raise_it(live, make, RaisedState.DISMISSED)
    assert contrast(card) > 100


def test_who_shows_none_has_initials(card, live, make):
    live.controller.choose_person(target_of_person(make.person("ben"), make.call()))
    assert card.head.disc.toolTip() == ""


def large(card):
    found = card.findChild(LargePicture)
    return found.grab().toImage() if found.isVisible() else None


def test_it_is_sharp_and_large_while_space_or_the_button_is_held(card, live, make, qtbot):
    raise_it(live, make)
    disc = card.head.disc
    assert disc.focusPolicy() is Qt.FocusPolicy.TabFocus
    QTest.keyPress(disc, Qt.Key.Key_Space)
    shown = large(card)
    assert shown is not None
    reds = [shown.pixelColor(x, shown.height() // 2).red() for x in range(shown.width())]
    assert max(reds) - min(reds) > 150
    assert contrast(card) < 40, "the disc itself stays blurred"
    QTest.keyRelease(disc, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: large(card) is None)
    QTest.mousePress(disc, Qt.MouseButton.LeftButton)
    assert large(card) is not None
    QTest.mouseRelease(disc, Qt.MouseButton.LeftButton)
    assert large(card) is None


def test_the_large_picture_goes_with_the_person_and_a_withheld_one_is_never_shown(
    window, card, live, make
):
    disc = card.head.disc
    QTest.mousePress(disc, Qt.MouseButton.LeftButton)
    live.controller.choose_person(target_of_person(make.person("ben"), make.call()))
    assert large(card) is None
    QTest.mousePress(disc, Qt.MouseButton.LeftButton)
    assert large(card) is None, "who shows no picture has nothing to hold"
    live.controller.choose_person(target_of_person(make.person("ann"), make.call()))
    (question,) = [each for each in window.sent.of(AskAvatar) if each.user_id == "ann"][-1:]
    live.engine.say(AvatarAnswer(question.request_id, picture=Picture(picture_id="p1")))
    QTest.mousePress(disc, Qt.MouseButton.LeftButton)
    assert large(card) is not None
    live.session.apply(PicturesWithheld(("p1",)))
    assert large(card) is None
    QTest.mousePress(disc, Qt.MouseButton.LeftButton)
    assert large(card) is None


def test_a_view_of_a_picture_that_is_gone_hears_of_no_further_one(window, live):
    pictures, theme = live.pictures, live.theme
    view = PictureView(pictures, theme, QSize(80, 60))
    shiboken6.delete(view)
    pictures.arrived.emit("p1")
    pictures.changed.emit()
    assert not shiboken6.isValid(view)
