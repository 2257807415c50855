"""Pictures of review items on the stage: blurred, sharp while Space is held, child abuse never."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from console.domain.item import FRAME, NAME, Name, Picture
from console.domain.picture import VIDEO
from console.domain.review import ReviewFlag
from console.domain.verdict import JudgedItem
from console.protocol.frames import AskPicture, PictureAnswer
from console.protocol.review import AskItemContext, AskItemPictures, ItemContext, ItemPictures
from console.ui.transcript.picture_view import WITHHELD
from console.ui.widgets.short_texts import clock

URL = "https://pictures.example/1.jpg"


def jpeg():
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for x in range(160):
        for y in range(180):
            image.setPixelColor(x, y, QColor("blue"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]  # the stub wants bytes
    return buffer.data().data()


@pytest.fixture
def pictured(queue, live, tell, item, sent):
    tell(item("i1", texts=(), images=(URL,)))
    queue.step(1)
    (asked,) = sent.of(AskItemPictures)
    found = Picture(url=URL, picture_id="p1")
    live.engine.say(ItemPictures(asked.request_id, item_id="i1", pictures=(found,)))
    return queue


def test_a_picture_is_shown_blurred_and_sharp_while_space_is_held(
    pictured, stage, live, sent, qtbot, window
):
    (view,) = stage.page.picture_views
    assert URL not in stage.page.words()
    view.grab()
    qtbot.waitUntil(lambda: bool(sent.of(AskPicture)))
    live.engine.say(PictureAnswer(sent.of(AskPicture)[0].request_id, jpeg=jpeg()))
    blurred = view.grab().toImage()
    QTest.keyPress(pictured.list, Qt.Key.Key_Space)
    sharp = view.grab().toImage()
    assert sharp != blurred
    QTest.keyRelease(pictured.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.grab().toImage() == blurred)
    assert [row.item_id for row in pictured.items()] == ["i1"]
    view.setFocus()
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.grab().toImage() != blurred


def test_what_cannot_be_shown_says_why(queue, stage, live, tell, item, sent):
    tell(item("i1", images=(URL,)))
    queue.step(1)
    assert "Fetching the picture…" in stage.page.words()
    why = Picture(url=URL, sentence="It is larger than 8 MB.")
    asked = sent.of(AskItemPictures)[0]
    live.engine.say(ItemPictures(asked.request_id, item_id="i1", pictures=(why,)))
    (view,) = stage.page.picture_views
    assert "It is larger than 8 MB." in view.accessibleName()


@pytest.mark.parametrize("where", ["label", "flag"])
def test_the_abuse_of_a_child_is_never_shown(pictured, stage, live, tell, item, make, sent, where):
    label = "Child Exploitation"
    flag = ReviewFlag(kind="ai_image", at=make.start, labels=(label,))
    more = {"labels": (label,)} if where == "label" else {"flags": (flag,)}
    assert stage.page.picture_views
    tell(item("i1", texts=(), images=(URL,), **more))
    assert stage.page.picture_views == []
    assert WITHHELD in stage.page.words()


def test_lines_around_it_have_the_times_of_the_transcript(
    queue, stage, live, tell, item, sent, make
):
    tell(item("i1"))
    queue.step(1)
    said = make.said("one", start_time=make.start - 9.0, end_time=make.start - 2.0)
    asked = sent.of(AskItemContext)[0]
    live.engine.say(ItemContext(asked.request_id, item_id="i1", lines=(JudgedItem(said),)))
    assert clock(make.start - 2.0) in stage.page.words()
    assert clock(make.start - 9.0) not in stage.page.words()


def test_lines_around_it_say_what_they_are_and_stand_by_time(
    queue, stage, live, tell, item, sent, make
):
    tell(item("i1"))
    queue.step(1)
    said = make.said("one", text="spoken", end_time=make.start - 2.0)
    shown = make.said("two", kind=FRAME, body=Picture(track=VIDEO, text="OM Marsh"), end_time=1.0)
    name = make.said("three", kind=NAME, body=Name("Ottilie"), end_time=make.start - 1.0)
    asked = sent.of(AskItemContext)[0]
    lines = (JudgedItem(name), JudgedItem(said), JudgedItem(shown))
    live.engine.say(ItemContext(asked.request_id, item_id="i1", lines=lines))
    words = stage.page.words()
    places = [words.index(each) for each in ("‹camera› OM Marsh", "spoken", "‹name› Ottilie")]
    assert places == sorted(places)
