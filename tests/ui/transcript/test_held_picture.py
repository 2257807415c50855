"""A picture in the transcript: sharp while Space or the mouse button is held on it."""

import itertools

import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest

from console.domain.item import FRAME, Item, Picture
from console.protocol.frames import AskPicture, PictureAnswer
from console.ui.widgets.held_space import LET_GO_MS
from console.ui.widgets.timers import one_shot

HALL = "default:hall"


def stripes():
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(0, 320, 40):
        for y in range(180):
            for dx in range(20):
                image.setPixelColor(x + dx, y, QColor("black"))
    into = QBuffer()
    into.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(into, "JPEG", 95)  # type: ignore[call-overload]  # the stubs want bytes
    return bytes(into.data().data())


@pytest.fixture
def frame(window, live, make, say, clock, qtbot):
    """The row of a frame among lines, whose picture has come."""
    live.settings["frames_blur"] = "strong"
    say(3)
    item = Item(
        item_id="f1",
        kind=FRAME,
        cid=HALL,
        session_id="session-hall",
        author_id="ann",
        author_name="Ann",
        body=Picture(picture_id="p1", track="video"),
        start_time=make.start,
        end_time=make.start,
        received_at=make.start,
    )
    live.session.apply(make.heard(item, verdicts=[make.verdict("f1", "keep")]))
    rows = window.transcript.list
    qtbot.waitUntil(lambda: rows.model().row_of_line("f1") >= 0, timeout=2000)
    rows.viewport().repaint()
    (question,) = window.sent.of(AskPicture)
    live.engine.say(PictureAnswer(question.request_id, jpeg=stripes()))
    index = rows.model().index(rows.model().row_of_line("f1"), 0)
    say(2)
    rows.viewport().repaint()
    clock.time += 5  # what came a moment ago cannot be pressed
    rows.viewport().repaint()
    return index


def place_of(rows, index):
    entry = rows.model().entry(index.row())
    return rows.itemDelegate().picture_place(rows.visualRect(index), entry)


def contrast(rows, index):
    place = place_of(rows, index)
    shown = rows.viewport().grab(place).toImage()
    middle = shown.height() // 2
    inner = range(6, shown.width() - 6)
    lights = [shown.pixelColor(x, middle).lightness() for x in inner]
    steps = [abs(one - other) for one, other in itertools.pairwise(lights)]
    return max(steps)


def test_space_held_shows_it_and_letting_go_blurs_it(window, frame, qtbot):
    rows = window.transcript.list
    assert contrast(rows, frame) < 30
    rows.setFocus()
    rows.go_to(frame.row())
    QTest.keyPress(rows, Qt.Key.Key_Space)
    assert contrast(rows, frame) > 60
    QTest.keyRelease(rows, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: contrast(rows, frame) < 30)


@pytest.mark.parametrize("told", [True, False], ids=["repeats are told", "repeats are not told"])
def test_it_stays_sharp_while_x11_repeats_the_held_key(window, frame, qtbot, qapp, told):
    rows = window.transcript.list
    rows.setFocus()
    rows.go_to(frame.row())

    def send(kind, at, repeats=False):
        event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeats)
        event.setTimestamp(at)
        qapp.sendEvent(window.windowHandle(), event)

    def press(at, repeats=False):
        send(QEvent.Type.ShortcutOverride, at, repeats)
        send(QEvent.Type.KeyPress, at, repeats)

    press(1_000)
    for at in (1_660, 1_700, 1_740):  # pairs with the same time, as the server makes them
        send(QEvent.Type.KeyRelease, at, told)
        press(at, told)
    later = one_shot(2 * LET_GO_MS, window)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert contrast(rows, frame) > 60
    send(QEvent.Type.KeyRelease, 1_790)
    qtbot.waitUntil(lambda: contrast(rows, frame) < 30)


def test_the_mouse_button_held_on_it_does_the_same(window, frame):
    rows = window.transcript.list
    middle = place_of(rows, frame).center()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert contrast(rows, frame) > 60
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert contrast(rows, frame) < 30
    beside = rows.visualRect(frame).topLeft()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert contrast(rows, frame) < 30
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=beside)


@pytest.mark.parametrize("lets_go", [QEvent.Type.WindowDeactivate, QEvent.Type.Leave])
def test_it_is_blurred_again_when_the_window_or_the_pointer_goes(window, frame, lets_go, qapp):
    rows = window.transcript.list
    middle = place_of(rows, frame).center()
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qapp.sendEvent(rows.viewport(), QEvent(lets_go))
    assert contrast(rows, frame) < 30
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_it_is_blurred_again_when_the_keyboard_goes_elsewhere(window, frame):
    rows = window.transcript.list
    rows.setFocus()
    rows.go_to(frame.row())
    QTest.keyPress(rows, Qt.Key.Key_Space)
    window.transcript.search.setFocus()
    assert contrast(rows, frame) < 30


def test_space_on_a_line_without_a_picture_shows_none(window, frame):
    rows = window.transcript.list
    rows.setFocus()
    rows.go_to(frame.row() - 1)
    QTest.keyPress(rows, Qt.Key.Key_Space)
    assert rows.itemDelegate().revealed == ""
    QTest.keyRelease(rows, Qt.Key.Key_Space)
