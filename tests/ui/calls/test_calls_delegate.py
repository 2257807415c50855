"""What a moderator reads in a row of the list of calls is painted from the model."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from console.ui.calls.calls_delegate import CallsDelegate
from console.ui.calls.calls_model import CallsModel
from console.ui.widgets.theme import Theme


@pytest.fixture
def calls(qapp, session, clock):
    return CallsModel(session, clock)


def picture(calls, row, state=QStyle.StateFlag.State_None):
    image = QImage(260, 48, QImage.Format.Format_RGB32)
    image.fill(0)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 260, 48)
    option.state = state
    painter = QPainter(image)
    CallsDelegate(Theme("dark")).paint(painter, option, calls.index(row, 0))
    painter.end()
    return image


@pytest.mark.parametrize(
    "change",
    [{"people": 41}, {"name": "Yard"}, {"backstage": True}, {"unmonitored_since": 1.0}],
    ids=lambda change: next(iter(change)),
)
def test_what_changes_in_a_call_changes_its_row(calls, session, make, change):
    session.apply(make.calls(make.call("default:hall", name="Hall", people=3)))
    before = picture(calls, 1)
    assert picture(calls, 1) == before
    session.apply(make.calls(make.call("default:hall", **({"name": "Hall", "people": 3} | change))))
    assert picture(calls, 1) != before


def test_the_chosen_and_the_pointed_row_differ_from_the_others(calls, session, make):
    session.apply(make.calls(make.call("default:hall", name="Hall")))
    states = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver
    assert all(picture(calls, 1, state) != picture(calls, 1) for state in states)
