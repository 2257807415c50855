"""Space held on a widget."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from console.ui.widgets.held_space import HeldSpace


@pytest.fixture
def field(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def told(field):
    found = []
    space = HeldSpace(field, lambda: field.text() != "nothing to hold")
    space.held.connect(lambda: found.append("held"))
    space.let_go.connect(lambda: found.append("let go"))
    return found


def test_a_repeat_of_the_held_key_lets_nothing_go(field, told, qtbot):
    QTest.keyPress(field, Qt.Key.Key_Space)
    QTest.keyRelease(field, Qt.Key.Key_Space)
    QTest.keyPress(field, Qt.Key.Key_Space)  # as X11 repeats it
    assert told == ["held", "held"]
    QTest.keyRelease(field, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: told == ["held", "held", "let go"])
    assert field.text() == ""


def test_other_keys_and_a_space_with_nothing_to_hold_are_the_widget_s(field, told):
    QTest.keyClicks(field, "a")
    assert (field.text(), told) == ("a", [])
    field.setText("nothing to hold")
    QTest.keyPress(field, Qt.Key.Key_Space)
    assert field.text() == "nothing to hold "
    assert told == []


def test_it_is_let_go_when_the_keyboard_goes_elsewhere(field, told):
    QTest.keyPress(field, Qt.Key.Key_Space)
    field.setFocus()
    field.clearFocus()
    assert told == ["held", "let go"]
