"""Rows and columns stand as they are written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from console.ui.widgets.layouts import in_column, in_row


@pytest.fixture
def box(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 200)
    return made


def test_parts_stand_in_their_order_with_their_share_of_the_room(box):
    left, right, below = QLabel("l"), QLabel("r"), QLabel("b")
    row = in_row((left, 1), None, (right, 3))
    column = in_column(row, (below, 1), owner=box)
    column.activate()
    assert [row.stretch(at) for at in range(3)] == [1, 1, 3]
    assert (column.stretch(0), column.stretch(1)) == (0, 1)
    assert left.x() < right.x()
    assert below.y() >= left.geometry().bottom()
    assert (row.spacing(), column.spacing()) == (8, 0)
    assert column.contentsMargins().left() == 0


def test_a_part_may_stand_at_one_side_of_its_room(box):
    sign = QLabel("x")
    column = in_column((sign, 1, Qt.AlignmentFlag.AlignRight), owner=box, margins=(0, 0, 20, 0))
    column.activate()
    assert sign.geometry().right() == 400 - 20 - 1


def test_margins_and_spacing_can_be_the_style_s(box, qtbot):
    other = QWidget()
    qtbot.addWidget(other)
    plain = in_row(QLabel("a"), QLabel("b"), owner=box, margins=None, spacing=None)
    usual = QHBoxLayout(other)
    assert (plain.spacing(), plain.contentsMargins()) == (usual.spacing(), usual.contentsMargins())
