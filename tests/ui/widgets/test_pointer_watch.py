"""Whether the hand is on its way to a list."""

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from console.ui.widgets.pointer_watch import PointerWatch, heads_for

PLACE = QRectF(1000, 100, 300, 500)


@pytest.mark.parametrize(
    ("before", "now", "comes"),
    [
        ((100, 300), (120, 301), True),
        ((120, 301), (100, 300), False),
        ((100, 300), (100, 310), False),
        ((100, 900), (160, 870), True),
        ((100, 900), (100, 900), False),
        ((1310, 300), (1320, 300), True),
        ((1390, 300), (1400, 300), False),
        ((1100, 50), (1100, 58), True),
        ((1100, 30), (1100, 20), False),
        ((1500, 300), (1492, 300), True),
    ],
)
def test_a_hand_comes_that_is_near_or_moves_that_way(before, now, comes):
    assert heads_for(QPointF(*before), QPointF(*now), PLACE) is comes


def test_nobody_goes_to_a_list_that_is_not_shown():
    assert not heads_for(QPointF(0, 0), QPointF(1, 1), QRectF())


class Rows(QWidget):
    def __init__(self):
        super().__init__()
        self.said = []

    def viewport(self):
        return self

    def pointer_nears(self):
        self.said.append("nears")

    def pointer_turned_away(self):
        self.said.append("turned away")


def test_a_list_stands_still_until_a_moment_after_the_hand_turned_away(qtbot, clock):
    rows = Rows()
    qtbot.addWidget(rows)
    rows.setGeometry(500, 100, 200, 200)
    rows.show()
    watch = PointerWatch(rows, clock.monotonic)
    watch.add(rows)
    for x in (10, 20, 30):
        watch.moved_to(QPointF(x, 200))
    assert rows.said == ["nears"]
    clock.time += 0.3
    watch.moved_to(QPointF(20, 200))
    watch.look()
    assert rows.said == ["nears"]
    clock.time += 0.2
    watch.look()
    assert rows.said == ["nears", "turned away"]


def test_it_knows_when_the_hand_set_out(qtbot, clock):
    rows = Rows()
    qtbot.addWidget(rows)
    watch = PointerWatch(rows, clock.monotonic)
    assert watch.set_out_at() is None
    set_out_at = clock.time
    for x in range(5):
        watch.moved_to(QPointF(x, 0))
        clock.time += 0.1
    assert watch.set_out_at() == set_out_at
    clock.time += 0.1
    assert watch.set_out_at() is None
