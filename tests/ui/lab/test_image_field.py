"""A URL is never opened here; a path is a path; everything else is refused in one sentence."""

from typing import Any

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.lab.image_field import ImageField, ImagePlace, image_place

NO_URL = "That is no URL that Stream could open."
ONLY_HTTP = "Only URLs that begin with http:// or https:// can be tried."


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("", ImagePlace()),
        ("  ", ImagePlace()),
        (" https://a.example/b.png ", ImagePlace(url="https://a.example/b.png")),
        ("HTTP://a.example/b", ImagePlace(url="HTTP://a.example/b")),
        ("/home/ann/a b.png", ImagePlace(path="/home/ann/a b.png")),
        ("C:\\pictures\\a.png", ImagePlace(path="C:\\pictures\\a.png")),
        ("~/a.png", ImagePlace(path="~/a.png")),
        ("file:///home/ann/a%20b.png", ImagePlace(path="/home/ann/a b.png")),
        ("javascript:alert(1)", ImagePlace(sentence=ONLY_HTTP)),
        ("data:image/png;base64,AAAA", ImagePlace(sentence=ONLY_HTTP)),
        ("https://", ImagePlace(sentence=NO_URL)),
        ("https://a.example/\u202egnp.exe", ImagePlace(sentence=NO_URL)),
        ("https://a.example/a b", ImagePlace(sentence=NO_URL)),
        ("https://[::1/x", ImagePlace(sentence=NO_URL)),
    ],
)
def test_what_was_typed_is_read_without_opening_anything(typed, place):
    assert image_place(typed) == place


# Qt 6.12 takes a point of fractions and calls the other form deprecated; 6.11 has only that one.
PLACE: Any = QPointF(1, 1) if PySide6.__version_info__ >= (6, 12) else QPoint(1, 1)


def drop(widget, url):
    """Drag ``url`` over ``widget`` and let go; whether somebody took it."""
    data = QMimeData()
    data.setUrls([QUrl(url)])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(PLACE, copy, data, left, keys))
    event = QDropEvent(QPointF(1, 1), copy, data, left, keys)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_files_and_urls_can_be_dropped_on_the_line_and_files_beside_it(qtbot):
    field, other = ImageField(), QWidget()
    qtbot.addWidget(field)
    qtbot.addWidget(other)
    other.setAcceptDrops(True)
    field.take_files_of(other)
    assert drop(field.line, "https://a.example/b.png")
    assert field.place.url == "https://a.example/b.png"
    assert drop(other, "file:///a/b.png")
    assert field.place.path == "/a/b.png"
    assert not drop(other, "https://a.example/c.png")
    assert field.place.path == "/a/b.png"


def test_it_tells_once_that_another_place_is_meant(qtbot):
    field = ImageField()
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field.line, "/a.png")
    assert field.place == ImagePlace(path="/a.png")
    with qtbot.assertNotEmitted(field.changed):
        field.show_place(" /a.png")
