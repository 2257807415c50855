"""PySide6 6.12.0 on CPython 3.11 loses a reference to None at each paint and to True at each
signal with a bool, until the process aborts. This sees it long before.

When it can go: once CPython 3.11 is no longer supported (None is immortal from 3.12 on, PEP 683).
"""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

ROUNDS = 500
TOLERATED = ROUNDS // 5  # the loss is one per round; unrelated code moves counts by a few


class Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.paints = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.paints += 1


class Switch(QObject):
    flipped = Signal(bool)


def test_painting_keeps_the_references_to_none(qtbot):
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(20, 20)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.repaint()
    painted, before = widget.paints, sys.getrefcount(None)
    for _ in range(ROUNDS):
        widget.repaint()
    assert widget.paints - painted == ROUNDS
    assert before - sys.getrefcount(None) < TOLERATED


def test_signals_keep_the_references_to_true(qtbot):
    switch = Switch()
    seen: list[bool] = []
    switch.flipped.connect(seen.append)
    switch.flipped.emit(True)
    seen.clear()
    before = sys.getrefcount(True)
    for _ in range(ROUNDS):
        switch.flipped.emit(True)
    assert len(seen) == ROUNDS
    assert before - sys.getrefcount(True) < TOLERATED
