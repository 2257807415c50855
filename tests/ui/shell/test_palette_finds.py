"""The palette finds calls and people, and says whom an act would be for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.protocol.acts import RequestAct


@pytest.fixture
def palette(window):
    def typed(text):
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        dialog = window.dialogs.open_dialog
        dialog.typed.setText(text)
        return dialog

    return typed


def rows(dialog):
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_a_person_is_found_and_chosen(palette, live):
    dialog = palette("cle")
    assert rows(dialog)[0] == "Person: Cleo"
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert live.controller.target.user_id == "cleo"


def test_twins_are_told_apart_and_each_is_found_by_id(palette, live, make):
    live.session.apply(make.people(make.person("dora-1", name="Dora")))
    live.session.apply(make.people(make.person("dora-2", name="Dоrа")))
    assert rows(palette("dora-"))[:2] == ["Person: Dora (dora-1)", "Person: Dоrа (dora-2)"]


def test_whoever_was_offered_is_chosen_though_the_list_moved(palette, live, make):
    dialog = palette("cleo")
    live.session.apply(make.people(make.person("cleopatra"), left=("cleo-1",)))
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert live.controller.target.user_id == "cleo"


def test_a_call_is_found_also_one_that_ended(palette, live, make):
    dialog = palette("yard")
    assert rows(dialog)[0] == "Call: yard"
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert live.controller.cid == "default:yard"
    live.session.apply(make.calls(removed=("default:hall",)))
    assert rows(palette("hall"))[0] == "Call: hall · ended"


def test_commands_are_found_as_before(palette, window):
    dialog = palette("mute mic")
    assert rows(dialog)[0] == "Acts: Mute microphone"
    assert rows(palette(""))[0].startswith("View: Live")


def test_an_act_says_whom_it_would_be_for(palette, window, live):
    window.people.list.choose(window.people.model.index(1, 0))
    dialog = palette("mute microphone")
    spoken = dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Mute microphone, Ben, M"
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    (act,) = (message.act for message in window.sent if isinstance(message, RequestAct))
    assert act.user_ids == ("ben",)


def test_what_nothing_is_called_is_said(palette):
    dialog = palette("qqqqzzzz")
    assert dialog.nothing.isVisible()
